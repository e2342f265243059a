"""The answers once more, and the button that sends them."""

from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from citysolidarity.forms import Problem, Stamp
from citysolidarity.forms.once import one_at_a_time
from citysolidarity.forms.waiting import please_wait
from citysolidarity.letters import LETTERS
from citysolidarity.private import private
from citysolidarity.throttle import address_block
from practices import sharing_emails as emails
from practices.forms.alike import NEW
from practices.forms.sharing import Sharing
from practices.limits import SHARE_POSTS, SUBMISSIONS
from practices.models import Submission
from practices.views.share_answers import city_of
from practices.views.share_steps import CHECK, FIRST, Begun, begin, show


@private
def share_check(request):
    """Shows the answers, or sends them: then the row, its event and its letter are committed together."""
    if request.method != "POST":
        return redirect("share_page", FIRST)
    begun = begin(request, CHECK)
    way = begun.way
    page = way.next_page()
    if page != CHECK:
        form = None if "show" in way.data else way.form(page)
        return show(request, *begun, page, form=form, status=200 if form is None else 422)
    if "show" in way.data:
        return show(request, *begun, CHECK)
    if problems := wrong_with(way):
        return again(request, begun, problems, 422)
    with one_at_a_time(way.stamp.key):
        return send(request, begun)


def wrong_with(way: Sharing) -> list[Problem]:
    """What keeps the form from being sent, each in a sentence."""
    problems = way.form(CHECK).problems() + way.misfits() + way.stranger()
    return problems or way.robotic()


def again(request, begun: Begun, problems: list[Problem], status: int):
    """The same page with what is wrong."""
    return show(request, *begun, CHECK, form=begun.way.form(CHECK), problems=problems, status=status)


def send(request, begun: Begun):
    """Records the submission once, however often its form arrives."""
    way = begun.way
    known = Submission.objects.filter(key=way.stamp.key).first()
    if known and known.sent_at and not known.holds(way.answers):
        way.stamp = Stamp.new(0)._replace(begun=way.stamp.begun)
        sentence = _("This form was sent before, with other answers. To send these as well, please press again.")
        return again(request, Begun(way, None), [Problem(sentence)], 422)
    if not (known and known.sent_at):
        if wait := seconds_to_wait(request, way.facts["email"], known):
            response = again(request, begun, [please_wait(wait)], 429)
            response.headers["Retry-After"] = str(wait)
            return response
        known = record(way, known)
    return redirect("share_sent", known.reference)


def seconds_to_wait(request, email: str, draft: Submission | None) -> int:
    """Counts this attempt; 0 where it may go on. A draft's own mailbox was counted when it was saved."""
    # Looked at first and counted last: a mailbox that is full uses up nothing of what all share.
    wait = SHARE_POSTS.take(address_block(request)) or SUBMISSIONS.wait()
    if not wait and not (draft and draft.email == email):
        wait = LETTERS.take(email)
    return wait or SUBMISSIONS.take()


@transaction.atomic
def record(way: Sharing, draft: Submission | None) -> Submission:
    """The submission with its event and its letter."""
    facts = way.facts
    submission = draft or Submission.begin(
        way.stamp.key, way.kept(), email=facts["email"], language=get_language(), title=facts["title"]
    )
    submission.send(
        way.answers,
        answers=way.kept(),
        email=facts["email"],
        office=facts["office"],
        title=facts["title"],
        place=city_of(way),
        country=way.place.country,
        kind=way.kind,
        about=way.entry if way.kind != NEW else None,
    )
    emails.submission_received.post(submission)
    return submission
