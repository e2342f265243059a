"""The last page of the form. Its responses are the same for every e-mail address."""

from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from citysolidarity.forms import FormToken, Problem
from citysolidarity.forms.one_time_key import advisory_lock
from citysolidarity.forms.please_wait import please_wait
from citysolidarity.http.private_pages import private
from citysolidarity.http.throttle import TooMany, too_many_requests
from citysolidarity.mail import letter
from citysolidarity.mail.blocked_addresses import BlockedMailbox
from pledges import emails
from pledges.models import Commitment, SentForm, Signature
from pledges.models.corrections import SIGNER_FIELDS
from pledges.signing import alarm
from pledges.signing.forms.journey import SigningJourney
from pledges.signing.limits import SIGN_POSTS, seconds_to_wait
from pledges.signing.views.steps import begin, show


@private
def sign_check(request):
    """Show the answers, or record them: the signature, its event and its e-mail are committed together."""
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
    if problems := problems_of(journey):
        return show(request, journey, "check", form=journey.form("check"), problems=problems, status=422)
    with advisory_lock(journey.stamp.key):
        return send(request, journey)


def problems_of(journey: SigningJourney) -> list[Problem]:
    problems = journey.form("check").problems() + journey.unknown_field_errors() + journey.forged_errors()
    if journey.stamp is None:
        return problems
    if journey.stamp.version != journey.version.pk:
        journey.stamp = journey.stamp._replace(version=journey.version.pk)
        problems.append(Problem(_("There is a new version of the statement. Please read it below, and press again.")))
    return problems or journey.bot_errors()


def send(request, journey: SigningJourney):
    """Record the form once, however often it arrives."""
    sent = SentForm.objects.filter(pk=journey.stamp.key).first()
    if sent and not sent.holds(journey.answers):
        return refuse_second_use(request, journey)
    if not sent:
        try:
            with transaction.atomic():
                sent = record(request, journey)
        except TooMany as limit:
            page = show(request, journey, "check", form=journey.form("check"), problems=[please_wait(limit)])
            return too_many_requests(page, limit.wait)
    return redirect(reverse("sign_sent", args=[sent.reference]))


def refuse_second_use(request, journey: SigningJourney):
    """The key was used with other answers: offer a new one, so that the next press counts as another form."""
    journey.stamp = FormToken.new(journey.version.pk)._replace(begun=journey.stamp.begun)
    sentence = _("This form was sent before, with other answers. To send these as well, please press again.")
    return show(request, journey, "check", form=journey.form("check"), problems=[Problem(sentence)], status=422)


def record(request, journey: SigningJourney) -> SentForm:
    """Record the form with its signature and e-mail, and count it; raises TooMany.

    For a blocked mailbox, and for one to which enough e-mails wait, do the same work and roll it back.
    """
    SIGN_POSTS.count(request)
    email = journey.facts["email"]
    is_blocked = BlockedMailbox.objects.holds(email)
    mailbox_wait = letter.seconds_to_wait("sign", email)
    with transaction.atomic():
        signature = draft(journey, mailbox_wait or 0)
        if is_blocked or mailbox_wait is None:
            transaction.set_rollback(True)
            signature = None
    return SentForm.accepted(journey.stamp.key, journey.answers, signature=signature)


def draft(journey: SigningJourney, wait: float) -> Signature:
    """Record the signature with its commitments and post the e-mail that asks for a confirmation."""
    facts, city = journey.facts, journey.city()
    has_signed = Signature.objects.live().filter(city=city).exists()
    signature = Signature.draft(
        city=city,
        version=journey.version,
        email=facts["email"],
        decision_url=facts["decision_url"],
        **{name: facts[name] for name in SIGNER_FIELDS},
    )
    clauses = {clause.code: clause for clause in journey.clauses}
    Commitment.objects.bulk_create(
        Commitment(signature=signature, position=position, **typed._asdict() | {"clause": clauses[typed.clause]})
        for position, typed in enumerate(facts["promises"], start=1)
    )
    if shared_wait := seconds_to_wait(facts["email"], city):
        alarm.alarm_to_curators("drafts-wait")
    (emails.already_signed if has_signed else emails.confirm_signature).post(signature, wait=max(wait, shared_wait))
    return signature
