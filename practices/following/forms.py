"""Following a selection of the directory, or a city, by e-mail: one page."""

from functools import cached_property

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from citysolidarity.forms import Journey
from citysolidarity.forms.base import PlainForm, honeypot
from citysolidarity.forms.bounds import OwnField
from citysolidarity.forms.email import MailboxField
from practices.following.words import in_words, query_of, selection_of
from practices.models import City
from practices.models.cities.city import CITY_NAME_LENGTH
from practices.models.following.following import LONGEST_QUERY, Pace

LONGEST_ADDRESS = 8_000  # characters; a browser's limit


class FollowingForm(PlainForm):
    """``subject`` is a honeypot that no person sees. ``selection`` is the query of an address, ``city`` a slug."""

    selection = OwnField(longest=LONGEST_ADDRESS)
    city = OwnField(longest=CITY_NAME_LENGTH)
    pace = forms.ChoiceField(
        label=gettext_lazy("How often"),
        choices=Pace.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Select how often"),
            "invalid_choice": gettext_lazy("Select how often"),
        },
    )
    email = MailboxField(
        label=gettext_lazy("Your e-mail address"),
        help_text=gettext_lazy("We will send a link to confirm there. Nobody else sees your e-mail address."),
        missing=gettext_lazy("Enter your e-mail address so that you can confirm"),
    )
    subject = honeypot()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        slug = self["city"].value() or ""
        # Templates never query.
        self.followed = City.objects.listed().public().filter(slug=slug).first() if slug else None

    @cached_property
    def query(self) -> str:
        """One spelling of the selection."""
        return (
            "" if self["city"].value() else query_of(selection_of((self["selection"].value() or "")[:LONGEST_ADDRESS]))
        )

    @property
    def what(self) -> str:
        """What is followed, in words; "" for a city that the directory does not show."""
        return "" if self["city"].value() and not self.followed else in_words(self.followed, self.query)

    def clean(self):
        facts = super().clean()
        if facts.get("city") and not self.followed:
            raise forms.ValidationError(_("The directory no longer shows this city."))
        if len(self.query) > LONGEST_QUERY:
            raise forms.ValidationError(_("This selection is too long to be followed. Please remove some filters."))
        return facts


class FollowingJourney(Journey):
    PAGES = {"follow": FollowingForm}
