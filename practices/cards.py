"""Practices in a list, each rendered once from its ordinary template for each language and version of its text."""

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock

from django.template import loader
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from practices.index.worker import worker
from practices.models import Practice
from practices.search.reading import Reading
from practices.templatetags.fragments import CLOSE, OPEN, TAKEN

# Some 1,200 bytes each.
KEPT = 3_000
DAY = 86_400_000_000  # microseconds
LIST, TABLE = "components/card.html", "components/row.html"
# Where a card has room for what only one request says of its practice.
NOTE = f"{OPEN}note{CLOSE}"


class Cards:
    """The cards of this process, the least used dropped first; threads share them."""

    def __init__(self):
        self.lock = Lock()
        self.html: OrderedDict[tuple, SafeString] = OrderedDict()

    def forget(self) -> None:
        """Render every card anew."""
        with self.lock:
            self.html.clear()

    def of(
        self,
        keys: list[int],
        reading: Reading,
        template: str = LIST,
        stamps: Mapping[int, int] | None = None,
        notes: Mapping[int, SafeString] | None = None,
    ) -> SafeString:
        """The cards of these practices, one after the other, the words found marked; one statement for those not kept.

        ``stamps`` maps each key to the version at which the practice was last touched; without it no card is kept.
        ``notes`` maps keys to markup that stands in the part "note" of these cards for this once, and is not kept.
        A practice that is no longer public has no card.
        """
        language = get_language()
        marking = reading.marking if reading else ""
        # What is contested is marked with the day, see Report.marking.
        day = worker.now() // DAY
        names = {pk: (template, pk, stamps[pk], language, marking, day) for pk in keys} if stamps else {}
        with self.lock:
            found = {pk: self.html[name] for pk, name in names.items() if name in self.html}
            for pk in found:
                self.html.move_to_end(names[pk])
        missing = [pk for pk in keys if pk not in found]
        if missing:
            fresh = self.render(missing, reading, template)
            found |= fresh
            if stamps:
                self._keep({names[pk]: html for pk, html in fresh.items()})
        notes = notes or {}
        return SafeString("".join(found[pk].replace(NOTE, notes.get(pk, "")) for pk in keys if pk in found))

    def render(self, keys: list[int], reading: Reading, template: str) -> dict[int, SafeString]:
        """Key → card of these practices as they are now, NOTE where a note may stand."""
        practices = Practice.objects.published().with_city().with_review().told().filter(pk__in=keys).marked(reading)
        card = loader.get_template(template)
        return {practice.pk: card.render({"practice": practice, TAKEN: {}}) for practice in practices}

    def _keep(self, fresh: Mapping[tuple, SafeString]) -> None:
        with self.lock:
            self.html |= fresh
            while len(self.html) > KEPT:
                self.html.popitem(last=False)


cards = Cards()
