"""The answers once more, and the button that sends them. What it answers is the same for every address."""

from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from citysolidarity.blocked import BlockedMailbox
from citysolidarity.forms import Problem, Stamp
from citysolidarity.forms.once import one_at_a_time
from citysolidarity.forms.waiting import please_wait
from citysolidarity.letters import LETTERS
from citysolidarity.private import private
from citysolidarity.throttle import address_block
from pledges import emails
from pledges.forms import Journey
from pledges.limits import DRAFTS, SIGN_POSTS
from pledges.models import Clause, Commitment, SentForm, Signature
from pledges.views.signing import begin, show

COLUMNS = ("institution", "office", "office_other", "signer_name", "name_may_be_shown", "visibility", "public_from")


class LeftInPeace(Exception):
    """The holder of the mailbox wants no letters: everything done so far is undone."""


@private
def sign_check(request):
    """Shows the answers, or sends them: then the row, its event and its letter are committed together."""
    journey = begin(request)
    if journey is None:
        return redirect("statement")
    if request.method != "POST":
        return redirect("sign_city")
    page = journey.next_page()
    if page != "check":
        return show(request, journey, page, form=journey.form(page), status=422)
    if "show" in journey.data:
        return show(request, journey, "check")
    if problems := wrong_with(journey):
        return show(request, journey, "check", form=journey.form("check"), problems=problems, status=422)
    with one_at_a_time(journey.stamp.key):
        return send(request, journey)


def wrong_with(journey: Journey) -> list[Problem]:
    """What keeps the form from being sent, each in a sentence."""
    problems = journey.form("check").problems() + journey.misfits() + journey.stranger()
    if journey.stamp is None:
        return problems
    if journey.stamp.version != journey.version.pk:
        journey.stamp = journey.stamp._replace(version=journey.version.pk)
        problems.append(Problem(_("There is a new version of the statement. Please read it below, and press again.")))
    return problems or journey.robotic()


def send(request, journey: Journey):
    """Records the form once, however often it arrives."""
    key = journey.stamp.key
    sent = SentForm.objects.filter(pk=key).first()
    if sent and not sent.holds(journey.answers):
        return refuse_second_use(request, journey)
    if not sent:
        if wait := seconds_to_wait(request, journey.facts["email"]):
            return put_off(request, journey, wait)
        with transaction.atomic():
            sent = record(journey)
    return redirect(reverse("sign_sent", args=[sent.reference]))


def refuse_second_use(request, journey: Journey):
    """The same form with other answers: the next press of the button is a form of its own."""
    journey.stamp = Stamp.new(journey.version.pk)._replace(begun=journey.stamp.begun)
    sentence = _("This form was sent before, with other answers. To send these as well, please press again.")
    return show(request, journey, "check", form=journey.form("check"), problems=[Problem(sentence)], status=422)


def seconds_to_wait(request, email: str) -> int:
    """Counts this attempt; 0 where it may go on. Where all drafts are paused, the curators hear of it."""
    if wait := SIGN_POSTS.take(address_block(request)):
        return wait
    # Looked at first and counted last: a mailbox that is full uses up nothing of what all share.
    wait = DRAFTS.wait() or LETTERS.take(email) or DRAFTS.take()
    if wait and DRAFTS.wait():
        with transaction.atomic():
            emails.alarm_to_curators("drafts-paused")
    return wait


def put_off(request, journey: Journey, wait: int):
    """429: too many for now; the answers stay in the page."""
    response = show(request, journey, "check", form=journey.form("check"), problems=[please_wait(wait)], status=429)
    response.headers["Retry-After"] = str(wait)
    return response


def record(journey: Journey) -> SentForm:
    """The form with its signature and its letter; for a blocked mailbox the same work, and nothing of it stays."""
    signature = None
    is_blocked = BlockedMailbox.objects.holds(journey.facts["email"])
    try:
        with transaction.atomic():
            signature = draft(journey)
            if is_blocked:
                raise LeftInPeace
    except LeftInPeace:
        signature = None
    return SentForm.accepted(journey.stamp.key, journey.answers, signature=signature)


def draft(journey: Journey) -> Signature:
    """The signature with its commitments, and the letter that asks for a confirmation."""
    facts, city = journey.facts, journey.city()
    has_signed = Signature.objects.live().filter(city=city).exists()
    signature = Signature.draft(
        city=city,
        version=journey.version,
        email=facts["email"],
        decision_url=facts["decision_url"],
        **{name: facts[name] for name in COLUMNS},
    )
    clauses: dict[str, Clause] = {clause.code: clause for clause in journey.clauses}
    Commitment.objects.bulk_create(
        Commitment(signature=signature, clause=clauses[promise.clause], position=at, text=promise.text, due=promise.due)
        for at, promise in enumerate(facts["promises"], start=1)
    )
    (emails.already_signed if has_signed else emails.confirm_signature).post(signature)
    return signature
