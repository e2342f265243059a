"""Somebody invites a city to sign: one page, and a second one for a place that is on no list."""

from functools import cached_property

from django import forms
from django.conf import settings
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms import Journey
from citysolidarity.forms.base import honeypot
from citysolidarity.forms.email import MailboxField
from citysolidarity.forms.line import LineField
from citysolidarity.forms.prose import ProseField
from citysolidarity.languages.alphabet import alphabetical
from pledges.models import Signature
from pledges.models.invitation import LONGEST_MESSAGE, Writer
from practices.cities import place_search
from practices.cities.forms import CityForm, CityPages, PlaceForm
from practices.models import City


def signatories() -> list[tuple[str, str]]:
    """Slug and name of each city whose signature is public, by name."""
    cities = [signature.city for signature in Signature.objects.public().with_city()]
    comma = pgettext("list separator", ", ")
    named = [(city.slug, f"{city.full_name}{comma}{city.country_name}") for city in cities]
    return sorted(named, key=lambda choice: alphabetical(choice[1]))


class InvitationForm(CityForm):
    """``subject`` is a honeypot that no person sees."""

    writer = forms.ChoiceField(
        label=_("Who writes?"),
        choices=Writer.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Select whether you write for a city or as a resident"),
            "invalid_choice": _("Select whether you write for a city or as a resident"),
        },
    )
    from_city = forms.ChoiceField(
        label=_("Your city, if it has signed"),
        help_text=_("Needed if you write for a city. As a resident you can leave it empty."),
        required=False,
        error_messages={"invalid_choice": _("Select a city from the list of those that have signed")},
    )
    first_name = LineField(
        label=_("First name (optional)"),
        help_text=_("It stands below your message in the e-mail to the city. It is never public."),
        required=False,
    )
    email = MailboxField(
        label=_("Your e-mail address"),
        help_text=_("We will send a link to confirm there. Nobody else sees your e-mail address, not even the city."),
        missing=_("Enter your e-mail address so that you can confirm"),
    )
    letter_language = forms.ChoiceField(
        label=_("Language of the e-mail to the city"),
        choices=settings.LANGUAGES,
        initial=get_language,
        error_messages={
            "required": _("Select the language of the e-mail to the city"),
            "invalid_choice": _("Select a language from the list"),
        },
    )
    message = ProseField(
        label=_("Your message to the city"),
        help_text=_(
            "Why should it sign? A few sentences, at most 1,000 characters, without e-mail addresses and telephone "
            "numbers."
        ),
        longest=LONGEST_MESSAGE,
        missing=_("Write a few words to the city"),
    )
    consent = forms.BooleanField(
        label=_(
            "I agree that my message and, if I give it, my first name are sent to the city once a curator has read it"
        ),
        error_messages={"required": _("Tick the box to agree that your message is sent to the city")},
    )
    subject = honeypot()

    # The city that was chosen, where it has signed already: it can be thanked instead.
    signed: City | None = None

    def __init__(self, *args, signatories=(), **kwargs):
        """``signatories`` are the choices of the city for which somebody writes."""
        super().__init__(*args, **kwargs)
        self.fields["from_city"].choices = [("", "–"), *signatories]

    def clean(self):
        facts = super().clean()
        if self.choice and (city := place_search.known_city(self.choice)) and city.is_signed:
            self.signed = city
            self.add_error("q", _("This city has signed the statement, so it need not be invited any more"))
        if facts.get("writer") == Writer.CITY and not facts.get("from_city") and "from_city" not in self.errors:
            self.add_error("from_city", _("Select the city for which you write"))
        return facts


class InvitationJourney(CityPages, Journey):
    """The second page is asked only of whoever adds a place by hand; there is no page that shows the answers again."""

    PAGES = {"city": InvitationForm, "place": PlaceForm}

    @cached_property
    def signatories(self) -> list[tuple[str, str]]:
        return signatories()

    def form_kwargs(self, page: str, *, shown: bool = False) -> dict:
        return {"signatories": self.signatories} if page == "city" else {}
