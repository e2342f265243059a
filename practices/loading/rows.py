"""A record of the directory: each field is asked for by its kind, and what is wrong is noted."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from practices.countries import region_of

is_web_address = URLValidator(schemes=["http", "https"])
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Controls (PostgreSQL takes no NUL), halves of a character, and the private ones that mark words found:
# Unicode's categories Cc, Cs and Co, as ranges, since a look at each character takes long in a large file.
_HALVES_AND_PRIVATE = r"\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
BREAKS_A_LINE = re.compile(rf"[\x00-\x1f{_HALVES_AND_PRIVATE}]")
BREAKS_LINES = re.compile(rf"[\x00-\x09\x0b-\x1f{_HALVES_AND_PRIVATE}]")


class Row:
    """A record with its place in a file. A missing field and ``null`` are the same.

    Every method that reads a field notes its problems in the report and then returns an empty
    value ("", None or []), so that a loader goes on and finds the row's other problems.
    """

    def __init__(self, report, file: str, line: int, values: dict, part: str = ""):
        self.report, self.file, self.line, self.values, self.part = report, file, line, values, part
        self._asked: set[str] = set()

    def wrong(self, sentence: str) -> None:
        """Notes a problem with this row: ``practices.jsonl line 213: `` stands before it."""
        self.report.wrong(self.file, self.line, self.part + sentence)

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong with this row so far, its parts included."""
        return self.report.is_sound(self.file, self.line)

    def value(self, name: str, *, required: bool = False):
        """The field as it stands, None where it is missing or null."""
        self._asked.add(name)
        value = self.values.get(name)
        if required and value in (None, "", []):
            self.wrong(f"{name} is missing")
            return None
        return value

    def text(self, name: str, longest: int | None = None, *, required: bool = False, lines: bool = False) -> str:
        """A text without blanks at its ends, composed (NFC); ``longest`` in characters; ``lines`` allows breaks."""
        return self._clean(name, self.value(name, required=required), longest, required=required, lines=lines)

    def texts(self, name: str, longest: int) -> list[str]:
        """A list of texts, in the order of the file."""
        return [
            self._clean(f"{name} {at}", "" if item is None else item, longest, required=True)
            for at, item in self._items(name)
        ]

    def whole(self, name: str, least: int, most: int) -> int | None:
        """A whole number in this range, both ends included."""
        value = self.value(name)
        if value is None:
            return None
        if type(value) is not int:  # bool is an int to isinstance
            self.wrong(f"{name} {_shown(value)} is not a whole number")
        elif not least <= value <= most:
            self.wrong(f"{name} {_shown(value)} is not between {least} and {most}")
        else:
            return value
        return None

    def decimal(self, name: str, least: float, most: float) -> float | None:
        """A number in this range, both ends included; never NaN or infinite."""
        value = self.value(name)
        if value is None:
            return None
        if type(value) not in (int, float):
            self.wrong(f"{name} {_shown(value)} is not a number")
        elif not least <= value <= most:
            self.wrong(f"{name} {_shown(value)} is not between {least} and {most}")
        else:
            return float(value)
        return None

    def day(self, name: str) -> date | None:
        """A date written YYYY-MM-DD."""
        text = self.text(name)
        if not text:
            return None
        try:
            if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
                return date.fromisoformat(text)
        except ValueError:
            pass
        self.wrong(f"{name} {_shown(text)} is not a date such as 2018-06-20")
        return None

    def slug(self, name: str, longest: int) -> str:
        """An address of small letters a–z, digits and single hyphens."""
        text = self.text(name, longest, required=True)
        if text and not SLUG.fullmatch(text):
            self.wrong(f"{name} {_shown(text)} is not made of small letters, digits and hyphens")
            return ""
        return text

    def web_address(self, name: str, longest: int, *, required: bool = True) -> str:
        """An address on the web, http or https."""
        text = self.text(name, longest, required=required)
        if text and not text.startswith(("http://", "https://")):
            self.wrong(f"{name} {_shown(text)} does not start with http:// or https://")
            return ""
        try:
            if text:
                is_web_address(text)
        except ValidationError:
            self.wrong(f"{name} {_shown(text)} is not an address on the web")
            return ""
        return text

    def code(self, name: str, known: Collection[str], default: str = "") -> str:
        """A code out of ``known``; a missing one is the default, or a problem where there is none."""
        text = self.text(name, required=not default)
        if text and text not in known:
            self.wrong(f"{name} {_shown(text)} is unknown")
            return ""
        return text or default

    def codes(self, name: str, known: Collection[str], one: str, *, required: bool = False) -> list[str]:
        """Codes out of ``known``, each once; numbers count as their digits; ``one`` names one of them: "theme"."""
        found: list[str] = []
        for _at, item in self._items(name, required=required):
            code = str(item) if type(item) in (str, int) else None
            if code not in known:
                self.wrong(f"{one} {_shown(item)} is unknown")
            elif code in found:
                self.wrong(f"{one} {_shown(item)} stands there twice")
            else:
                found.append(code)
        return found

    def country(self) -> str:
        """The field ``country``: a code of practices.countries."""
        text = self.text("country", required=True)
        try:
            if text:
                region_of(text)
        except KeyError as error:
            self.wrong(error.args[0])
            return ""
        return text

    def city(self, cities: Mapping):
        """The City that the fields ``city`` and ``country`` name, out of the mapping (name, country) -> City.

        None where it cannot be told; the problem is noted, unless the city's own line has it.
        """
        name, country = self.text("city", required=True), self.country()
        if name and country and (name, country) not in cities:
            self.wrong(f"city {_shown(name)} ({country}) is not in cities.jsonl")
        return cities.get((name, country))

    def parts(self, name: str, one: str, *, required: bool = False) -> list["Row"]:
        """A list of records inside this one, such as its sources; ``one`` names one of them: "source"."""
        found = []
        for at, item in self._items(name, required=required):
            if isinstance(item, dict):
                found.append(Row(self.report, self.file, self.line, item, f"{self.part}{one} {at}: "))
            else:
                self.wrong(f"{one} {at} is not a record in braces {{ }}")
        return found

    def finish(self) -> None:
        """Notes every field that nobody asked for: a misspelt name would otherwise be lost in silence."""
        for name in self.values:
            if name not in self._asked:
                self.wrong(f"field {_shown(name)} is unknown")

    def _items(self, name: str, *, required: bool = False) -> list[tuple[int, object]]:
        value = self.value(name, required=required)
        if value is not None and not isinstance(value, list):
            self.wrong(f"{name} is not a list")
            return []
        return list(enumerate(value or [], start=1))

    def _clean(self, name: str, value, longest: int | None, *, required: bool, lines: bool = False) -> str:
        if value is None:
            return ""
        if not isinstance(value, str):
            self.wrong(f"{name} {_shown(value)} is not text")
            return ""
        text = unicodedata.normalize("NFC", value).strip()
        broken = (BREAKS_LINES if lines else BREAKS_A_LINE).search(text)
        if broken:
            self.wrong(f"{name} holds a character that no text may hold (U+{ord(broken[0]):04X})")
        elif required and not text:
            self.wrong(f"{name} is missing")
        elif longest and len(text) > longest:
            self.wrong(f"{name} has {len(text):,} characters; {longest:,} are allowed")
        else:
            return text
        return ""


def _shown(value) -> str:
    """A value as it may be printed in a terminal: controls escaped, never longer than a line."""
    text = repr(value)
    return text if len(text) <= 80 else text[:79] + "…"
