"""Reads a file that translators send back; whatever is wrong with the file is told with its line."""

import re
from email import message_from_string
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, PoFileParser
from django.utils.translation import gettext as _

from practices.translating.exchange.export import MARK
from practices.translating.exchange.slots import from_file, in_file
from practices.vocabularies.languages import LANGUAGES, base_of, name_of

MOST_BYTES = 10_000_000
MOST_MESSAGES = 20_000
LINE = re.compile(r'\A(?:(msgctxt|msgid|msgid_plural|msgstr)(\[\d\])? +)?"(?:[^"\\]|\\.)*+"')
# Keyword → what may stand before it. Babel takes what comes in another order for part of another message.
AFTER = {
    "msgctxt": {"", "msgstr"},
    "msgid": {"", "msgstr", "msgctxt"},
    "msgid_plural": {"msgid"},
    "msgstr": {"msgid", "msgid_plural"},
    "msgstr[": {"msgid_plural", "msgstr"},
}


class BadFile(ValueError):
    """Why nothing of a file can be read, as a sentence."""


class Message(NamedTuple):
    """``mark`` is that of the translation as it was exported; "" where the file does not say it any more."""

    line: int
    context: str
    original: str
    translation: str
    mark: str
    is_fuzzy: bool
    has_plural: bool


class TranslatorsFile(NamedTuple):
    language: str
    messages: list[Message]


class _Found(Catalog):
    """Keeps the messages as they come: a Catalog drops the second of two with one name, and reads headers strictly."""

    def __init__(self):
        super().__init__()
        self.found = []

    def __setitem__(self, key, message):
        self.found.append(message)


def read(content: bytes) -> TranslatorsFile:
    """BadFile where it is no PO file, or does not say a language of the directory."""
    if len(content) > MOST_BYTES:
        raise BadFile(_("The file is larger than 10 MB. Please split it."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise BadFile(
            _("Line %(line)d: this is not UTF-8. Please save the file as PO in UTF-8.") % {"line": line}
        ) from error
    lines = text.replace("\r\n", "\n").split("\n")
    _check(lines)
    catalog = _Found()
    try:
        PoFileParser(catalog, ignore_obsolete=True, abort_invalid=True).parse(lines)
    except PoFileError as error:
        raise BadFile(_unreadable(error.lineno + 1)) from error
    headers = [message for message in catalog.found if not message.id and not message.context]
    messages = [_message(message) for message in catalog.found if message.id]
    if not messages:
        raise BadFile(_("There are no texts in this file. Is it the PO file that was exported here?"))
    if len(messages) > MOST_MESSAGES:
        raise BadFile(_("More than %(most)d texts are in this file. Please split it.") % {"most": MOST_MESSAGES})
    return TranslatorsFile(_language(headers), messages)


def _check(lines: list[str]) -> None:
    """Babel would cut off a letter where a quotation mark is missing."""
    before = ""
    for number, line in enumerate(map(str.strip, lines), 1):
        if not line or line.startswith("#"):
            continue
        found = LINE.fullmatch(line)
        if not found:
            raise BadFile(_unreadable(number))
        keyword, index = found.groups()
        if not keyword:
            continue
        if before not in AFTER.get(keyword + ("[" if index else ""), ()):
            raise BadFile(_unreadable(number))
        before = keyword
    if before not in ("", "msgstr"):
        raise BadFile(_("The file ends in the middle of a text: perhaps it was not sent whole."))


def _unreadable(line: int) -> str:
    return _("Line %(line)d cannot be read: a quotation mark or a line is missing there.") % {"line": line}


def _language(headers: list) -> str:
    header = headers[0].string if headers else ""
    said = message_from_string(header if isinstance(header, str) else "").get("Language", "").strip()
    language = base_of(said.replace("_", "-")).lower()
    if language in LANGUAGES:
        return language
    known = ", ".join(f"{code} ({name_of(code)})" for code in LANGUAGES)
    if not said:
        raise BadFile(_("The file does not say its language. Its header needs a line “Language:” with %(known)s.") % {
            "known": known
        })  # fmt: skip
    raise BadFile(
        _("The language of the file is “%(said)s”. The directory has %(known)s.") % {"said": said[:20], "known": known}
    )


def _message(message) -> Message:
    has_plural = not isinstance(message.id, str)
    marks = [comment.removeprefix(MARK) for comment in message.auto_comments if comment.startswith(MARK)]
    return Message(
        line=message.lineno,
        context=message.context or "",
        original=in_file(message.id[0] if has_plural else message.id),
        translation="" if has_plural else from_file(message.string),
        mark=marks[0].strip() if marks else "",
        is_fuzzy="fuzzy" in message.flags,
        has_plural=has_plural,
    )
