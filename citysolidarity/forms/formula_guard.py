"""Texts that a spreadsheet would take for a formula (OWASP, "CSV Injection")."""

STARTS = tuple("=+-@＝＋－＠\t\r\n")
# Spreadsheets pass over them at the beginning of a cell.
BLANKS = " \u00a0\u3000"


def is_formula(text: str) -> bool:
    return text.lstrip(BLANKS).startswith(STARTS)


def guard(text: str) -> str:
    """Put an apostrophe before a formula, so that it may stand in a cell.

    An apostrophe that stands before a formula or another apostrophe is doubled: ``unguard`` gives back every text.
    """
    if text[:1].isalnum():  # as most begin; a table has a million of them
        return text
    return f"'{text}" if is_formula(text) or _is_guarded(text) else text


def unguard(text: str) -> str:
    return text[1:] if _is_guarded(text) else text


def _is_guarded(text: str) -> bool:
    return text.startswith("'") and (text.startswith("'", 1) or is_formula(text[1:]))
