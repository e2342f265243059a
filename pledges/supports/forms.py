"""A resident supports that their city signs: one page, and a second one for a place that is on no list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms import Journey
from citysolidarity.forms.base import honeypot
from citysolidarity.forms.email import MailboxField
from citysolidarity.forms.line import LineField
from practices.cities.forms import CityForm, CityPages, PlaceForm


class SupportForm(CityForm):
    """``subject`` is a honeypot that no person sees."""

    first_name = LineField(
        label=_("First name (optional)"),
        help_text=_("Only for our e-mails to you. It is never shown to anyone else."),
        required=False,
    )
    email = MailboxField(
        label=_("Your e-mail address"),
        help_text=_("We will send a link to confirm there. Nobody else sees your e-mail address, not even the city."),
        missing=_("Enter your e-mail address so that you can confirm"),
    )
    may_be_counted = forms.BooleanField(
        label=_("I may be counted: my support is part of the public numbers, without my name"), required=False
    )
    subject = honeypot()


class SupportJourney(CityPages, Journey):
    """The second page is asked only of whoever adds a place by hand; there is no page that shows the answers again."""

    PAGES = {"city": SupportForm, "place": PlaceForm}
