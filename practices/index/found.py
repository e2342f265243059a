"""What a search of the directory finds: by the selection index, or by SQL where that is switched off."""

from django.conf import settings
from django.utils.translation import get_language

from practices.facets import Counts
from practices.filters import PracticeFilter
from practices.index.worker import worker
from practices.models import Practice
from practices.search.reading import Reading
from practices.selection import Selection


class FoundInIndex:
    """``counts`` of every facet, ``keys`` of any part of the list, and how the words are understood (``reading``).

    All from the index of this process, as of the last look where this request has ``looked`` already.
    """

    def __init__(self, selection: Selection, looked: bool = False):
        self.selection = selection
        self.bitmaps = worker.as_looked() if looked else worker.current()
        self.reading, self.matches = Reading(), None
        if selection.words:
            language = get_language() or "en"
            self.reading, self.matches = worker.found_by(self.bitmaps, selection.words, language, selection.exact)
        self.bits, self.counts = self._count(selection)

    def _count(self, selection: Selection) -> tuple[int, Counts]:
        return self.bitmaps.find(
            selection.since, selection.until, selection.chosen, self.matches if selection.words else None
        )

    def keys(self, part: slice) -> list[int]:
        """The keys of the practices that stand at ``part`` of the list."""
        if self.selection.order == "like":
            like = self.selection.like
            return self.bitmaps.most_like(self.bits, like.points, part, last=like.own)
        return self.bitmaps.keys(self.bits, self.selection.order, self.matches, part)

    def tags(self, keys: list[int]) -> dict[int, list[int]]:
        """Key → the tags of the practice."""
        return self.bitmaps.tags_of(keys)

    def stamps(self, keys: list[int]) -> list[int]:
        """For each key the version at which the practice, or its city, was last touched."""
        rows, position = self.bitmaps.rows, self.bitmaps.position
        return [rows[position[pk]].stamp for pk in keys]

    def total(self, changed: Selection) -> int:
        """How many practices the same search finds with its words or its years left out."""
        return self._count(changed)[1].total


class FoundBySql:
    """The same by a few statements: slower, and the measure of what is right."""

    def __init__(self, selection: Selection):
        self.selection = selection
        self.asked = PracticeFilter.of(selection)
        self.reading = self.asked.reading
        self.counts = self.asked.before_facets.facet_counts(selection.chosen)

    def keys(self, part: slice) -> list[int]:
        """The keys of the practices that stand at ``part`` of the list."""
        like = self.selection.like
        ordered = self.asked.qs.sorted_by(self.selection.order, self.reading, like.points, last=like.own)
        return list(ordered.values_list("pk", flat=True)[part])

    def tags(self, keys: list[int]) -> dict[int, list[int]]:
        """Key → the tags of the practice."""
        return dict(Practice.objects.filter(pk__in=keys).values_list("pk", "tags"))

    def stamps(self, keys: list[int]) -> list[int]:
        """Nothing: what is not known to be as new as the list cannot be kept."""
        return []

    def total(self, changed: Selection) -> int:
        """How many practices the same search finds with its words or its years left out."""
        return PracticeFilter.of(changed).before_facets.facet_counts(changed.chosen).total


def find(selection: Selection, looked: bool = False) -> FoundInIndex | FoundBySql:
    """What the selection finds: ``counts``, ``keys(part)``, and more; ``looked``: the request looked at the edition."""
    return FoundInIndex(selection, looked) if settings.SELECTION_INDEX else FoundBySql(selection)
