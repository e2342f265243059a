"""The query string → a selection and its practices. Unknown or broken values are ignored."""

import re
from dataclasses import replace
from functools import cache

import django_filters
from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.translation import get_language

from practices.comparing import MOST, named
from practices.facets import BY_NAME
from practices.likeness.answers import Answers
from practices.likeness.cities import profile_of
from practices.models import Practice
from practices.models.constraints import FIRST_YEAR, LAST_YEAR
from practices.search import fold
from practices.search.reading import Reading, read
from practices.selection import NOBODY, SORTS, VIEWS, Selection
from practices.vocabularies import CONTEXTS, INCOMES, SIZES, SUBREGIONS, THEMES, Vocabulary

# Beyond this a page number is nonsense, and PostgreSQL's OFFSET has an end.
LAST_PAGE = 1_000_000
CITY_KEY = re.compile(r"[a-z0-9-]{1,120}")


class KnownCodesField(forms.MultipleChoiceField):
    """Keeps the codes that exist, in the vocabulary's order; never an error."""

    @cached_property
    def places(self) -> dict[str, int]:
        return {code: at for at, (code, _label) in enumerate(self.choices)}

    def clean(self, value):
        return tuple(sorted(self.places.keys() & set(value or ()), key=self.places.__getitem__))


class OneOfField(forms.ChoiceField):
    """A choice, or "" for anything unknown."""

    def clean(self, value):
        return value if value in dict(self.choices) else ""


class NumberField(forms.CharField):
    """A whole number within bounds, in any script's digits, or None."""

    def __init__(self, *, least: int, most: int, **kwargs):
        self.least, self.most = least, most
        super().__init__(**kwargs)

    def clean(self, value):
        digits = str(value or "").strip()[:40]
        if not digits.isdecimal() or not self.least <= int(digits) <= self.most:
            return None
        return int(digits)


class WordsField(forms.CharField):
    """The words of a search, folded; never an error."""

    def clean(self, value):
        return fold(value) if value else ""


class CityKeyField(forms.CharField):
    """The key of a city: a slug, or a number of GeoNames; "" for anything else."""

    def clean(self, value):
        return value if value and CITY_KEY.fullmatch(value) else ""


class SlugsField(forms.MultipleChoiceField):
    """The addresses of practices, as many as are compared; whether they exist is not asked."""

    def clean(self, value):
        return named(value or ())[:MOST]


class FacetFilter(django_filters.Filter):
    """Practices with at least one of the chosen codes of a facet."""

    field_class = KnownCodesField

    def __init__(self, name: str):
        super().__init__(field_name=name, choices=[(code, code) for code in BY_NAME[name].vocabulary.codes])

    def filter(self, queryset, value):
        return queryset.tagged(self.field_name, value)


class Said(django_filters.Filter):
    """A part of the address that the selection reads; it leaves no practice out by itself."""

    def __init__(self, field_class, **kwargs):
        self.field_class = field_class
        super().__init__(**kwargs)

    def filter(self, queryset, value):
        return queryset


def known(vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """The codes that can be an answer: not knowing is none."""
    return [(code, code) for code in vocabulary.codes if code != "unknown"]


class PracticeFilter(django_filters.FilterSet):
    """Reads the directory's parameters; ``qs`` are the practices, ``selection`` what was asked."""

    q = Said(WordsField)
    exact = Said(OneOfField, choices=[("1", "1")])
    theme = FacetFilter("theme")
    population = FacetFilter("population")
    group = FacetFilter("group")
    context = FacetFilter("context")
    region = FacetFilter("region")
    size = FacetFilter("size")
    country = FacetFilter("country")
    instrument = FacetFilter("instrument")
    status = FacetFilter("status")
    freshness = FacetFilter("freshness")
    gcr = FacetFilter("gcr")
    sdg = FacetFilter("sdg")
    signed = FacetFilter("signed")
    since = Said(NumberField, least=FIRST_YEAR, most=LAST_YEAR)
    until = Said(NumberField, least=FIRST_YEAR, most=LAST_YEAR)
    like = Said(CityKeyField)
    size_like = Said(OneOfField, choices=known(SIZES))
    region_like = Said(OneOfField, choices=known(SUBREGIONS))
    income_like = Said(OneOfField, choices=known(INCOMES))
    context_like = Said(KnownCodesField, choices=known(CONTEXTS))
    theme_like = Said(KnownCodesField, choices=known(THEMES))
    p = Said(SlugsField)
    sort = Said(OneOfField, choices=[(sort, sort) for sort in SORTS])
    view = Said(OneOfField, choices=[(view, view) for view in VIEWS])
    page = Said(NumberField, least=1, most=LAST_PAGE)

    class Meta:
        model = Practice
        fields = []

    def __init__(self, data=None, queryset=None, **kwargs):
        super().__init__(MultiValueDict() if data is None else data, queryset, **kwargs)

    @classmethod
    def of(cls, selection: Selection) -> "PracticeFilter":
        """The filter of a search that is already read, over the published practices."""
        return cls(QueryDict(selection.query().removeprefix("?")), Practice.objects.published())

    @cached_property
    def selection(self) -> Selection:
        """What the query string says: see ``read_selection``."""
        return read_selection(self.data)

    @cached_property
    def reading(self) -> Reading:
        """The words as they are understood; they are read once, with one statement or two."""
        return read(self.selection.words, get_language() or "en", exact=self.selection.exact)

    @property
    def before_facets(self):
        """The practices that words and years leave, before any facet."""
        asked = self.selection
        return self.queryset.matching(self.reading).started_between(asked.since, asked.until)

    def filter_queryset(self, queryset):
        return super().filter_queryset(self.before_facets)


@cache
def fields() -> dict[str, forms.Field]:
    """The parameters' form fields by name. They keep nothing of what they clean, so all requests share them."""
    return {name: said.field for name, said in PracticeFilter.base_filters.items()}


@cache
def blank() -> dict:
    """What the parameters say that are not in the address."""
    return {name: field.clean(None) for name, field in fields().items()}


def read_selection(query: MultiValueDict) -> Selection:
    """What a query string says, cleaned; years given the wrong way round are turned.

    Binding the whole form instead takes longer than everything else that a page of the directory needs.
    """
    said = blank() | {
        name: field.clean(field.widget.value_from_datadict(query, {}, name))
        for name in query
        if (field := fields().get(name))
    }
    since, until = said["since"], said["until"]
    if since and until and since > until:
        since, until = until, since
    answers = answers_of(said)
    start = Selection(words=said["q"], like=profile_of(answers) if answers else NOBODY)
    return replace(
        start,
        chosen={name: said[name] for name in BY_NAME if said[name]},
        since=since,
        until=until,
        sort=said["sort"] if said["sort"] in start.sorts and said["sort"] != start.default_sort else "",
        view=said["view"] or VIEWS[0],
        page=said["page"] or 1,
        exact=bool(said["q"] and said["exact"]),
        compared=said["p"],
    )


def answers_of(said: dict) -> Answers:
    """What the address says of the visitor's city."""
    return Answers(
        city=said["like"],
        size=said["size_like"],
        region=said["region_like"],
        income=said["income_like"],
        contexts=said["context_like"],
        themes=said["theme_like"],
    )
