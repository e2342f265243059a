"""Five questions about the visitor's city. There is no wrong answer, and none is needed."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from practices.cities.similarity.profile import Profile
from practices.vocabularies import CONTEXTS, INCOMES, SIZES, SUBREGIONS, THEMES, Vocabulary
from practices.vocabularies.countries import INCOME_YEAR

LONGEST_NAME = 100


class LikeForm(forms.Form):
    """Shows the answers of a profile; they are read by ``filters.read_selection``."""

    size_like = forms.ChoiceField(label=_("How many people live in your city?"), required=False)
    region_like = forms.ChoiceField(label=_("In which part of the world is it?"), required=False)
    income_like = forms.ChoiceField(
        label=_("Which income group is the country in?"),
        help_text=format_lazy(_("According to the World Bank, fiscal year {year}."), year=INCOME_YEAR),
        required=False,
    )
    context_like = forms.MultipleChoiceField(
        label=_("What is the situation in your city?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    theme_like = forms.MultipleChoiceField(
        label=_("What can your city decide by itself?"),
        help_text=_("Areas where you do not depend on national government."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, profile: Profile):
        answers = profile.answers
        initial = {
            "size_like": answers.size,
            "region_like": answers.region,
            "income_like": answers.income,
            "context_like": answers.contexts,
            "theme_like": answers.themes,
        }
        super().__init__(initial=initial, label_suffix="")
        for name, vocabulary, known in (
            ("size_like", SIZES, "" if answers.size else profile.size),
            ("region_like", SUBREGIONS, "" if answers.region else profile.region),
            ("income_like", INCOMES, "" if answers.income else profile.income),
        ):
            self.fields[name].choices = [("", no_answer(vocabulary, known)), *choices_of(vocabulary)]
        self.fields["context_like"].choices = choices_of(CONTEXTS)
        self.fields["theme_like"].choices = choices_of(THEMES)


def choices_of(vocabulary: Vocabulary) -> list[tuple[str, str]]:
    return [(code, label) for code, label in vocabulary.choices if code != "unknown"]


def no_answer(vocabulary: Vocabulary, known: str) -> str:
    """What stands for no answer: what is on record of the city, or that it is not known."""
    if known:
        return _("As recorded: %(value)s") % {"value": vocabulary.label(known)}
    return _("Any")
