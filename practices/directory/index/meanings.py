"""The embeddings of the practices in the order of their positions, kept in this process."""

from functools import partial
from threading import Lock

import numpy

from practices.directory.index.bitmaps import Bitmaps
from practices.directory.needs import needs
from practices.models import PracticeEmbedding
from practices.search import embeddings


class Meanings:
    """Follows the index: reads the embeddings of those practices alone that were touched since."""

    def __init__(self):
        self.lock = Lock()
        self.forget()

    def forget(self) -> None:
        self.bitmaps: Bitmaps | None = None
        self.vectors = embeddings.unpacked([])

    def closest(self, bitmaps: Bitmaps, question, allowed: int, most: int) -> list[int]:
        """The keys of the practices in the set ``allowed`` that are closest to a question, the closest first.

        One query where something has changed since the last call.
        """
        vectors = self.vectors_of(bitmaps)
        return [bitmaps.rows[at].pk for at in embeddings.closest(question, vectors, positions_of(allowed), most)]

    def reordered(self, bitmaps: Bitmaps, words: str, positions: list[int], weights: list[float]) -> list[int]:
        """These positions, the best for some words first, ordered by what the words mean, too."""
        vectors = self.vectors_of(bitmaps)[positions]
        gains = partial(needs.gains, bitmaps.number, [bitmaps.rows[at].pk for at in positions])
        return [positions[at] for at in embeddings.by_words_and_meaning(words, vectors, weights, gains)]

    def vectors_of(self, bitmaps: Bitmaps) -> numpy.ndarray:
        with self.lock:
            if self.bitmaps is not bitmaps:
                self._follow(bitmaps)
            return self.vectors

    def _follow(self, bitmaps: Bitmaps) -> None:
        old = self.bitmaps
        stamps = {row.pk: (row.stamp, at) for at, row in enumerate(old.rows)} if old and not old.tentative else {}
        # A practice without embeddings stands at nought, which is close to nothing.
        vectors = embeddings.unpacked([None] * len(bitmaps.rows))
        kept, changed = [], []
        for at, row in enumerate(bitmaps.rows):
            stamp, before = stamps.get(row.pk, (None, 0))
            if stamp == row.stamp:
                kept.append((at, before))
            else:
                changed.append(row.pk)
        if kept:
            places, before = zip(*kept, strict=True)
            vectors[list(places)] = self.vectors[list(before)]
        if changed:
            found = PracticeEmbedding.objects.of_model()
            if kept:
                found = found.filter(practice__in=changed)
            rows = [
                (bitmaps.position[pk], bytes(packed))
                for pk, packed in found.values_list("practice", "vectors")
                if pk in bitmaps.position
            ]
            if rows:
                places, packed = zip(*rows, strict=True)
                vectors[list(places)] = embeddings.unpacked(list(packed))
        self.bitmaps, self.vectors = bitmaps, vectors


def positions_of(bits: int) -> numpy.ndarray:
    """The positions in a set, as ``bitset.positions_of`` gives them, in a tenth of the time."""
    data = numpy.frombuffer(bits.to_bytes(bits.bit_length() // 8 + 1, "little"), numpy.uint8)
    return numpy.flatnonzero(numpy.unpackbits(data, bitorder="little"))


meanings = Meanings()
