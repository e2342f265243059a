"""The link in a letter that opens a practice that is not finished."""

from django.shortcuts import render

from citysolidarity.forms import FormToken
from citysolidarity.http.private_pages import private
from citysolidarity.mail.tokens import TokenStatus
from practices.models import SubmissionLetter
from practices.models.sharing.letter import SharingPurpose
from practices.sharing.forms.journey import Sharing, querydict
from practices.sharing.views.links import LINKS
from practices.sharing.views.steps import going_on


@private
def share_resume(request, token):
    opened = SubmissionLetter.objects.open(token, SharingPurpose.RESUME)
    if opened.verdict is not TokenStatus.GOOD:
        return LINKS.dead_end(request, token, opened, SharingPurpose.RESUME)
    draft = opened.letter.submission
    journey = Sharing(querydict(draft.answers))
    # The time of the draft, or whoever comes back would be taken for a robot that is too quick.
    journey.stamp = FormToken(draft.key, int(draft.begun_at.timestamp()), 0)
    return render(request, "practices/sharing/resume.html", {"draft": draft} | going_on(journey, draft))
