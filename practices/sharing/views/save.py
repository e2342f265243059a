"""Coming back later: from now on the answers are kept, behind a link in a letter."""

from django.db import transaction
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from citysolidarity.forms.one_time_key import advisory_lock
from citysolidarity.forms.please_wait import please_wait
from citysolidarity.http.private_pages import private
from citysolidarity.http.throttle import TooMany, too_many_requests
from practices.models import Submission
from practices.sharing import emails
from practices.sharing.forms.contact import SaveForm
from practices.sharing.forms.journey import Sharing
from practices.sharing.limits import SHARE_POSTS, seconds_to_wait
from practices.sharing.views.steps import FIRST, begin, carried, going_on, steps


@private
def share_save(request):
    """Asks where the link goes, then keeps the answers; the answer is the same for every address."""
    if request.method != "POST":
        return redirect("share_page", FIRST)
    journey, draft = begin(request)
    if draft:
        if problems := journey.length_errors():
            return ask(request, journey, SaveForm(), problems, 422)
        draft.keep(journey.kept_answers())
        return saved(request, journey, draft)
    if "show" in journey.data:
        return ask(request, journey, SaveForm())
    form = SaveForm(journey.data, had_nul=journey.had_nul)
    problems = form.problems() + journey.unknown_field_errors() + journey.forged_errors() + journey.length_errors()
    if problems := problems or journey.bot_errors():
        return ask(request, journey, form, problems, 422)
    with advisory_lock(journey.stamp.key):
        return keep(request, journey, form)


def keep(request, journey: Sharing, form: SaveForm):
    email, draft = form.cleaned_data["save_email"], Submission.objects.filter(key=journey.stamp.key).first()
    if draft is None:
        # Where the letters go is asked once.
        journey.data.setdefault("email", email)
        try:
            draft = record(request, journey, email)
        except TooMany as limit:
            return too_many_requests(ask(request, journey, form, [please_wait(limit)]), limit.wait)
    return saved(request, journey, draft)


@transaction.atomic
def record(request, journey: Sharing, email: str) -> Submission:
    SHARE_POSTS.count(request)
    draft = Submission.begin(journey.stamp.key, journey.kept_answers(), email=email, language=get_language())
    wait = seconds_to_wait("save", email)
    if wait is not None:
        emails.submission_draft.post(draft, wait=wait)
    return draft


def saved(request, journey: Sharing, draft: Submission):
    return render(request, "practices/sharing/saved.html", going_on(journey, draft))


def ask(request, journey: Sharing, form: SaveForm, problems=(), status=200):
    context = {"form": form, "problems": problems, "carried": carried(journey, None, "save"), "steps": steps(3)}
    return render(request, "practices/sharing/save.html", context, status=status)
