"""A text that a spreadsheet would take for a formula gets an apostrophe before it, and loses it when read back.

After OWASP's "CSV Injection"; the full-width signs count, too. An apostrophe that stands before such a sign or
before another apostrophe is doubled, so that every text comes back exactly as it was.
"""

STARTS = "=+-@＝＋－＠\t\r\n"


def guard(text: str) -> str:
    """The text as it may stand in a cell."""
    return f"'{text}" if text.startswith(tuple(STARTS)) or _is_guarded(text) else text


def unguard(text: str) -> str:
    """The text as it was before ``guard``."""
    return text[1:] if _is_guarded(text) else text


def _is_guarded(text: str) -> bool:
    return text.startswith("'") and text[1:].startswith((*STARTS, "'"))
