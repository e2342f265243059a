"""The practice in guided questions, a page for each."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.base import OptionalPage, PlainForm
from citysolidarity.forms.line import FREE, LineField
from citysolidarity.forms.prose import ProseField

SUMMARY = 280  # characters; see practices/models/entries/practice.py
AREA = 120


class StoryForm(PlainForm):
    def clean(self):
        facts = super().clean()
        seen = {}
        for name, text in list(facts.items()):
            words = " ".join(str(text).casefold().split())
            if words and words in seen:
                label = self.fields[seen[words]].label
                told = _("This is the same text as under “%(field)s”.")
                self.add_error(name, ValidationError(told, code="twice", params={"field": label}))
            seen.setdefault(words, name)
        return facts


class SummaryForm(StoryForm):
    heading = _("The practice in brief")

    summary = ProseField(
        label=_("Summary"),
        help_text=_(
            "What the city does and who it is for, in one or two sentences of at most 280 characters. For example: "
            "“Trained residents visit newly arrived families at home and go with them to schools and offices.”"
        ),
        longest=SUMMARY,
        rows=3,
        missing=_("Enter a summary of one or two sentences"),
    )
    area = LineField(
        label=_("District or quarter (optional)"),
        help_text=_("Only if the practice does not cover the whole city."),
        longest=AREA,
        allowed=FREE,
        required=False,
    )


class ApproachForm(StoryForm):
    heading = _("Why and how?")

    challenge = ProseField(
        label=_("What was the problem? (optional)"),
        help_text=_("Who had which difficulty, and why. For example: “New families did not know whom to ask.”"),
        required=False,
    )
    approach = ProseField(
        label=_("What does the city do?"),
        help_text=_(
            "Step by step: who does what, with whom, how often and on what legal basis. Others want to be "
            "able to do the same."
        ),
        rows=10,
        missing=_("Describe what the city does"),
    )

    def __init__(self, *args, is_update=False, **kwargs):
        super().__init__(*args, **kwargs)
        # An entry that says nothing of it can be brought up to date all the same.
        self.fields["approach"].required = not is_update


class ResultsForm(OptionalPage, StoryForm):
    mark = "seen_results"
    heading = _("What changed?")
    lead = _("A plain account is welcome. Figures need a year, and a source on a later page.")

    results = ProseField(
        label=_("What changed, and how do you know? (optional)"),
        help_text=_(
            "For example: “In 2024 the visitors reached 312 families; two in three found a school place within a "
            "month.”"
        ),
        required=False,
    )
    lessons = ProseField(
        label=_("What should another city do the same way, or differently? (optional)"),
        required=False,
    )


class FailuresForm(OptionalPage, StoryForm):
    mark = "seen_failures"
    heading = _("What did not work?")
    lead = _("Cities learn most from this. Nobody will blame you, and it is what readers look for first.")

    what_did_not_work = ProseField(
        label=_("What failed, cost more or took longer? (optional)"),
        help_text=_(
            "For example: “Evening visits were given up: families with small children could not receive anyone.”"
        ),
        required=False,
    )
