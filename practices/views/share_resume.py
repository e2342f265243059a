"""The link in a letter that opens a practice that is not finished."""

from django.shortcuts import render

from citysolidarity.forms import Stamp
from citysolidarity.private import private
from citysolidarity.tokens import Verdict
from practices.forms.sharing import Sharing, querydict
from practices.models import SubmissionLetter
from practices.sharing_tokens import SharingPurpose
from practices.views.share_links import LINKS
from practices.views.share_steps import address_of, carried, steps


@private
def share_resume(request, token):
    """Leads to the first page that is left to answer; opening it changes nothing."""
    opened = SubmissionLetter.objects.open(token, SharingPurpose.RESUME)
    if opened.verdict is not Verdict.GOOD:
        return LINKS.dead_end(request, token, opened, SharingPurpose.RESUME)
    draft = opened.letter.submission
    way = Sharing(querydict(draft.answers))
    # When it was begun is long ago: nobody is too quick any more.
    way.stamp = Stamp(draft.key, int(draft.begun_at.timestamp()), 0)
    context = {
        "draft": draft,
        "carried": carried(way, draft, "save"),
        "action": address_of(way.next_page()),
        "steps": steps(3),
    }
    return render(request, "practices/share_resume.html", context)
