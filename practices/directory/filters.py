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

from practices.cities.similarity.answers import Answers
from practices.cities.similarity.cities import profile_of
from practices.comparing.comparison import MOST, named
from practices.directory.selection import NOBODY, SORTS, VIEWS, Selection
from practices.models import Practice
from practices.models.entries.constraints import FIRST_YEAR, LAST_YEAR
from practices.search import fold
from practices.search.query import Reading, read
from practices.vocabularies import CONTEXTS, INCOMES, SIZES, SUBREGIONS, THEMES, Vocabulary
from practices.vocabularies.facets import BY_NAME

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
    """The slugs of practices to compare; whether they exist is not checked."""

    def clean(self, value):
        return named(value or ())[:MOST]


class FacetFilter(django_filters.Filter):
    field_class = KnownCodesField

    def __init__(self, name: str):
        super().__init__(field_name=name, choices=[(code, code) for code in BY_NAME[name].vocabulary.codes])

    def filter(self, queryset, value):
        return queryset.tagged(self.field_name, value)


class ParameterFilter(django_filters.Filter):
    """A parameter that belongs to the selection and filters nothing by itself."""

    def __init__(self, field_class, **kwargs):
        self.field_class = field_class
        super().__init__(**kwargs)

    def filter(self, queryset, value):
        return queryset


def answer_choices(vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """All codes but "unknown", which is no answer."""
    return [(code, code) for code in vocabulary.codes if code != "unknown"]


class PracticeFilter(django_filters.FilterSet):
    """Reads the directory's parameters: ``selection`` from the address, ``qs`` its practices."""

    q = ParameterFilter(WordsField)
    exact = ParameterFilter(OneOfField, choices=[("1", "1")])
    theme = FacetFilter("theme")
    population = FacetFilter("population")
    group = FacetFilter("group")
    context = FacetFilter("context")
    region = FacetFilter("region")
    size = FacetFilter("size")
    country = FacetFilter("country")
    evidence = FacetFilter("evidence")
    cost = FacetFilter("cost")
    stated = FacetFilter("stated")
    instrument = FacetFilter("instrument")
    status = FacetFilter("status")
    freshness = FacetFilter("freshness")
    gcr = FacetFilter("gcr")
    sdg = FacetFilter("sdg")
    readable = FacetFilter("readable")
    signed = FacetFilter("signed")
    since = ParameterFilter(NumberField, least=FIRST_YEAR, most=LAST_YEAR)
    until = ParameterFilter(NumberField, least=FIRST_YEAR, most=LAST_YEAR)
    like = ParameterFilter(CityKeyField)
    size_like = ParameterFilter(OneOfField, choices=answer_choices(SIZES))
    region_like = ParameterFilter(OneOfField, choices=answer_choices(SUBREGIONS))
    income_like = ParameterFilter(OneOfField, choices=answer_choices(INCOMES))
    context_like = ParameterFilter(KnownCodesField, choices=answer_choices(CONTEXTS))
    theme_like = ParameterFilter(KnownCodesField, choices=answer_choices(THEMES))
    p = ParameterFilter(SlugsField)
    sort = ParameterFilter(OneOfField, choices=[(sort, sort) for sort in SORTS])
    view = ParameterFilter(OneOfField, choices=[(view, view) for view in VIEWS])
    page = ParameterFilter(NumberField, least=1, most=LAST_PAGE)

    class Meta:
        model = Practice
        fields = []

    def __init__(self, data=None, queryset=None, **kwargs):
        super().__init__(MultiValueDict() if data is None else data, queryset, **kwargs)

    @classmethod
    def of(cls, selection: Selection) -> "PracticeFilter":
        return cls(QueryDict(selection.query().removeprefix("?")), Practice.objects.published())

    @cached_property
    def selection(self) -> Selection:
        return read_selection(self.data)

    @cached_property
    def reading(self) -> Reading:
        """How the words are understood; read once, with one or two queries."""
        return read(self.selection.words, get_language() or "en", exact=self.selection.exact)

    @property
    def before_facets(self):
        return self.queryset.matching(self.reading).started_between(self.selection.since, self.selection.until)

    def filter_queryset(self, queryset):
        return super().filter_queryset(self.before_facets)


@cache
def fields() -> dict[str, forms.Field]:
    """The parameters' form fields by name. They hold no state, so all requests share them."""
    return {name: parameter.field for name, parameter in PracticeFilter.base_filters.items()}


@cache
def defaults() -> dict:
    """The values of parameters that are missing in the address."""
    return {name: field.clean(None) for name, field in fields().items()}


def read_selection(query: MultiValueDict) -> Selection:
    """The cleaned values of a query string; years in the wrong order are swapped.

    Binding the whole form instead would take longer than everything else on a page of the directory.
    """
    values = defaults() | {
        name: field.clean(field.widget.value_from_datadict(query, {}, name))
        for name in query
        if (field := fields().get(name))
    }
    since, until = values["since"], values["until"]
    if since and until and since > until:
        since, until = until, since
    answers = answers_of(values)
    start = Selection(words=values["q"], like=profile_of(answers) if answers else NOBODY)
    return replace(
        start,
        chosen={name: values[name] for name in BY_NAME if values[name]},
        since=since,
        until=until,
        sort=values["sort"] if start.allows(values["sort"]) and values["sort"] != start.default_sort else "",
        view=values["view"] or VIEWS[0],
        page=values["page"] or 1,
        exact=bool(values["q"] and values["exact"]),
        compared=values["p"],
    )


def answers_of(values: dict) -> Answers:
    return Answers(
        city=values["like"],
        size=values["size_like"],
        region=values["region_like"],
        income=values["income_like"],
        contexts=values["context_like"],
        themes=values["theme_like"],
    )
