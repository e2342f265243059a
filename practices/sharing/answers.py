"""The answers as the page to check them shows them, each with the page where it can be changed."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from practices.entries.differences import label_of, readable
from practices.sharing.forms.journey import Sharing
from practices.sharing.forms.near_duplicates import UPDATE
from practices.vocabularies.countries import country_name

# What each page asks, by the names of an entry's fields.
PAGE_FIELDS = {
    "title": ["title"],
    "summary": ["summary", "area"],
    "approach": ["challenge", "approach"],
    "results": ["results", "lessons"],
    "failures": ["what_did_not_work"],
    "words": ["themes", "instrument"],
    "people": ["populations", "groups", "contexts"],
    "when": ["status", "started", "ended"],
    "who": ["lead", "partners", "funders"],
    "cost": ["cost_band", "cost_currency", "cost_year"],
    "takes": ["facts", "conditions", "transfers"],
}
FIELD_OF = {"lead": "lead_body"}


@dataclass(frozen=True)
class ShownAnswer:
    """``page`` is where it can be changed; "" where it can't."""

    label: str
    text: str
    page: str
    note: str = ""


def shown_answers(journey: Sharing) -> list[ShownAnswer]:
    """Every answer, in the order of the pages; what is missing or wrong is left for its page to say."""
    city_page = "place" if "place" in journey.pages else "city"
    # An entry stays with its city.
    lines = [
        *of_page(journey, "title"),
        ShownAnswer(_("City"), city_of(journey), "" if journey.kind == UPDATE else city_page),
    ]
    for page in list(PAGE_FIELDS)[1:]:
        lines += of_page(journey, page)
    sources = clean_answers(journey, "sources").get("sources", [])
    new = [source | {"language": "", "archived_url": ""} for source in sources]
    is_update = journey.form("sources").is_update
    figures = clean_answers(journey, "figures").get("figures", [])
    contact = clean_answers(journey, "contact")
    return [
        *lines,
        ShownAnswer(
            _("New sources") if is_update else _("Sources"),
            readable("sources", new) or missing_text(journey, "sources"),
            "sources",
        ),
        ShownAnswer(
            _("New figures") if is_update else _("Figures"),
            readable("figures", figures) or missing_text(journey, "figures"),
            "figures",
        ),
        ShownAnswer(_("E-mail address"), contact.get("email") or missing_text(journey, "contact"), "contact"),
        ShownAnswer(_("Office or role"), contact.get("office") or missing_text(journey, "contact"), "contact"),
    ]


def of_page(journey: Sharing, page: str) -> list[ShownAnswer]:
    facts = clean_answers(journey, page)
    values = {name: facts.get(FIELD_OF.get(name, name)) for name in PAGE_FIELDS[page]}
    return [
        ShownAnswer(label_of(name), readable(name, value) or missing_text(journey, page), page, markup_note(value))
        for name, value in values.items()
        # Without an amount there is nothing to say of its currency.
        if value or name not in ("cost_currency", "cost_year")
    ]


def clean_answers(journey: Sharing, page: str) -> dict:
    """The valid ones of a page's answers."""
    form = journey.form(page)
    form.is_valid()
    return form.cleaned_data


def missing_text(journey: Sharing, page: str) -> str:
    return _("None given") if journey.form(page).is_valid() else _("Still to be answered")


def markup_note(value) -> str:
    is_markup = isinstance(value, str) and "<" in value and ">" in value
    return _("The signs < and > are shown as you typed them; they are no layout.") if is_markup else ""


def city_of(journey: Sharing) -> str:
    if journey.form("city").is_by_hand:
        facts = clean_answers(journey, "place")
        country = facts.get("place_country")
        parts = [facts.get("place_name"), facts.get("place_area"), country and country_name(country)]
        return ", ".join(filter(None, parts)) or _("Still to be answered")
    clean_answers(journey, "city")
    return journey.form("city").choice.label if journey.form("city").choice else _("Still to be answered")
