"""What the practice is called: enough to see whether it is here already."""

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms import PlainForm
from citysolidarity.forms.lines import LineField

LONGEST = 120  # characters; see practices/models/practice.py
# The five languages of the directory, whether its pages speak them already or not.
LANGUAGES = ("en", "es", "fr", "pt", "ar")


def languages() -> list[tuple[str, str]]:
    """Each language under its own name."""
    return [(code, get_language_info(code)["name_local"].capitalize()) for code in LANGUAGES]


class TitleForm(PlainForm):
    """A title in the language that the rest will be written in."""

    heading = _("What does your city do?")
    lead = _("A title is enough for now: we first look whether the practice is here already.")

    title = LineField(
        label=_("Title of the practice"),
        help_text=_("Say what is done and for whom, such as “Neighbours help new families settle in”."),
        longest=LONGEST,
        missing=_("Enter a title that says what the city does"),
    )
    language = forms.ChoiceField(
        label=_("Which language do you write in?"),
        choices=languages,
        initial=settings.LANGUAGE_CODE,
        error_messages={
            "required": _("Choose the language you write in"),
            "invalid_choice": _("Choose a language from the list"),
        },
    )
