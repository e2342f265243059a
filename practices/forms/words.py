"""The words by which the practice is found; all of them from lists."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from citysolidarity.forms.plain import AskedForm, PlainForm
from practices.vocabularies import CONTEXTS, GROUPS, INSTRUMENTS, POPULATIONS, THEMES, Vocabulary

MOST_THEMES = 3
TOO_MANY = ngettext_lazy(
    "You chose %(count)d theme; choose at most three, those it is really about",
    "You chose %(count)d themes; choose at most three, those it is really about",
    "count",
)


class CodesField(forms.MultipleChoiceField):
    """Several codes of a vocabulary, once each and in its order."""

    def __init__(self, vocabulary: Vocabulary, *, forged, missing="", **kwargs):
        super().__init__(
            choices=lambda: vocabulary.choices,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": missing, "invalid_choice": forged},
            **kwargs,
        )
        self.vocabulary = vocabulary

    def clean(self, value):
        return list(self.vocabulary.known(super().clean(value)))


class WordsForm(PlainForm):
    """What it is about, and what it is."""

    heading = _("What is it about?")

    themes = CodesField(
        THEMES,
        label=_("Themes"),
        help_text=_("One to three: what the practice is about, not everything it touches."),
        missing=_("Choose at least one theme"),
        forged=_("Choose the themes from the list"),
    )
    instrument = forms.ChoiceField(
        label=_("What is it in the first place?"),
        choices=lambda: INSTRUMENTS.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what it is in the first place"),
            "invalid_choice": _("Choose what it is from the list"),
        },
    )

    def clean_themes(self):
        themes = self.cleaned_data["themes"]
        if len(themes) > MOST_THEMES:
            raise forms.ValidationError(TOO_MANY % {"count": len(themes)}, code="many")
        return themes


class PeopleForm(AskedForm):
    """For whom, and in which situation."""

    mark = "seen_people"
    heading = _("For whom?")
    lead = _("Tick only what you know; nothing at all is an honest answer, too.")

    populations = CodesField(
        POPULATIONS,
        label=_("Legal status of those reached"),
        required=False,
        forged=_("Choose the legal status from the list"),
    )
    groups = CodesField(
        GROUPS,
        label=_("Groups it is made for"),
        required=False,
        forged=_("Choose the groups from the list"),
    )
    contexts = CodesField(
        CONTEXTS,
        label=_("What the city faces"),
        required=False,
        forged=_("Choose what the city faces from the list"),
    )
