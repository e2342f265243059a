"""What is different between two records of an entry, so that people can read it."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext

from practices.models import Practice
from practices.models.fields import CodesField
from practices.records import FIELDS, Record

WORDS = re.compile(r"\s*\S+")
# Beyond this many words of a text, a comparison word by word takes longer than a reader waits.
LONGEST = 3_000


@dataclass(frozen=True)
class Difference:
    """A field that is not the same: its name, its label and both texts."""

    name: str
    label: str
    before: str
    after: str

    @property
    def pieces(self) -> list[tuple[str, str]]:
        """Both texts woven into one: ("same" | "gone" | "new", words)."""
        return list(_woven(self.before, self.after))


def differences(before: Record, after: Record) -> list[Difference]:
    """The fields, sources and figures that both records hold and that differ, in the desk's order."""
    names = [name for name in (*FIELDS, "sources", "figures") if name in before and name in after]
    return [
        Difference(name, label_of(name), readable(name, before[name]), readable(name, after[name]))
        for name in names
        if not same(name, before[name], after[name])
    ]


def same(name: str, one, other) -> bool:
    """Whether two values of a field say the same; the order of codes says nothing."""
    if name in ("sources", "figures") or not isinstance(Practice._meta.get_field(name), CodesField):
        return one == other
    return set(one) == set(other)


def label_of(name: str) -> str:
    """The name of a field as the desk shows it."""
    if name == "sources":
        return gettext("Sources")
    if name == "figures":
        return gettext("Figures")
    return capfirst(str(Practice._meta.get_field(name).verbose_name))


def readable(name: str, value) -> str:
    """A value as people read it: labels for codes, a line for each source; "" for nothing."""
    if value in (None, "", []):
        return ""
    if name == "sources":
        return "\n".join(_source(source) for source in value)
    if name == "figures":
        return "\n".join(f"{figure['value']} {figure['what']} ({figure['year']})" for figure in value)
    field = Practice._meta.get_field(name)
    if isinstance(field, CodesField):
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
