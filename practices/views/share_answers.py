"""The answers as the page to check them shows them, each with the page where it can be changed."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from practices.countries import country_name
from practices.differences import label_of, readable
from practices.forms.alike import UPDATE
from practices.forms.sharing import Sharing

# What each page asks, by the names of an entry's fields.
ASKED = {
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
}
FIELD_OF = {"lead": "lead_body"}


@dataclass(frozen=True)
class Answer:
    """A line of the list: its label, its text, the page where it can be changed ("" where it can't), and what is to be said about it."""

    label: str
    text: str
    page: str
    note: str = ""


def answers(way: Sharing) -> list[Answer]:
    """Every answer, in the order of the pages; what is missing or wrong is left for its page to say."""
    city_page = "place" if "place" in way.pages else "city"
    # An entry stays with its city.
    found = [*of_page(way, "title"), Answer(_("City"), city_of(way), "" if way.kind == UPDATE else city_page)]
    for page in list(ASKED)[1:]:
        found += of_page(way, page)
    sources = facts_of(way, "sources").get("sources", [])
    new = [source | {"language": "", "archived_url": ""} for source in sources]
    label = _("New sources") if way.form("sources").is_update else _("Sources")
    contact = facts_of(way, "contact")
    return [
        *found,
        Answer(label, readable("sources", new) or none(way, "sources"), "sources"),
        Answer(_("Mail address"), contact.get("email") or none(way, "contact"), "contact"),
        Answer(_("Office or role"), contact.get("office") or none(way, "contact"), "contact"),
    ]


def of_page(way: Sharing, page: str) -> list[Answer]:
    """The answers of a page that asks for fields of an entry."""
    facts = facts_of(way, page)
    values = {name: facts.get(FIELD_OF.get(name, name)) for name in ASKED[page]}
    return [
        Answer(label_of(name), readable(name, value) or none(way, page), page, note_on(value))
        for name, value in values.items()
        # Without an amount there is nothing to say of its currency.
        if value or name not in ("cost_currency", "cost_year")
    ]


def facts_of(way: Sharing, page: str) -> dict:
    """What is right of a page's answers."""
    form = way.form(page)
    form.is_valid()
    return form.cleaned_data


def none(way: Sharing, page: str) -> str:
    """What stands in place of no answer."""
    return _("None given") if way.form(page).is_valid() else _("Still to be answered")


def note_on(value) -> str:
    """That HTML is shown as it was typed."""
    is_markup = isinstance(value, str) and "<" in value and ">" in value
    return _("The signs < and > are shown as you typed them; they are no layout.") if is_markup else ""


def city_of(way: Sharing) -> str:
    """The city as it was chosen or added by hand."""
    if way.form("city").is_by_hand:
        facts = facts_of(way, "place")
        country = facts.get("place_country")
        parts = [facts.get("place_name"), facts.get("place_area"), country and country_name(country)]
        return ", ".join(filter(None, parts)) or _("Still to be answered")
    facts_of(way, "city")
    return way.form("city").choice.label if way.form("city").choice else _("Still to be answered")
