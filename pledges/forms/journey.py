"""The way through the form: its pages, what has been answered on them, and which comes next.

The answers travel from page to page in hidden fields and are kept nowhere until the last button is pressed: no account,
no cookie, and nothing stored about somebody who turns back. Every page checks all of them again, so there is nothing to
be forged in them; only the stamp is signed.
"""

import json
from functools import cached_property

from django.http import QueryDict

from pledges import places
from pledges.forms.check import CheckForm
from pledges.forms.city import CityForm, PlaceForm
from pledges.forms.commitments import CommitmentsForm
from pledges.forms.contact import ContactForm
from pledges.forms.signer import SignerForm
from pledges.forms.stamp import Stamp
from pledges.forms.visibility import VisibilityForm

PAGES = {
    "city": CityForm,
    "place": PlaceForm,
    "signer": SignerForm,
    "contact": ContactForm,
    "visibility": VisibilityForm,
    "commitments": CommitmentsForm,
    "check": CheckForm,
}
# Not answers: the stamp, the buttons, and what the page of an outage sends along.
APART = {"stamp", "show", "csrfmiddlewaretoken"}


class Journey:
    """One person's answers so far. ``version`` is the StatementVersion now valid, ``data`` what the form sent."""

    def __init__(self, version, clauses, data=None):
        self.version, self.clauses = version, clauses
        sent = data or QueryDict()
        self.spoilt = frozenset(name for name in sent if any("\0" in value for value in sent.getlist(name)))
        self.data = {name.replace("\0", ""): sent.get(name, "").replace("\0", "") for name in sent}
        self.stamp = Stamp.read(self.data.get("stamp", ""))
        self._forms = {}

    def form(self, page: str):
        """The page's form with what was sent, errors and all."""
        if page not in self._forms:
            self._forms[page] = PAGES[page](self.data, spoilt=self.spoilt, **self._more(page))
        return self._forms[page]

    def fresh(self, page: str):
        """The page's form with what was sent, and not a word about what is missing."""
        initial = {name: self.data[name] for name in self.names[page] if name in self.data and name != "seen"}
        if self.form("city").is_by_hand:
            # Whoever comes back to the list may choose from it after all.
            initial.pop("city", None)
        return PAGES[page](initial=initial, **self._more(page))

    def _more(self, page: str) -> dict:
        return {"clauses": [(c.code, c.title) for c in self.clauses]} if page == "commitments" else {}

    @cached_property
    def names(self) -> dict[str, list[str]]:
        """The names of each page's fields."""
        return {page: list(form(**self._more(page)).fields) for page, form in PAGES.items()}

    @property
    def has_unknown(self) -> bool:
        """Whether something came that no page asks for."""
        return not self.data.keys() <= APART.union(*self.names.values())

    @property
    def pages(self) -> list[str]:
        """The pages that this city needs, in order."""
        by_hand = self.form("city").is_by_hand
        return [page for page in PAGES if page != "check" and (by_hand or page != "place")]

    def next_page(self) -> str:
        """The first page with something left to answer; the check where there is none."""
        return next((page for page in self.pages if not self.form(page).is_valid()), "check")

    def page_before(self, page: str) -> str | None:
        """The page to go back to; None from the first."""
        pages = [*self.pages, "check"]
        return pages[pages.index(page) - 1] if page in pages[1:] else None

    def has_answers_for(self, page: str) -> bool:
        """Whether something of the page was sent already."""
        return any(self.data.get(name) for name in self.names[page])

    def carried(self, page: str) -> list[tuple[str, str]]:
        """The answers of the other pages, which this page's form sends along."""
        names = [name for other in PAGES if other not in (page, "check") for name in self.names[other]]
        return [(name, self.data[name]) for name in names if self.data.get(name)]

    # --- when every page is answered ------------------------------------------------

    @property
    def facts(self) -> dict:
        """All answers together, checked."""
        return {name: value for page in self.pages for name, value in self.form(page).cleaned_data.items()}

    @property
    def place(self) -> places.Choice:
        """The city as it was chosen, or as it was added by hand."""
        if choice := self.form("city").choice:
            return choice
        facts = self.form("place").cleaned_data
        return places.Choice("", facts["place_name"], facts["place_country"])

    def city(self):
        """The city of the directory, made where there is none. In a transaction."""
        if choice := self.form("city").choice:
            return places.city_of(choice)
        facts = self.form("place").cleaned_data
        return places.city_by_hand(facts["place_name"], facts["place_area"], facts["place_country"])

    @property
    def answers(self) -> str:
        """The answers as one text, the same for the same answers."""
        names = {name for page in self.pages for name in self.names[page]} - {"q", "searched", "seen"}
        return json.dumps({name: self.data.get(name, "") for name in sorted(names)}, ensure_ascii=False)
