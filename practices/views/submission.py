"""Where a submission stands, for whoever holds the link in our letters: a question to answer, and a way to take it back."""

from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms import PlainForm, Problem
from citysolidarity.forms.prose import ProseField
from citysolidarity.private import private
from citysolidarity.tokens import Verdict
from practices import sharing_emails as emails
from practices.models import SubmissionLetter
from practices.models.handling import CannotHandle
from practices.models.question import LONGEST
from practices.models.submission import STATES
from practices.sharing_tokens import SharingPurpose
from practices.views.share_links import LINKS


class AnswerForm(PlainForm):
    answer = ProseField(label=_("Your answer"), longest=LONGEST, missing=_("Write your answer"))


@private
def submission(request, token):
    """Shows where it stands; a POST answers the open question or withdraws (``withdraw``)."""
    opened = SubmissionLetter.objects.open(token, SharingPurpose.STATUS)
    if opened.verdict is not Verdict.GOOD:
        return LINKS.dead_end(request, token, opened, SharingPurpose.STATUS)
    sent = opened.letter.submission
    if request.method != "POST":
        return show(request, sent, AnswerForm())
    form = AnswerForm({"answer": request.POST.get("answer", "").replace("\0", "")})
    is_withdrawal = "withdraw" in request.POST
    if not (is_withdrawal or form.is_valid()):
        return show(request, sent, form, form.problems(), 422)
    try:
        with transaction.atomic():
            if is_withdrawal:
                sent.withdraw()
                emails.submission_withdrawn.post(sent)
            else:
                sent.answer(form.cleaned_data["answer"])
    except CannotHandle as refused:
        return show(request, sent, form, [Problem(str(refused))], 409)
    return redirect("submission", token)


def show(request, sent, form, problems=(), status=200):
    """The page with its form."""
    questions = list(sent.questions.all())
    context = {
        "submission": sent,
        "state": STATES[sent.state],
        "page": emails.page_of(sent),
        "questions": [question for question in questions if question.answered_at],
        "open_question": next((question for question in questions if not question.answered_at), None),
        "events": list(sent.events.all()),
        "form": form,
        "problems": problems,
    }
    return render(request, "practices/submission.html", context, status=status)
