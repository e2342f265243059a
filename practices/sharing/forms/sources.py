"""Where readers can read it: up to three pages or documents."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.base import OptionalPage
from citysolidarity.forms.line import FREE, LineField
from citysolidarity.forms.webpage import WebPageField
from citysolidarity.forms.year import YearField
from practices.sharing.forms.sections import Section

ROOM = 3
PARTS = ("title", "url", "publisher", "year")


class SourcesForm(OptionalPage):
    """``is_update``: the entry has sources already, and these are further ones."""

    heading = _("Where can people read about it?")
    lead = _("Every entry needs a public source: a page of the city, a report or an article. One is enough.")

    mark = "seen_sources"

    def __init__(self, *args, is_update=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_update = is_update
        if is_update:
            self.lead = _("The entry keeps its sources. Add new ones for what you changed, or leave this empty.")
        for number in range(1, ROOM + 1):
            self.fields |= source_fields(number)

    @property
    def sections(self) -> list[Section]:
        titles = [gettext("Source %(number)d (optional)") % {"number": number} for number in range(1, ROOM + 1)]
        if not self.is_update:
            titles[0] = gettext("First source")
        return [
            Section(title, [self[f"source_{part}_{number}"] for part in PARTS])
            for number, title in enumerate(titles, start=1)
        ]

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
        source = {part: facts.get(name) for part, name in names.items()}
        if not any(source.values()) and self.errors.keys().isdisjoint(names.values()):
            return
        missing = {
            "title": _("Enter the title of the source"),
            "url": _("Enter the address of the source"),
            "publisher": _("Enter who published the source, for example City of Vienna"),
        }
        for part, sentence in missing.items():
            if not source[part] and names[part] not in self.errors:
                self.add_error(names[part], sentence)
        if any(other["url"] == source["url"] for other in facts["sources"]):
            self.add_error(names["url"], _("This source is already listed"))
        if self.errors.keys().isdisjoint(names.values()):
            facts["sources"].append(source)


def source_fields(number: int) -> dict:
    return {
        f"source_title_{number}": LineField(label=_("Title"), longest=300, allowed=FREE, required=False),
        f"source_url_{number}": WebPageField(label=_("Address of the page"), required=False),
        f"source_publisher_{number}": LineField(label=_("Published by"), longest=200, allowed=FREE, required=False),
        f"source_year_{number}": YearField(label=_("Year (optional)")),
    }
