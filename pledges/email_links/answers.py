"""The answers of institutions to what we ask about their signatures."""

from typing import NamedTuple

from django import forms
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.base import PlainForm
from citysolidarity.forms.bounds import OwnField
from citysolidarity.forms.day import PARTS, day_fields, is_empty, read_day
from citysolidarity.forms.prose import ProseField
from citysolidarity.forms.webpage import WebPageField
from pledges.models import CommitmentQuestion
from pledges.models.question import LONGEST
from pledges.vocabularies import Progress

LONGEST_NUMBER = 5  # digits of a version
YEARS_AHEAD = 8  # terms of councils are shorter


class QuestionFields(NamedTuple):
    question: CommitmentQuestion
    state: forms.BoundField
    text: forms.BoundField
    url: forms.BoundField


class ProgressForm(PlainForm):
    """Three fields for each of the ``questions``; the cleaned ``answers`` are by the question's key."""

    def __init__(self, *args, questions, **kwargs):
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields |= answer_fields(question.pk)

    @property
    def rows(self) -> list[QuestionFields]:
        parts = ("state", "text", "url")
        return [
            QuestionFields(question, *(self[f"{part}_{question.pk}"] for part in parts)) for question in self.questions
        ]

    def clean(self):
        facts = super().clean()
        facts["answers"] = {
            question.pk: {part: facts.get(f"{part}_{question.pk}", "") for part in ("state", "text", "url")}
            for question in self.questions
        }
        return facts


def answer_fields(key: int) -> dict:
    return {
        f"state_{key}": forms.ChoiceField(
            label=_("What became of it?"),
            choices=Progress,
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Select what became of the commitment"),
                "invalid_choice": _("Select one of the four answers"),
            },
        ),
        f"text_{key}": ProseField(
            label=_("In one sentence"),
            help_text=_("You can leave this empty. A curator reads it before it is shown."),
            longest=LONGEST,
            rows=3,
            required=False,
        ),
        f"url_{key}": WebPageField(
            label=_("Page that shows it"), help_text=_("You can leave this empty."), required=False
        ),
    }


class RenewForm(PlainForm):
    """One button; the day of the next election may be left empty."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields |= day_fields("election")

    @property
    def day(self) -> list[forms.BoundField]:
        return [self[f"election_{part}"] for part in PARTS]

    def clean(self):
        facts = super().clean()
        facts["next_election"] = None
        if not is_empty(self, "election") or self.errors:
            facts["next_election"] = read_day(self, "election", years=YEARS_AHEAD)
        return facts


class MoveForm(PlainForm):
    """One button, which carries the number of the version that its page showed: nobody moves to a text they did not see."""

    version = OwnField(longest=LONGEST_NUMBER)

    def __init__(self, *args, newest: int | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.newest = newest
        self.fields["version"].initial = newest

    def clean(self):
        facts = super().clean()
        if facts.get("version") != str(self.newest):
            raise forms.ValidationError(
                _(
                    "There is a newer version than the one that this page showed. Please read it, and press the button again."
                ),
                code="newer",
            )
        return facts
