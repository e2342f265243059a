"""The facets of the directory with their counts, pasted from fragments of components/facet_groups.html."""

from collections.abc import Mapping
from itertools import compress
from operator import itemgetter

from django.template import Context, loader

from practices.directory.fragments.fragment import PARTS, slot
from practices.templatetags.fragments import TAKEN, nodes
from practices.vocabularies import facets

TEMPLATE = "components/facet_groups.html"
COUNT = slot("count")
ZERO_COUNTS = {number: 0 for facet in facets.FACETS for number in facet.vocabulary.numbers.values()}
MOST_ENDS = 5_000


class Ends(dict):
    def __init__(self, after: str):
        super().__init__()
        self.after = after.encode()

    def __missing__(self, count: int) -> bytes:
        end = b"%d%b" % (count, self.after)
        if len(self) < MOST_ENDS:
            self[count] = end
        return end


ends: dict[str, Ends] = {}


class FacetFragment:
    """A facet in the active language: of each option the markup before its count, by whether it has any."""

    def __init__(self, facet: facets.Facet, terms: list[tuple[str, int, str]]):
        self.facet = facet
        self.codes = [code for code, _number, _label in terms]
        numbers = [number for _code, number, _label in terms]
        # From the counts of all tags, those of the options in their order. itemgetter of a single number gives no tuple.
        self.figures = itemgetter(*numbers) if len(numbers) > 1 else lambda counts: (counts[numbers[0]],)
        self.pieces = {
            chosen: [self.option(code, label, chosen) for code, _, label in terms] for chosen in (False, True)
        }
        self.starts = [some for some, _none in self.pieces[False]]
        self.around = {chosen: self.group(chosen) for chosen in (False, True)}

    def option(self, code: str, label: str, chosen: bool) -> tuple[bytes, bytes]:
        """The markup before the count of an option that has practices, and of one that has none."""
        nodelist, group = nodes(TEMPLATE)["option"].nodelist, facets.Group(self.facet.name, "", [], False)
        some, none = (
            nodelist.render(Context({"group": group, "option": facets.Option(code, label, count, chosen)}))
            for count in (COUNT, 0)
        )
        start, _name, after = PARTS.split(some)
        self.ends = ends.setdefault(after, Ends(after))
        return start.encode(), none.removesuffix(f"0{after}").encode()

    def group(self, chosen: bool) -> tuple[bytes, bytes]:
        facet, blank = self.facet, facets.Option("", "", 0, False)
        group = facets.Group(facet.name, facet.title, [blank], facet.opened or chosen, facet.words)
        context = Context({"group": group, TAKEN: {}})
        context.template = loader.get_template(TEMPLATE).template  # an include asks it for the engine
        html = nodes(TEMPLATE)["group"].nodelist.render(context)
        head, _options, tail = PARTS.split(html)
        return head.encode(), tail.encode()

    def printed(self, figures: tuple[int, ...], codes: tuple[str, ...], most: float) -> list[bytes]:
        """The pieces of the facet with these counts of its options, these codes chosen; see facets.groups."""
        starts = self.starts
        if codes:
            options = [self.pieces[code in codes][at] for at, code in enumerate(self.codes)]
            starts = [some if figure else none for (some, none), figure in zip(options, figures, strict=True)]
        if codes or max(figures) > most:
            shown = [code in codes or 0 < figure <= most for figure, code in zip(figures, self.codes, strict=True)]
        else:
            shown = figures
        starts, figures = list(compress(starts, shown)), list(compress(figures, shown))
        if not starts:
            return []
        head, tail = self.around[bool(codes)]
        pieces = [head, *starts, *starts, tail]
        pieces[1:-1:2], pieces[2:-1:2] = starts, map(self.ends.__getitem__, figures)
        return pieces


facet_fragments: dict[str, list[FacetFragment]] = {}


def forget() -> None:
    facet_fragments.clear()
    ends.clear()


def facet_groups(language: str, counts: facets.Counts, chosen: Mapping[str, tuple[str, ...]]) -> bytes:
    """The facets as the template prints ``facets.groups``; ``language`` must be the active one."""
    if language not in facet_fragments:
        facet_fragments[language] = [FacetFragment(facet, terms) for facet, terms in facets.laid_out(language)]
    pieces, numbers = [], ZERO_COUNTS | counts.numbers
    for fragment in facet_fragments[language]:
        name = fragment.facet.name
        pieces += fragment.printed(fragment.figures(numbers), chosen.get(name, ()), counts.most_offered(name))
    return b"".join(pieces)
