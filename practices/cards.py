"""Practices in a list, each rendered once from its ordinary template for each language and version of its text."""

from collections.abc import Iterable, Mapping
from itertools import chain, repeat
from threading import Lock

from django.template import loader
from django.utils.translation import get_language

from practices.index.worker import worker
from practices.models import Practice
from practices.patterns import PARTS
from practices.search.reading import Reading
from practices.templatetags.fragments import TAKEN

# Some 900 bytes each, and as much again for keeping them.
BYTES_KEPT = 6_000_000
OVERHEAD = 500
LIST, TABLE = "components/card.html", "components/row.html"

# A card before and after the place of what only one request says of its practice (the part "note").
type Card = tuple[bytes, bytes]


class Cards:
    """The cards of this process in two halves: when the younger is full, it becomes the older, whose cards are dropped.

    A card that is asked for moves to the younger. Threads share them; one more rendering is all they could lose.
    """

    def __init__(self):
        self.lock = Lock()
        self.forget()

    def forget(self) -> None:
        """Render every card anew."""
        with self.lock:
            self.younger: dict[tuple, Card] = {}
            self.older: dict[tuple, Card] = {}
            self.size = 0  # of the younger, in bytes

    def of(
        self,
        keys: list[int],
        reading: Reading,
        template: str = LIST,
        stamps: Iterable[int] = (),
        notes: Mapping[int, str] | None = None,
    ) -> bytes:
        """The cards of these practices, one after the other, the words found marked; one statement for those not kept.

        ``stamps`` are, for each key, the version at which the practice was last touched; without them no card is kept.
        ``notes`` maps keys to markup that stands in the part "note" of these cards for this once, and is not kept.
        A practice that is no longer public has no card.
        """
        if not stamps:
            fresh = self.render(keys, reading, template)
            found = [fresh.get(pk) for pk in keys]
        else:
            # What is contested is marked with the day, see Report.marking.
            kind = template, get_language(), reading.marking if reading else "", worker.today()
            names = list(zip(keys, stamps, repeat(kind)))
            found = list(map(self.younger.get, names))
            if None in found:
                found = self._completed(found, names, reading, template)
        if notes:
            noted = (notes.get(pk, "").encode() for pk in keys)
            found = [card and (card[0], note, card[1]) for card, note in zip(found, noted, strict=True)]
        return b"".join(chain.from_iterable(filter(None, found)))

    def _completed(self, found: list[Card | None], names: list[tuple], reading: Reading, template: str):
        """The cards, those that the younger half has not from the older, or rendered."""
        found = [card or self.older.get(name) for card, name in zip(found, names, strict=True)]
        if missing := [name[0] for card, name in zip(found, names, strict=True) if not card]:
            fresh = self.render(missing, reading, template)
            found = [card or fresh.get(name[0]) for card, name in zip(found, names, strict=True)]
        self._keep({name: card for name, card in zip(names, found, strict=True) if card})
        return found

    def render(self, keys: list[int], reading: Reading, template: str) -> dict[int, Card]:
        """Key → card of these practices as they are now."""
        practices = Practice.objects.published().with_city().with_review().told().filter(pk__in=keys).marked(reading)
        card, found = loader.get_template(template), {}
        for practice in practices:
            before, *rest = PARTS.split(card.render({"practice": practice, TAKEN: {}}))
            found[practice.pk] = before.encode(), "".join(rest[1::2]).encode()
        return found

    def _keep(self, cards: Mapping[tuple, Card]) -> None:
        with self.lock:
            for name, card in cards.items():
                if name not in self.younger:
                    self.younger[name] = card
                    self.size += len(card[0]) + len(card[1]) + OVERHEAD
            if self.size > BYTES_KEPT // 2:
                self.older, self.younger, self.size = self.younger, {}, 0


cards = Cards()
