"""The answer of an office to the yearly question."""

from django import forms
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms import PlainForm
from citysolidarity.forms.prose import ProseField
from citysolidarity.forms.year import YearField
from practices.models.correspondence.confirmation import LONGEST, ConfirmationAnswer


class ConfirmEntryForm(PlainForm):
    """What was typed beside an answer that does not ask for it is left out."""

    answer = forms.ChoiceField(
        label=_("Is the entry still right?"),
        choices=ConfirmationAnswer,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Select whether the entry is still right"),
            "invalid_choice": _("Select one of the three answers"),
        },
    )
    text = ProseField(
        label=_("What has changed?"),
        help_text=_(
            "Only if something has changed or ended. A few words are enough. A curator reads them before anything "
            "is shown."
        ),
        longest=LONGEST,
        rows=5,
        required=False,
    )
    ended = YearField(label=_("In which year did it end?"), help_text=_("Only if it has ended and you know the year."))

    def clean(self):
        facts = super().clean()
        answer = facts.get("answer")
        if answer == ConfirmationAnswer.STILL_RIGHT:
            self._leave_out(facts, "text", "")
        elif answer == ConfirmationAnswer.CHANGED and not facts.get("text") and "text" not in self.errors:
            self.add_error("text", _("Say in a few words what has changed"))
        if answer and answer != ConfirmationAnswer.ENDED:
            self._leave_out(facts, "ended", None)
        return facts

    def _leave_out(self, facts: dict, name: str, empty) -> None:
        self.errors.pop(name, None)
        facts[name] = empty
