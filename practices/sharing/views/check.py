"""The answers once more, and the button that sends them."""

from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from citysolidarity.forms import FormToken, Problem
from citysolidarity.forms.one_time_key import advisory_lock
from citysolidarity.forms.please_wait import please_wait
from citysolidarity.http.private_pages import private
from citysolidarity.http.throttle import TooMany, too_many_requests
from practices.models import Submission
from practices.sharing import emails
from practices.sharing.answers import city_of
from practices.sharing.forms.journey import Sharing
from practices.sharing.forms.near_duplicates import NEW
from practices.sharing.limits import SHARE_POSTS, seconds_to_wait
from practices.sharing.views.steps import CHECK, FIRST, Progress, begin, show


@private
def share_check(request):
    """Shows the answers, or sends them: then the row, its event and its letter are committed together."""
    if request.method != "POST":
        return redirect("share_page", FIRST)
    progress = begin(request, CHECK)
    journey = progress.journey
    page = journey.next_page()
    if page != CHECK:
        form = None if "show" in journey.data else journey.form(page)
        return show(request, *progress, page, form=form, status=200 if form is None else 422)
    if "show" in journey.data:
        return show(request, *progress, CHECK)
    if problems := wrong_with(journey):
        return again(request, progress, problems)
    with advisory_lock(journey.stamp.key):
        return send(request, progress)


def wrong_with(journey: Sharing) -> list[Problem]:
    problems = journey.form(CHECK).problems() + journey.unknown_field_errors() + journey.forged_errors()
    return problems or journey.bot_errors()


def again(request, progress: Progress, problems: list[Problem]):
    return show(request, *progress, CHECK, form=progress.journey.form(CHECK), problems=problems, status=422)


def send(request, progress: Progress):
    journey = progress.journey
    submission = Submission.objects.filter(key=journey.stamp.key).first()
    is_sent = submission and submission.sent_at
    if is_sent and not submission.holds(journey.answers):
        journey.stamp = FormToken.new(0)._replace(begun=journey.stamp.begun)
        sentence = _("This form was sent before, with other answers. To send these as well, please press again.")
        return again(request, Progress(journey, None), [Problem(sentence)])
    if not is_sent:
        try:
            with transaction.atomic():
                SHARE_POSTS.count(request)
                submission = record(journey, submission)
        except TooMany as limit:
            return too_many_requests(again(request, progress, [please_wait(limit)]), limit.wait)
    return redirect("share_sent", submission.reference)


@transaction.atomic
def record(journey: Sharing, draft: Submission | None) -> Submission:
    facts = journey.facts
    submission = draft or Submission.begin(
        journey.stamp.key, journey.kept_answers(), email=facts["email"], language=get_language(), title=facts["title"]
    )
    submission.send(
        journey.answers,
        answers=journey.kept_answers(),
        email=facts["email"],
        office=facts["office"],
        title=facts["title"],
        place=city_of(journey),
        country=journey.place.country,
        kind=journey.kind,
        about=journey.entry if journey.kind != NEW else None,
    )
    # It is with the curators even where its e-mail has to wait, or where enough of them wait for this mailbox.
    wait = seconds_to_wait("share", facts["email"])
    if wait is not None:
        emails.submission_received.post(submission, wait=wait)
    return submission
