"""Practices in a list, each rendered once from its ordinary template for each language and version of its text."""

from collections.abc import Iterable, Mapping
from itertools import chain, repeat
from threading import Lock

from django.template import loader
from django.utils.translation import get_language

from citysolidarity.caching.edition import edition
from practices.directory.fragments.fragment import PARTS
from practices.models import Practice
from practices.search.query import Reading
from practices.templatetags.fragments import TAKEN

# A card takes some 900 bytes, and its entry in the dictionary as much again.
BYTES_KEPT = 6_000_000
OVERHEAD = 500

# The markup before and after the part "note", which only one request knows.
type Card = tuple[bytes, bytes]


class Cards:
    """The cards of this process in two halves: when the younger is full, it becomes the older, whose cards are dropped.

    Asking for a card moves it to the younger half. Threads share them: at worst a card is rendered twice.
    """

    def __init__(self):
        self.lock = Lock()
        self.forget()

    def forget(self) -> None:
        with self.lock:
            self.younger: dict[tuple, Card] = {}
            self.older: dict[tuple, Card] = {}
            self.size = 0  # of the younger, in bytes

    def of(
        self,
        keys: list[int],
        reading: Reading,
        template: str,
        stamps: Iterable[int] = (),
        notes: Mapping[int, str] | None = None,
    ) -> bytes:
        """The cards of these practices, one after the other, their words marked; one query for those not kept.

        ``stamps`` are, for each key, the version at which the practice was last touched; without them no card is kept.
        ``notes`` maps keys to markup for the part "note" of these cards, which is not kept.
        A practice that is no longer public has no card.
        """
        if not stamps:
            rendered = self.render(keys, reading, template)
            cards = [rendered.get(pk) for pk in keys]
        else:
            # The day is part of the name because a card shows from a certain day on that its entry is contested.
            kind = template, get_language(), reading.marking if reading else "", edition.today()
            names = list(zip(keys, stamps, repeat(kind)))
            cards = list(map(self.younger.get, names))
            if None in cards:
                cards = self._completed(cards, names, reading, template)
        if notes:
            texts = (notes.get(pk, "").encode() for pk in keys)
            cards = [card and (card[0], note, card[1]) for card, note in zip(cards, texts, strict=True)]
        return b"".join(chain.from_iterable(filter(None, cards)))

    def _completed(self, cards: list[Card | None], names: list[tuple], reading: Reading, template: str):
        """Fill the gaps in ``cards`` from the older half, or by rendering."""
        cards = [card or self.older.get(name) for card, name in zip(cards, names, strict=True)]
        if missing := [name[0] for card, name in zip(cards, names, strict=True) if not card]:
            rendered = self.render(missing, reading, template)
            cards = [card or rendered.get(name[0]) for card, name in zip(cards, names, strict=True)]
        self._keep({name: card for name, card in zip(names, cards, strict=True) if card})
        return cards

    def render(self, keys: list[int], reading: Reading, template: str) -> dict[int, Card]:
        practices = Practice.objects.for_its_card(reading).in_bulk(keys)
        card, cards = loader.get_template(template), {}
        for pk, practice in practices.items():
            before, *rest = PARTS.split(card.render({"practice": practice, TAKEN: {}}))
            cards[pk] = before.encode(), "".join(rest[1::2]).encode()
        return cards

    def _keep(self, cards: Mapping[tuple, Card]) -> None:
        with self.lock:
            for name, card in cards.items():
                if name not in self.younger:
                    self.younger[name] = card
                    self.size += len(card[0]) + len(card[1]) + OVERHEAD
            if self.size > BYTES_KEPT // 2:
                self.older, self.younger, self.size = self.younger, {}, 0


cards = Cards()
