"""Where a submission stands, for whoever holds the link in our letters: its address to confirm, a
question to answer, and a way to take it back."""

from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.transitions import TransitionNotAllowed
from citysolidarity.forms import PlainForm, Problem
from citysolidarity.forms.prose import ProseField
from citysolidarity.http.private_pages import private
from citysolidarity.mail.tokens import TokenStatus
from practices.models import SubmissionLetter
from practices.models.sharing.letter import SharingPurpose
from practices.models.sharing.question import LONGEST
from practices.models.sharing.submission import STATES
from practices.models.sharing.workflow import AT_THE_DESK
from practices.sharing import emails
from practices.sharing.views.links import LINKS


class SubmissionAnswerForm(PlainForm):
    answer = ProseField(label=_("Your answer"), longest=LONGEST, missing=_("Write your answer"))


@private
def submission_page(request, token):
    """Shows where it stands; a POST confirms the address (``confirm``), answers the open question, or withdraws."""
    opened = SubmissionLetter.objects.open(token, SharingPurpose.STATUS)
    if opened.verdict is not TokenStatus.GOOD:
        return LINKS.dead_end(request, token, opened, SharingPurpose.STATUS)
    submission = opened.letter.submission
    if request.method != "POST":
        return show(request, submission, SubmissionAnswerForm())
    form = SubmissionAnswerForm({"answer": request.POST.get("answer", "").replace("\0", "")})
    pressed = next((name for name in ("confirm", "withdraw") if name in request.POST), "answer")
    if pressed == "answer" and not form.is_valid():
        return show(request, submission, form, form.problems(), 422)
    try:
        with transaction.atomic():
            match pressed:
                case "confirm":
                    submission.confirm_mailbox()
                case "withdraw":
                    submission.withdraw()
                    emails.submission_withdrawn.post(submission)
                case _:
                    submission.answer(form.cleaned_data["answer"])
    except TransitionNotAllowed as refusal:
        return show(request, submission, form, [Problem(str(refusal))], 409)
    return redirect("submission", token)


def show(request, submission, form, problems=(), status=200):
    questions = list(submission.questions.all())
    context = {
        "submission": submission,
        "state": STATES[submission.state],
        "page": emails.page_of(submission),
        "questions": [question for question in questions if question.answered_at],
        "open_question": next((question for question in questions if not question.answered_at), None),
        "events": list(submission.events.exclude(step__in=AT_THE_DESK)),
        "form": form,
        "problems": problems,
    }
    return render(request, "practices/sharing/submission.html", context, status=status)
