"""A record of the directory: each field is asked for by its kind, and what is wrong is noted."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from citysolidarity.forms.line import without_bullet
from citysolidarity.forms.visible import visible
from citysolidarity.forms.webpage import page_address
from practices.models.entries.constraints import FIRST_YEAR, LAST_YEAR
from practices.vocabularies.countries import region_of

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Row:
    """A record with its place in a file. A missing field and ``null`` are the same.

    Every method that reads a field notes its problems in the report and then returns an empty
    value ("", None or []), so that a loader goes on and finds the row's other problems.
    """

    def __init__(self, report, file: str, line: int, values: dict, prefix: str = ""):
        self.report, self.file, self.line, self.values, self.prefix = report, file, line, values, prefix
        self._asked: set[str] = set()

    def wrong(self, sentence: str) -> None:
        """Notes a problem with this row: ``practices.jsonl line 213: `` stands before it."""
        self.report.wrong(self.file, self.line, self.prefix + sentence)

    @property
    def is_sound(self) -> bool:
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
        return [self._clean(f"{name} {at}", plain_item(item), longest, required=True) for at, item in self._items(name)]

    def whole(self, name: str, least: int, most: int) -> int | None:
        return self._number(name, (int,), "a whole number", least, most)

    def year(self, name: str, *, ahead: int = 0) -> int | None:
        """A year, at most ``ahead`` after this one."""
        year, last = self.whole(name, FIRST_YEAR, LAST_YEAR), timezone.localdate().year + ahead
        if year and year > last:
            self.wrong(f"{name} {year} is still far away: {last} at the latest")
            return None
        return year

    def decimal(self, name: str, least: float, most: float) -> float | None:
        number = self._number(name, (int, float), "a number", least, most)
        return None if number is None else float(number)

    def _number(self, name: str, types: tuple[type, ...], kind: str, least: float, most: float):
        """A number in this range, both ends included; never NaN or infinite."""
        value = self.value(name)
        if value is None:
            return None
        if type(value) not in types:  # bool is an int to isinstance
            self.wrong(f"{name} {_shown(value)} is not {kind}")
        elif not least <= value <= most:
            self.wrong(f"{name} {_shown(value)} is not between {least} and {most}")
        else:
            return value
        return None

    def day(self, name: str, *, earliest: date | None = None, may_come: bool = False) -> date | None:
        """A date written YYYY-MM-DD, not before ``earliest``, nor later than today unless it ``may_come``."""
        text = self.text(name)
        if not text:
            return None
        try:
            day = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII) else None
        except ValueError:
            day = None
        if day is None:
            self.wrong(f"{name} {_shown(text)} is not a date such as 2018-06-20")
        elif earliest and day < earliest:
            self.wrong(f"{name} {day} is before {earliest}, when the first could be")
        elif day > timezone.localdate() and not may_come:
            self.wrong(f"{name} {day} is still to come")
        else:
            return day
        return None

    def slug(self, name: str, longest: int) -> str:
        """An address of small letters a–z, digits and single hyphens."""
        text = self.text(name, longest, required=True)
        if text and not SLUG.fullmatch(text):
            self.wrong(f"{name} {_shown(text)} is not made of small letters, digits and hyphens")
            return ""
        return text

    def once(self, what: str, value) -> None:
        """Notes where a line of the file before this one has the same value."""
        if value and (first := self.report.first_lines.setdefault((self.file, what, value), self.line)) != self.line:
            self.wrong(f"{what} {value!r} stands on line {first} already")

    def web_address(self, name: str, longest: int, *, required: bool = True) -> str:
        text = self.text(name, longest, required=required)
        if text and not text.lower().startswith(("http://", "https://")):
            self.wrong(f"{name} {_shown(text)} does not start with http:// or https://")
            return ""
        try:
            return page_address(text, longest) if text else ""
        except ValidationError as error:
            why = "is not an address on the web" if error.code == "wrong" else f"cannot be taken: {error.messages[0]}"
            self.wrong(f"{name} {_shown(text)} {why}")
            return ""

    def code(self, name: str, allowed: Collection[str], default: str = "") -> str:
        """A code out of ``allowed``; a missing one is the default, or a problem where there is none."""
        text = self.text(name, required=not default)
        if text and text not in allowed:
            self.unknown(name, text, allowed)
            return ""
        return text or default

    def codes(self, name: str, allowed: Collection[str], singular: str, *, required: bool = False) -> list[str]:
        """Codes out of ``allowed``, each once; numbers count as their digits; ``singular`` names one of them: "theme"."""
        codes: list[str] = []
        for _at, item in self._items(name, required=required):
            code = str(item) if type(item) in (str, int) else None
            if code not in allowed:
                self.unknown(singular, item, allowed)
            elif code in codes:
                self.wrong(f"{singular} {_shown(item)} stands there twice")
            else:
                codes.append(code)
        return codes

    def unknown(self, name: str, value, allowed: Collection[str]) -> None:
        self.wrong(f"{name} {_shown(value)} is unknown")

    def country(self) -> str:
        """The field ``country``: a code of vocabularies.countries."""
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

    def parts(self, name: str, singular: str, *, required: bool = False) -> list["Row"]:
        """A list of records inside this one, such as its sources; ``singular`` names one of them: "source"."""
        rows = []
        for at, item in self._items(name, required=required):
            if isinstance(item, dict):
                rows.append(Row(self.report, self.file, self.line, item, f"{self.prefix}{singular} {at}: "))
            else:
                self.wrong(f"{singular} {at} is not a record in braces {{ }}")
        return rows

    def part(self, name: str) -> "Row":
        """The record inside this one under this name; an empty one where it is missing."""
        value = self.value(name)
        if value is not None and not isinstance(value, dict):
            self.wrong(f"{name} is not a record in braces {{ }}")
            value = None
        return Row(self.report, self.file, self.line, value or {}, f"{self.prefix}{name}: ")

    def by_language(self, name: str, longest: int) -> dict[str, str]:
        """The record of this name: a text for each language of the site (a code) that has one."""
        part = self.part(name)
        texts = {code: part.text(code, longest) for code, _language in settings.LANGUAGES}
        part.finish()
        return {code: text for code, text in texts.items() if text}

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
        text = unicodedata.normalize("NFC", visible(value, lines=lines)).strip()
        if not lines and ("\n" in text or "\r" in text):
            self.wrong(f"{name} goes over several lines")
        elif "\ufffd" in text:
            self.wrong(f"{name} holds \ufffd, where a letter was lost in copying")
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


def plain_item(item):
    """An item of a list without its bullet, as in the forms; None is as good as nothing."""
    return without_bullet(visible(item, lines=False)) if isinstance(item, str) else "" if item is None else item
