"""The parameters of an address, read strictly: a misspelt code would otherwise give a researcher another list unseen.

Pages of the directory pass over what they do not know; here it is an error that says what may stand there.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from citysolidarity.opendata.problems import wrong_parameters
from practices.directory.filters import CITY_KEY, CityKeyField, NumberField, SlugsField, fields
from practices.vocabularies.facets import BY_NAME

MOST_SHOWN = 60  # codes in the text of an error
CITY, SLUG = CITY_KEY.pattern, r"[-a-zA-Z0-9_]{1,200}"


@dataclass(frozen=True)
class Parameter:
    """``schema`` is a JSON Schema; ``check`` says whether one value fits. Arrays are repeated names."""

    name: str
    description: str | Promise
    schema: dict
    check: Callable[[str], bool]
    example: object = None

    def fits(self, values: list[str]) -> bool:
        return all(self.check(value) for value in values if value)

    @property
    def allowed(self) -> str:
        """What may stand there, in words."""
        schema = self.schema.get("items", self.schema)
        if codes := schema.get("enum"):
            return ", ".join(map(str, codes[:MOST_SHOWN])) + (" …" if len(codes) > MOST_SHOWN else "")
        if schema["type"] == "integer":
            return f"{schema['minimum']}–{schema['maximum']}"
        return schema.get("pattern", "")


def choice(name: str, description, codes: Iterable, example=None, *, several: bool = False) -> Parameter:
    codes = list(codes)
    schema = {"type": "string", "enum": codes}
    schema = {"type": "array", "items": schema} if several else schema
    return Parameter(name, description, schema, {str(code) for code in codes}.__contains__, example)


def whole_number(name: str, description, least: int, most: int, default: int | None = None) -> Parameter:
    field = NumberField(least=least, most=most)
    schema = {"type": "integer", "minimum": least, "maximum": most}
    if default is not None:
        schema["default"] = default
    return Parameter(name, description, schema, lambda value: field.clean(value) is not None, default)


def words(name: str, description, example=None, pattern: str = "") -> Parameter:
    if not pattern:
        return Parameter(name, description, {"type": "string"}, lambda value: True, example)
    known = re.compile(pattern)
    return Parameter(
        name,
        description,
        {"type": "string", "pattern": f"^{pattern}$"},
        lambda value: bool(known.fullmatch(value)),
        example,
    )


LANGUAGE = choice(
    "language",
    gettext_lazy("The language of texts and labels. Without it, Accept-Language decides."),
    dict(settings.LANGUAGES),
    "fr",
)
FORMAT = choice("format", gettext_lazy("GeoJSON instead of JSON."), ["json", "geojson"], "geojson")
LIMIT = whole_number("limit", gettext_lazy("How many there are in one answer."), 1, 200, 50)
CURSOR = words(
    "cursor",
    gettext_lazy("Where the next part begins. Take the address from “next” as it is."),
    pattern=r"[0-9]{1,9}-[0-9]{1,18}",
)
COMMON = (LANGUAGE, FORMAT, LIMIT, CURSOR)
# What belongs to a page alone is taken and passed over, so that an address of the directory can be pasted.
PASSED_OVER = {"view", "page", "p"}
DESCRIPTIONS = {
    "q": gettext_lazy("Words to search for."),
    "exact": gettext_lazy("Search for exactly these words."),
    "since": gettext_lazy("Started in this year or later."),
    "until": gettext_lazy("Started in this year or earlier."),
    "sort": gettext_lazy("The order of the list."),
    "like": gettext_lazy("A city: practices of similar cities come first."),
}
LIKE_A_CITY = gettext_lazy("One answer about a city: practices of similar cities come first.")
OF_THE_PAGE = gettext_lazy("Belongs to the page of the directory. It is accepted and changes nothing.")
EXAMPLES = {"q": "housing", "theme": ["housing"], "country": ["JO"], "since": 2015}


@cache
def of_directory() -> tuple[Parameter, ...]:
    """Exactly the parameters of the directory's address, as its own fields read them."""
    return tuple(_of_field(name, field) for name, field in fields().items())


def _of_field(name: str, field: forms.Field) -> Parameter:
    if name in BY_NAME:
        description = BY_NAME[name].title
    elif name in PASSED_OVER:
        description = OF_THE_PAGE
    else:
        description = DESCRIPTIONS.get(name, LIKE_A_CITY)
    example = EXAMPLES.get(name)
    if isinstance(field, SlugsField):
        return words(name, description, pattern=SLUG)
    if isinstance(field, NumberField):
        return whole_number(name, description, field.least, field.most)
    if isinstance(field, forms.ChoiceField):
        several = isinstance(field, forms.MultipleChoiceField)
        return choice(name, description, dict(field.choices), example, several=several)
    return words(name, description, example, CITY if isinstance(field, CityKeyField) else "")


def check(query: QueryDict, known: Iterable[Parameter]) -> None:
    """Raises ApiProblem (400) where a parameter is not known or has a value that does not fit."""
    parameters = {parameter.name: parameter for parameter in known}
    errors = []
    for name, values in query.lists():
        parameter = parameters.get(name)
        if parameter is None:
            errors.append({"parameter": name[:60], "detail": _("This address has no such parameter.")})
        elif not parameter.fits(values):
            errors.append({"parameter": name, "detail": _("This value is not known."), "allowed": parameter.allowed})
    if errors:
        raise wrong_parameters(errors)
