"""The words by which the practice is found; all of them from lists."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from citysolidarity.forms.base import OptionalPage, PlainForm
from practices.vocabularies import CONTEXTS, GROUPS, INSTRUMENTS, POPULATIONS, THEMES, Vocabulary
from practices.vocabularies.glossary import GlossaryTerm, explaining

MOST_THEMES = 3
TOO_MANY = ngettext_lazy(
    "You selected %(count)d theme. Select up to three that describe it best",
    "You selected %(count)d themes. Select up to three that describe it best",
    "count",
)


class CodesChoiceField(forms.MultipleChoiceField):
    def __init__(self, vocabulary: Vocabulary, *, forged, missing="", **kwargs):
        super().__init__(
            choices=lambda: vocabulary.choices,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": missing, "invalid_choice": forged},
            **kwargs,
        )
        self.vocabulary = vocabulary

    @property
    def words(self) -> list[GlossaryTerm]:
        """What its codes mean."""
        return explaining(self.vocabulary.name)

    def clean(self, value):
        # More codes than there are hold some twice, which no page of ours sends.
        if value and len(value) > len(self.vocabulary.choices):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return list(self.vocabulary.known(super().clean(value)))


class WordsForm(PlainForm):
    heading = _("What is it about?")

    themes = CodesChoiceField(
        THEMES,
        label=_("Themes"),
        help_text=_("Select one to three that describe it best."),
        missing=_("Select at least one theme"),
        forged=_("Select the themes from the list"),
    )
    instrument = forms.ChoiceField(
        label=_("What kind of measure is it mainly?"),
        choices=lambda: INSTRUMENTS.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Select what kind of measure it mainly is"),
            "invalid_choice": _("Select the kind of measure from the list"),
        },
    )

    def clean_themes(self):
        themes = self.cleaned_data["themes"]
        if len(themes) > MOST_THEMES:
            raise forms.ValidationError(TOO_MANY % {"count": len(themes)}, code="many")
        return themes


class PeopleForm(OptionalPage):
    mark = "seen_people"
    heading = _("For whom?")
    lead = _("Tick only what you know; you can leave this empty.")
    EXPLAINED = ("populations", "contexts")

    populations = CodesChoiceField(
        POPULATIONS,
        label=_("Legal status of the people it reaches"),
        required=False,
        forged=_("Select the legal status from the list"),
    )
    groups = CodesChoiceField(
        GROUPS,
        label=_("Groups it is designed for"),
        required=False,
        forged=_("Select the groups from the list"),
    )
    contexts = CodesChoiceField(
        CONTEXTS,
        label=_("Situation in the city"),
        required=False,
        forged=_("Select the situation from the list"),
    )

    @property
    def parts(self):
        """Legal status and situation with what their words mean."""
        for template, field in super().parts:
            yield "practices/sharing/explained.html" if field.name in self.EXPLAINED else template, field
