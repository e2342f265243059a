from citysolidarity.forms import Journey
from pledges.signing.forms.check import ConsentForm
from pledges.signing.forms.commitments import CommitmentsForm
from pledges.signing.forms.contact import ContactForm
from pledges.signing.forms.signer import SignerForm
from pledges.signing.forms.visibility import VisibilityForm
from practices.cities.forms import CityForm, CityPages, PlaceForm


class SigningJourney(CityPages, Journey):
    """``version`` is the valid StatementVersion, ``data`` the QueryDict of a POST."""

    PAGES = {
        "city": CityForm,
        "place": PlaceForm,
        "signer": SignerForm,
        "contact": ContactForm,
        "visibility": VisibilityForm,
        "commitments": CommitmentsForm,
        "check": ConsentForm,
    }

    def __init__(self, version, clauses, data=None):
        self.version, self.clauses = version, clauses
        super().__init__(data)

    def form_kwargs(self, page: str, *, shown: bool = False) -> dict:
        return {"clauses": [(clause.code, clause.title) for clause in self.clauses]} if page == "commitments" else {}
