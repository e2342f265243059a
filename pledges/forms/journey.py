"""The way through the signing: its pages, and the city that comes of the first."""

from citysolidarity.forms import Way
from pledges.forms.check import CheckForm
from pledges.forms.commitments import CommitmentsForm
from pledges.forms.contact import ContactForm
from pledges.forms.signer import SignerForm
from pledges.forms.visibility import VisibilityForm
from practices.forms.city import CityForm, CityPages, PlaceForm


class Journey(CityPages, Way):
    """One person's answers so far. ``version`` is the StatementVersion now valid, ``data`` what the form sent."""

    PAGES = {
        "city": CityForm,
        "place": PlaceForm,
        "signer": SignerForm,
        "contact": ContactForm,
        "visibility": VisibilityForm,
        "commitments": CommitmentsForm,
        "check": CheckForm,
    }

    def __init__(self, version, clauses, data=None):
        self.version, self.clauses = version, clauses
        super().__init__(data)

    def more(self, page: str, *, shown: bool = False) -> dict:
        return {"clauses": [(c.code, c.title) for c in self.clauses]} if page == "commitments" else {}
