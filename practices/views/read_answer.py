"""The link by which an asker reads the answer, as often as they like while it works."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from citysolidarity.private import private
from citysolidarity.tokens import Verdict
from practices.models import PracticeLetter
from practices.tokens import Purpose
from practices.views.links import LINKS


@private
@require_safe
def read_answer(request, token):
    """Question and answer; there is no button."""
    opened = PracticeLetter.objects.open(token, Purpose.READ_ANSWER)
    if opened.verdict is not Verdict.GOOD:
        return LINKS.dead_end(request, token, opened, Purpose.READ_ANSWER)
    return render(request, "practices/read_answer.html", LINKS.facts_about(opened))
