"""The statement: its text, how far it has come, and how signing works. Five statements where it is not kept."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from pledges.chart import growth
from pledges.models import Milestone, Signature, StatementVersion
from practices.pages import kept, path_alone


@kept(path_alone)
def statement(request):
    """The version now valid in the visitor's language, else in English; before the first one, no text."""
    version = StatementVersion.objects.current(get_language())
    milestones = list(Milestone.objects.in_order())
    days = Signature.objects.public().values_list("signed_on", flat=True)
    context = {
        "version": version,
        "clauses": list(version.clauses.all()) if version else [],
        "milestones": milestones,
        "growth": growth(milestones, days, timezone.localdate()),
        "signed": Signature.objects.count_now(),
    }
    return render(request, "pledges/statement.html", context)
