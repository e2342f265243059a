"""What a search of the directory finds: by the selection index, or by SQL where that is switched off.

The only door to ``directory/index/``: with SELECTION_INDEX=0 the whole folder is unused and could be deleted.
"""

from dataclasses import replace
from functools import cached_property, partial

from django.conf import settings
from django.utils.translation import get_language

from citysolidarity.caching.edition import edition
from practices.directory.filters import PracticeFilter
from practices.directory.index.keeper import selection_index
from practices.directory.needs import needs
from practices.directory.selection import Selection
from practices.models import Practice, PracticeEmbedding
from practices.models.entries.queryset import freshness_weight
from practices.search import embeddings
from practices.search.matching import Rank
from practices.search.query import Reading
from practices.vocabularies.facets import Counts


class FoundInIndex:
    """``counts`` of every facet, ``keys`` of any part of the list, and how the words are understood (``reading``).

    All from the index of this process; as of the edition's last check where this request has ``checked`` it already.
    """

    def __init__(self, selection: Selection, *, checked: bool = False):
        self.selection = selection
        self.bitmaps = selection_index.as_checked() if checked else selection_index.current()

    @property
    def fresh_until(self) -> int:
        """The moment from which the freshness of some entry reads otherwise, in microseconds since 1970."""
        return self.bitmaps.fresh_until

    @cached_property
    def _matched(self):
        selection = self.selection
        return selection_index.match(self.bitmaps, selection.words, get_language() or "en", selection.exact)

    @property
    def reading(self) -> Reading:
        return self._matched[0] if self.selection.words else Reading()

    @property
    def matches(self):
        return self._matched[1] if self.selection.words else None

    @cached_property
    def _found(self):
        return self._count(self.selection)

    @property
    def bits(self) -> int:
        return self._found[0]

    @property
    def counts(self) -> Counts:
        return self._found[1]

    def _count(self, selection: Selection) -> tuple[int, Counts]:
        return self.bitmaps.find(
            selection.since, selection.until, selection.chosen, self.matches if selection.words else None
        )

    def keys(self, part: slice) -> list[int]:
        """The keys of the practices that stand at ``part`` of the list."""
        if self.selection.order == "like":
            like = self.selection.like
            return self.bitmaps.most_like(self.bits, like.points, part, last=like.own)
        return self.bitmaps.keys(self.bits, self.selection.order, self.matches, part, get_language() or "")

    def closest(self, question, most: int) -> list[int]:
        """The keys of those that the search does not find and its filters allow, closest in meaning to a question."""
        from practices.directory.index.meanings import meanings  # needs the optional packages

        allowed, _counts = self._count(replace(self.selection, words=""))
        return meanings.closest(self.bitmaps, question, allowed & ~self.bits, most)

    def tags(self, keys: list[int]) -> dict[int, list[int]]:
        return self.bitmaps.tags_of(keys)

    def stamps(self, keys: list[int]) -> list[int]:
        """For each key the version at which the practice, or its city, was last touched."""
        rows, position = self.bitmaps.rows, self.bitmaps.position
        return [rows[position[pk]].stamp for pk in keys]

    def total(self, changed: Selection) -> int:
        """How many practices the same search finds with its words or its years left out."""
        return self._count(changed)[1].total


class FoundBySql:
    """The same by a few queries: slower, and the measure of what is right."""

    def __init__(self, selection: Selection):
        self.selection = selection
        self.practices = PracticeFilter.of(selection)

    # Without the index no page is kept, so none has to be made anew when a freshness changes.
    fresh_until = 0

    @property
    def reading(self) -> Reading:
        return self.practices.reading

    @cached_property
    def counts(self) -> Counts:
        return self.practices.before_facets.facet_counts(self.selection.chosen)

    def keys(self, part: slice) -> list[int]:
        like, reading = self.selection.like, self.reading
        ordered = self.practices.qs.sorted_by(self.selection.order, reading, like.points, last=like.own)
        if self.selection.order == "match" and reading.is_question and embeddings.is_available():
            return self._by_words_and_meaning(ordered)[part]
        return list(ordered.values_list("pk", flat=True)[part])

    def _by_words_and_meaning(self, ordered) -> list[int]:
        """The keys of all that is found, the best ones ordered by what the words mean, too."""
        weights = dict(ordered.values_list("pk", Rank(self.reading) * freshness_weight()))
        keys = list(weights)
        best = keys[: embeddings.REORDERED]
        kept = PracticeEmbedding.objects.of_model().filter(practice__in=best)
        packed = {pk: bytes(vectors) for pk, vectors in kept.values_list("practice", "vectors")}
        vectors = embeddings.unpacked([packed.get(pk) for pk in best])
        gains = partial(needs.gains, edition.check(), best)
        places = embeddings.by_words_and_meaning(self.reading.question, vectors, [weights[pk] for pk in best], gains)
        return [best[at] for at in places] + keys[embeddings.REORDERED :]

    def closest(self, question, most: int) -> list[int]:
        allowed = PracticeFilter.of(replace(self.selection, words="")).qs.exclude(pk__in=self.practices.qs.values("pk"))
        packed = dict(PracticeEmbedding.objects.of_model().values_list("practice", "vectors"))
        keys = [pk for pk in allowed.sorted_by("newest").values_list("pk", flat=True) if pk in packed]
        vectors = embeddings.unpacked([bytes(packed[pk]) for pk in keys])
        return [keys[at] for at in embeddings.closest(question, vectors, list(range(len(keys))), most)]

    def tags(self, keys: list[int]) -> dict[int, list[int]]:
        return dict(Practice.objects.filter(pk__in=keys).values_list("pk", "tags"))

    def stamps(self, keys: list[int]) -> list[int]:
        """None: without the index no card can be known to be as new as the list."""
        return []

    def total(self, changed: Selection) -> int:
        return PracticeFilter.of(changed).before_facets.facet_counts(changed.chosen).total


def find(selection: Selection, *, checked: bool = False) -> FoundInIndex | FoundBySql:
    return FoundInIndex(selection, checked=checked) if settings.SELECTION_INDEX else FoundBySql(selection)
