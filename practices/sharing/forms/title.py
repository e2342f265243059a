"""What the practice is called: enough to see whether it is here already."""

from django import forms
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms import PlainForm
from citysolidarity.forms.line import FREE, LineField
from practices.models.entries.texts import TITLE_LENGTH
from practices.vocabularies.languages import LANGUAGES, of_the_page


def languages() -> list[tuple[str, str]]:
    """Each language of the directory under its own name, whether the pages speak it already or not."""
    return [(code, get_language_info(code)["name_local"].capitalize()) for code in LANGUAGES]


class TitleForm(PlainForm):
    heading = _("What does your city do?")
    lead = _("A title is enough for now: we first check whether the practice is already in the directory.")

    title = LineField(
        label=_("Title of the practice"),
        help_text=_("Say what is done and who it is for, for example “Neighbours help new families settle in”."),
        longest=TITLE_LENGTH,
        allowed=FREE,
        missing=_("Enter a title that says what the city does"),
    )
    language = forms.ChoiceField(
        label=_("Which language are you writing in?"),
        choices=languages,
        initial=of_the_page,
        error_messages={
            "required": _("Select the language you are writing in"),
            "invalid_choice": _("Select a language from the list"),
        },
    )
