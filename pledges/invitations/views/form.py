"""The form. Its responses are the same for every e-mail address."""

from django.shortcuts import redirect, render
from django.utils.translation import get_language

from citysolidarity.desk import limits
from citysolidarity.http.private_pages import private
from citysolidarity.http.throttle import TooMany
from citysolidarity.mail.letter import seconds_to_wait
from pledges.invitations import emails
from pledges.invitations.forms import InvitationJourney
from pledges.invitations.limits import INVITE_POSTS
from pledges.models import Invitation
from practices.cities.one_page import OnePageForm
from practices.models import City

TYPED = ("email", "first_name", "writer", "message", "letter_language")


def record(request, journey: InvitationJourney) -> Invitation:
    """Record the invitation with its e-mail, and count it; raises TooMany.

    Whoever has invited this city already is told so by e-mail, and a blocked address gets none: see mail/postbox.py.
    """
    INVITE_POSTS.count(request)
    facts = journey.facts
    invitation = Invitation.write(
        journey.stamp.key,
        journey.answers,
        city=journey.city(),
        from_city=City.objects.get(slug=facts["from_city"]) if facts["from_city"] else None,
        language=get_language(),
        **{name: facts[name] for name in TYPED},
    )
    waits = Invitation.objects.waiting().of_mailbox(facts["email"]).filter(city=invitation.city)
    known = waits.with_cities().first()
    wait = seconds_to_wait("invite", facts["email"])
    shared_wait = limits.INVITATIONS.reserve(line=limits.INVITATIONS_LINE)
    if shared_wait is None:
        raise TooMany(limits.INVITATIONS.wait())
    if wait is not None:
        letter = emails.invitation_again if known else emails.confirm_invitation
        letter.post(known or invitation, wait=max(wait, shared_wait))
    return invitation


FORM = OnePageForm(
    InvitationJourney,
    Invitation,
    record,
    {"city": "invite", "place": "invite_place"},
    {"city": "pledges/invitations/form_city.html", "place": "pledges/invitations/form_place.html"},
    sent="invite_sent",
)


@private
def invite(request):
    return FORM.take(request, "city") if request.method == "POST" else FORM.begin(request)


@private
def invite_place(request):
    """The second page, for a place that is on no list."""
    return FORM.take(request, "place") if request.method == "POST" else redirect("invite")


@private
def invite_sent(request, reference):
    """The same page whatever became of the form, without a query."""
    return render(request, "pledges/invitations/sent.html", {"reference": reference})
