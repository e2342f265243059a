import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from practices.models import Fact, Practice, Transfer
from practices.models.entries.fields import CodeListField
from practices.models.entries.record import FIELDS, PARTS, Record

# Never begun within a blank: the blanks at the end of a text would be read again from each of them on.
WORDS = re.compile(r"(?<!\s)\s*\S+")
# Beyond this many words of a text, a comparison word by word takes longer than a reader waits.
LONGEST = 3_000
LISTS = {"sources": _("Sources"), "figures": _("Figures"), "facts": _("Facts"), "transfers": _("Who learned from whom")}


@dataclass(frozen=True)
class Difference:
    name: str
    label: str
    before: str
    after: str

    @property
    def pieces(self) -> list[tuple[str, str]]:
        """Both texts woven into one: ("same" | "gone" | "new", words)."""
        return list(_woven(self.before, self.after))


def differences(before: Record, after: Record) -> list[Difference]:
    """The fields, sources and parts that both records hold and that differ, in the desk's order."""
    names = [name for name in (*FIELDS, "sources", *PARTS) if name in before and name in after]
    return [
        Difference(name, label_of(name), readable(name, before[name]), readable(name, after[name]))
        for name in names
        if not same(name, before[name], after[name])
    ]


def same(name: str, one, other) -> bool:
    if name in LISTS or not isinstance(Practice._meta.get_field(name), CodeListField):
        return _plain(one) == _plain(other)
    return set(one) == set(other)


def _plain(value):
    """A browser sends other line breaks than a load."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def label_of(name: str) -> str:
    if name in LISTS:
        return str(LISTS[name])
    return capfirst(str(Practice._meta.get_field(name).verbose_name))


def readable(name: str, value) -> str:
    if value in (None, "", []):
        return ""
    if name in LISTS:
        return "\n".join(map(LINES[name], value))
    field = Practice._meta.get_field(name)
    if isinstance(field, CodeListField):
        return ", ".join(field.vocabulary.label(code) for code in field.vocabulary.known(value))
    if isinstance(value, list):
        return "\n".join(value)
    if name in ("instrument", "status", "cost_band", "evidence_level"):
        return str(dict(field.flatchoices).get(value, value))
    return str(value)


def _source(source: dict) -> str:
    about = ", ".join(str(part) for part in (source["publisher"], source["year"], source["language"]) if part)
    addresses = " · ".join(address for address in (source["url"], source.get("archived_url")) if address)
    return f"{source['title']}. {about}. {addresses}"


def _figure(figure: dict) -> str:
    return f"{figure['value']} {figure['what']} ({figure['year']})"


def _fact(fact: dict) -> str:
    year = f" ({fact['year']})" if fact["year"] else ""
    return f"{dict(Fact.Kind.choices).get(fact['kind'], '–')}: {fact['text']}{year}"


def _transfer(transfer: dict) -> str:
    label = capfirst(str(dict(Transfer.Direction.choices).get(transfer["direction"], "–")))
    return f"{label}: {transfer['place']} ({transfer['country']}). {transfer['what']}"


LINES = {"sources": _source, "figures": _figure, "facts": _fact, "transfers": _transfer}


def _woven(before: str, after: str) -> Iterator[tuple[str, str]]:
    old, new = WORDS.findall(before), WORDS.findall(after)
    if len(old) + len(new) > LONGEST:
        old, new = [before], [after]
    for kind, first, last, start, end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield "same", "".join(new[start:end])
            continue
        if first < last:
            yield "gone", "".join(old[first:last])
        if start < end:
            yield "new", "".join(new[start:end])
