"""The practice in guided questions, a page for each."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.lines import LineField
from citysolidarity.forms.plain import AskedForm, PlainForm
from citysolidarity.forms.prose import ProseField

SUMMARY = 280  # characters; see practices/models/practice.py
AREA = 120


class StoryForm(PlainForm):
    """A page whose texts must not say the same thing twice."""

    def clean(self):
        facts = super().clean()
        seen = {}
        for name, text in list(facts.items()):
            words = " ".join(str(text).casefold().split())
            if words and words in seen:
                label = self.fields[seen[words]].label
                self.add_error(
                    name, ValidationError(_now("This is the same text as under “%s”.") % label, code="twice")
                )
            seen.setdefault(words, name)
        return facts


class SummaryForm(StoryForm):
    """What stands on cards and in search results."""

    heading = _("The practice in brief")

    summary = ProseField(
        label=_("Summary"),
        help_text=_(
            "What the city does, for whom, in one or two sentences, at most 280 characters. Such as: “Trained residents "
            "visit newly arrived families at home and go with them to schools and offices.”"
        ),
        longest=SUMMARY,
        rows=3,
        missing=_("Enter a summary of one or two sentences"),
    )
    area = LineField(
        label=_("District or quarter (optional)"),
        help_text=_("Only where the practice does not reach the whole city."),
        longest=AREA,
        required=False,
    )


class ApproachForm(StoryForm):
    """Why and how."""

    heading = _("Why, and how?")

    challenge = ProseField(
        label=_("What was the matter before? (optional)"),
        help_text=_("Who had which difficulty, and why. Such as: “New families did not know whom to ask.”"),
        required=False,
    )
    approach = ProseField(
        label=_("What does the city do?"),
        help_text=_("Step by step: who, with whom, how often, by which right. Others want to be able to do the same."),
        rows=10,
        missing=_("Describe what the city does"),
    )

    def __init__(self, *args, is_update=False, **kwargs):
        super().__init__(*args, **kwargs)
        # An entry that says nothing of it can be brought up to date all the same.
        self.fields["approach"].required = not is_update


class ResultsForm(AskedForm, StoryForm):
    """What came of it."""

    mark = "seen_results"
    heading = _("What changed?")
    lead = _("A plain account is welcome; numbers need their year, and a source further on.")

    results = ProseField(
        label=_("What changed, and how do you know? (optional)"),
        help_text=_(
            "Such as: “In 2024 the visitors reached 312 families; two in three found a school place in a month.”"
        ),
        required=False,
    )
    lessons = ProseField(
        label=_("What should another city do the same way, or differently? (optional)"),
        required=False,
    )


class FailuresForm(AskedForm, StoryForm):
    """What readers look for first."""

    mark = "seen_failures"
    heading = _("What did not work?")
    lead = _("Cities learn most from this. It is no blame, and it is what readers look for first.")

    what_did_not_work = ProseField(
        label=_("What failed, cost more or took longer? (optional)"),
        help_text=_("Such as: “Evening visits were given up: families with small children could not receive anybody.”"),
        required=False,
    )
