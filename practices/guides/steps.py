"""The steps of a guide as its page shows them: only with what is public, and none without anything in it."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F

from practices.comparing.comparison import MOST, query
from practices.models import Guide, GuideDocument, GuideStep, Practice


@dataclass(frozen=True)
class ShownStep:
    """``practices`` carry ``why``, the curators' sentence about each of them here."""

    step: GuideStep
    practices: list[Practice]
    documents: list[GuideDocument]

    @property
    def to_compare(self) -> str:
        """The query of an address that compares its practices, or makes a brief of them."""
        return query(practice.slug for practice in self.practices[:MOST])


def steps_of(guide: Guide) -> list[ShownStep]:
    """The steps in the language in which the guide was fetched (three queries)."""
    practices, documents = defaultdict(list), defaultdict(list)
    for practice in practices_in(guide):
        practice.why = guide.said(practice.why)
        practices[practice.step_id].append(practice)
    for document in guide.guidedocuments.in_library():
        document.why = guide.said(document.why)
        documents[document.step_id].append(document)
    steps = []
    for step in guide.steps.all():
        step.heading, step.text = guide.said(step.heading), guide.said(step.text)
        steps.append(ShownStep(step, practices[step.pk], documents[step.pk]))
    return [step for step in steps if step.practices or step.documents]


def practices_in(guide: Guide):
    shown = Practice.objects.published().with_city().with_review().in_language().filter(guidepractices__guide=guide)
    return shown.annotate(step_id=F("guidepractices__step"), why=F("guidepractices__why")).order_by(
        "guidepractices__position", "guidepractices__pk"
    )
