from datetime import date
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.base import OptionalPage
from citysolidarity.forms.bounds import composed
from citysolidarity.forms.day import PARTS, day_fields, is_empty, read_day
from citysolidarity.forms.line import FREE, LineField, without_bullet, wrong_with

ROOM, LONGEST, YEARS_AHEAD = 3, 280, 10


class TypedCommitment(NamedTuple):
    clause: str  # its code
    text: str
    due: date
    office: str = ""


class CommitmentFields(NamedTuple):
    number: int
    text: forms.BoundField
    clause: forms.BoundField
    due: list
    office: forms.BoundField

    @property
    def is_used(self) -> bool:
        """Whether something stands in it, right or wrong."""
        fields = [self.text, self.clause, *self.due, self.office]
        return any(field.value() or field.errors for field in fields)


class CommitmentsForm(OptionalPage):
    """``clauses`` are the ``(code, title)`` pairs of the version that is signed."""

    def __init__(self, *args, clauses, **kwargs):
        super().__init__(*args, **kwargs)
        for number in range(1, ROOM + 1):
            self.fields |= promise_fields(number, clauses)

    def clean(self):
        facts = super().clean()
        numbers = range(1, ROOM + 1)
        facts["promises"] = [promise for promise in map(self.read, numbers) if promise]
        return facts

    def read(self, number: int) -> TypedCommitment | None:
        """The commitment with this number; None where it is empty or wrong."""
        text, clause = (self.cleaned_data.get(f"{part}_{number}") for part in ("promise", "clause"))
        office = self.cleaned_data.get(f"office_{number}", "")
        broken = self.errors.keys() & {f"promise_{number}", f"clause_{number}", f"office_{number}"}
        if not text and not clause and not office and is_empty(self, f"due_{number}") and not broken:
            return None
        if not text and f"promise_{number}" not in self.errors:
            self.add_error(f"promise_{number}", _("Write what the city will do, or leave the whole commitment empty"))
        if not clause and f"clause_{number}" not in self.errors:
            self.add_error(f"clause_{number}", _("Select the promise that the commitment belongs to"))
        due = read_day(self, f"due_{number}", years=YEARS_AHEAD)
        return TypedCommitment(clause, text, due, office) if text and clause and due else None

    @property
    def rows(self) -> list[CommitmentFields]:
        return [
            CommitmentFields(
                n,
                self[f"promise_{n}"],
                self[f"clause_{n}"],
                [self[f"due_{n}_{part}"] for part in PARTS],
                self[f"office_{n}"],
            )
            for n in range(1, ROOM + 1)
        ]


def promise_fields(number: int, clauses) -> dict:
    return {
        f"promise_{number}": PromiseField(
            label=_("What will the city do?"), required=False, widget=forms.Textarea({"rows": 3})
        ),
        f"clause_{number}": forms.ChoiceField(
            label=_("Under which promise?"),
            choices=[("", ""), *clauses],
            required=False,
            error_messages={"invalid_choice": _("Select a promise of the statement from the list")},
        ),
        **day_fields(f"due_{number}"),
        f"office_{number}": LineField(
            label=_("Which office answers for it?"),
            help_text=_("You can leave this empty. Name an office or department, not a person: it is shown."),
            required=False,
        ),
    }


class PromiseField(forms.CharField):
    """A sentence or two without line breaks; unlike a LineField it may name a page of the city, and reckon (> 5 %)."""

    def clean(self, value):
        # The length counts without repeated blanks.
        text = " ".join(without_bullet(composed(self.to_python(value), LONGEST)).split())
        if text and (problem := wrong_with(text, LONGEST, FREE | {"address", "markup"})):
            code, sentence = problem
            raise ValidationError(sentence, code=code, params={"longest": LONGEST, "length": len(text)})
        return text
