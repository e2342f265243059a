"""The facets of the directory with their counts, put together from pieces of components/facet_groups.html."""

from collections.abc import Mapping
from itertools import compress
from operator import itemgetter

from django.template import Context

from practices import facets
from practices.patterns import PARTS, hole
from practices.templatetags.fragments import TAKEN, nodes

TEMPLATE = "components/facet_groups.html"
COUNT = hole("count")
# Tag number → 0 of every tag.
NONE = {number: 0 for facet in facets.FACETS for number in facet.vocabulary.numbers.values()}
# So many figures are kept, each with the markup that follows it.
MOST_ENDS = 5_000


ends: dict[str, "Ends"] = {}


class Ends(dict):
    """Count → the figure and the markup that ends an option."""

    def __init__(self, after: str):
        super().__init__()
        self.after = after.encode()

    def __missing__(self, count: int) -> bytes:
        found = b"%d%b" % (count, self.after)
        if len(self) < MOST_ENDS:
            self[count] = found
        return found


class Box:
    """A facet in the language that is active: of each option the markup before its count, by whether it has any."""

    def __init__(self, facet: facets.Facet, terms: list[tuple[str, int, str]]):
        self.facet = facet
        self.codes = [code for code, _number, _label in terms]
        numbers = [number for _code, number, _label in terms]
        # Tag number → count, of every tag, to the counts of the options in their order; of one alone it would be no tuple.
        self.figures = itemgetter(*numbers) if len(numbers) > 1 else lambda counts: (counts[numbers[0]],)
        self.pieces = {
            chosen: [self.option(code, label, chosen) for code, _, label in terms] for chosen in (False, True)
        }
        self.starts = [some for some, _none in self.pieces[False]]
        self.nones = [none for _some, none in self.pieces[False]]
        self.around = {chosen: self.group(chosen) for chosen in (False, True)}

    def option(self, code: str, label: str, chosen: bool) -> tuple[bytes, bytes]:
        """What stands before the count of an option, where there is something to count, and where not."""
        nodelist, group = nodes(TEMPLATE)["option"].nodelist, facets.Group(self.facet.name, "", [], False)
        some, none = (
            nodelist.render(Context({"group": group, "option": facets.Option(code, label, count, chosen)}))
            for count in (COUNT, 0)
        )
        start, _name, after = PARTS.split(some)
        self.ends = ends.setdefault(after, Ends(after))
        return start.encode(), none.removesuffix(f"0{after}").encode()

    def group(self, chosen: bool) -> tuple[bytes, bytes]:
        """The markup before and after the options."""
        facet, blank = self.facet, facets.Option("", "", 0, False)
        shown = facets.Group(facet.name, facet.title, [blank], facet.opened or chosen)
        html = nodes(TEMPLATE)["group"].nodelist.render(Context({"group": shown, TAKEN: {}}))
        head, _options, tail = PARTS.split(html)
        return head.encode(), tail.encode()

    def printed(self, figures: tuple[int, ...], codes: tuple[str, ...]) -> list[bytes]:
        """The pieces of the facet with these counts of its options, these codes chosen."""
        starts, nones = self.starts, self.nones
        if codes:
            both = [self.pieces[code in codes][at] for at, code in enumerate(self.codes)]
            starts, nones = [some for some, _none in both], [none for _some, none in both]
        if self.facet.only_present and not codes:
            starts, figures = list(compress(starts, figures)), list(filter(None, figures))
        elif not all(figures):
            starts = [start if figure else none for start, none, figure in zip(starts, nones, figures, strict=True)]
            if self.facet.only_present:
                shown = [figure or code in codes for figure, code in zip(figures, self.codes, strict=True)]
                starts, figures = list(compress(starts, shown)), list(compress(figures, shown))
        if not starts:
            return []
        head, tail = self.around[bool(codes)]
        found = [head, *starts, *starts, tail]
        found[1:-1:2], found[2:-1:2] = starts, map(self.ends.__getitem__, figures)
        return found


boxes: dict[str, list[Box]] = {}


def forget() -> None:
    """Render every option anew, as a fresh process does."""
    for kept in (boxes, ends):
        kept.clear()


def facet_groups(language: str, counts: facets.Counts, chosen: Mapping[str, tuple[str, ...]]) -> bytes:
    """The facets as the template makes them of ``facets.groups``, in ``language``, which is active."""
    if language not in boxes:
        boxes[language] = [Box(facet, terms) for facet, terms in facets.laid_out(language)]
    found, numbers = [], NONE | counts.numbers
    for box in boxes[language]:
        found += box.printed(box.figures(numbers), chosen.get(box.facet.name, ()))
    return b"".join(found)
