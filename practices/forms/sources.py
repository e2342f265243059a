"""Where readers can read it: up to three pages or documents."""

from typing import NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.lines import LineField
from citysolidarity.forms.plain import AskedForm
from citysolidarity.forms.webpage import WebPageField
from citysolidarity.forms.year import YearField

ROOM = 3
PARTS = ("title", "url", "publisher", "year")


class Row(NamedTuple):
    """The fields of one source, for the page."""

    number: int
    fields: list[forms.BoundField]


class SourcesForm(AskedForm):
    """``is_update``: the entry has sources already, and these are further ones."""

    heading = _("Where can it be read?")
    lead = _("No entry becomes public without a source: a page of the city, a report, an article. One is enough.")

    mark = "seen_sources"

    def __init__(self, *args, is_update=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_update = is_update
        if is_update:
            self.lead = _(
                "The sources of the entry stay. Add new ones where something you changed can be read, or leave this empty."
            )
        for number in range(1, ROOM + 1):
            self.fields |= source_fields(number)

    @property
    def rows(self) -> list[Row]:
        """The sources as the page shows them."""
        return [Row(n, [self[f"source_{part}_{n}"] for part in PARTS]) for n in range(1, ROOM + 1)]

    def clean(self):
        facts = super().clean()
        facts["sources"] = []
        for number in range(1, ROOM + 1):
            self.read(number, facts)
        if not facts["sources"] and not self.errors and not self.is_update:
            self.add_error(
                "source_title_1", _("Enter at least one source: its title, its address and who published it")
            )
        return facts

    def read(self, number: int, facts: dict) -> None:
        """Adds one source to ``sources``, or says what is missing of it; nothing where all of it is empty."""
        names = {part: f"source_{part}_{number}" for part in PARTS}
        found = {part: facts.get(name) for part, name in names.items()}
        if not any(found.values()) and self.errors.keys().isdisjoint(names.values()):
            return
        missing = {
            "title": _("Enter the title of the source"),
            "url": _("Enter the address of the source"),
            "publisher": _("Enter who published the source, such as City of Vienna"),
        }
        for part, sentence in missing.items():
            if not found[part] and names[part] not in self.errors:
                self.add_error(names[part], sentence)
        if any(one["url"] == found["url"] for one in facts["sources"]):
            self.add_error(names["url"], _("This source stands here already"))
        if self.errors.keys().isdisjoint(names.values()):
            facts["sources"].append(found)


def source_fields(number: int) -> dict:
    """The fields of one source."""
    return {
        f"source_title_{number}": LineField(label=_("Title"), longest=300, required=False),
        f"source_url_{number}": WebPageField(label=_("Address of the page"), required=False),
        f"source_publisher_{number}": LineField(label=_("Published by"), longest=200, required=False),
        f"source_year_{number}": YearField(label=_("Year (optional)")),
    }
