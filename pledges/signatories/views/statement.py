from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from citysolidarity.caching.page_cache import cached_page
from pledges.models import Milestone, Signature, StatementVersion
from pledges.signatories.chart import growth


@cached_page()
def statement(request):
    """The newest valid version, in the visitor's language or in English; no text before the first one (5 queries)."""
    version = StatementVersion.objects.current(get_language())
    milestones = list(Milestone.objects.in_order())
    days = Signature.objects.public().values_list("signed_on", flat=True)
    context = {
        "version": version,
        "clauses": list(version.clauses.all()) if version else [],
        "milestones": milestones,
        "notes_are_translated": any(milestone.translated_note for milestone in milestones),
        "growth": growth(milestones, days, timezone.localdate()),
        "signed": Signature.objects.count_now(),
    }
    return render(request, "pledges/signatories/statement.html", context)
