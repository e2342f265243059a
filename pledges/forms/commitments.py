"""What the city promises to do, under which clause and by when: up to three, or none."""

from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.day import PARTS, day_fields, is_empty, read_day
from citysolidarity.forms.lines import wrong_with
from citysolidarity.forms.plain import AskedForm

ROOM, LONGEST, YEARS_AHEAD = 3, 280, 10


class Promise(NamedTuple):
    """One commitment: its clause by its code, its text, and the day."""

    clause: str
    text: str
    due: object


class Row(NamedTuple):
    """The fields of one commitment, for the page."""

    number: int
    text: forms.BoundField
    clause: forms.BoundField
    due: list


class CommitmentsForm(AskedForm):
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

    def read(self, number: int) -> Promise | None:
        """One commitment; None where it is empty or wrong."""
        text, clause = (self.cleaned_data.get(f"{part}_{number}") for part in ("promise", "clause"))
        broken = self.errors.keys() & {f"promise_{number}", f"clause_{number}"}
        if not text and not clause and is_empty(self, f"due_{number}") and not broken:
            return None
        if not text and f"promise_{number}" not in self.errors:
            self.add_error(f"promise_{number}", _("Write what the city will do, or empty the whole commitment"))
        if not clause and f"clause_{number}" not in self.errors:
            self.add_error(f"clause_{number}", _("Choose the clause that the commitment belongs to"))
        due = read_day(self, f"due_{number}", years=YEARS_AHEAD)
        return Promise(clause, text, due) if text and clause and due else None

    @property
    def rows(self) -> list[Row]:
        """The commitments as the page shows them."""
        return [
            Row(n, self[f"promise_{n}"], self[f"clause_{n}"], [self[f"due_{n}_{part}"] for part in PARTS])
            for n in range(1, ROOM + 1)
        ]


def promise_fields(number: int, clauses) -> dict:
    """The fields of one commitment."""
    return {
        f"promise_{number}": PromiseField(
            label=_("What will the city do?"), required=False, widget=forms.Textarea({"rows": 3})
        ),
        f"clause_{number}": forms.ChoiceField(
            label=_("Under which clause?"),
            choices=[("", ""), *clauses],
            required=False,
            error_messages={"invalid_choice": _("Choose a clause of the statement from the list")},
        ),
        **day_fields(f"due_{number}"),
    }


class PromiseField(forms.CharField):
    """A sentence or two; it may name a page of the city, and holds no line breaks once it is kept."""

    def clean(self, value):
        text = " ".join(self.to_python(value).split())
        wrong = wrong_with(text, LONGEST) if text else None
        if wrong and wrong[0] != "address":
            code, sentence = wrong
            raise ValidationError(sentence, code=code, params={"longest": LONGEST, "length": len(text)})
        return text
