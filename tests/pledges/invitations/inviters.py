"""People who invite a city, for the tests: by the form as a browser without script fills it in, and as rows."""

from datetime import timedelta
from itertools import count

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from pledges.invitations import emails
from pledges.models import Invitation, InvitationLetter, InvitedCity
from tests.forms import ATHENS, send
from tests.people import a_city
from tests.pledges.desk.desk import somebody
from tests.pledges.supports.residents import a_stamp

EMAIL = "rana@home.example"
WORDS = "Please sign. It helped our schools, and it may help yours."
ANSWERS = {
    "q": "Athens", "searched": "Athens", "city": f"place:{ATHENS}", "writer": "resident", "from_city": "",
    "letter_language": "fr", "message": WORDS, "first_name": "Rana", "email": EMAIL, "consent": "on",
}  # fmt: skip
number = count(1)


def invite(client, **changes):
    """The answer to the button of the form."""
    page = client.get(reverse("invite"))
    return send(client, page, **{"stamp": a_stamp(), **ANSWERS, **changes})


def an_invitation(city=None, email=None, confirmed=False, letter=True, **facts) -> Invitation:
    """What the form has just sent, with its e-mail on the way unless ``letter`` is False."""
    columns = {"language": "en", "letter_language": "fr", "message": WORDS, "writer": "resident", "first_name": "Rana"}
    with transaction.atomic():
        invitation = Invitation.write(
            f"invitation-{next(number)}",
            "",
            email=email or f"inviter-{next(number)}@home.example",
            city=city or a_city(geonames_id=1),
            **(columns | facts),
        )
        if letter:
            emails.confirm_invitation.post(invitation)
    if confirmed:
        with transaction.atomic():
            invitation.confirm()
            if letter:
                emails.invitation_receipt.post(invitation)
    return invitation


def letter_of(invitation: Invitation, name: str) -> InvitationLetter:
    return InvitationLetter.objects.filter(invitation=invitation, name=name).latest("posted_at")


def link(letter: InvitationLetter, name: str) -> str:
    purpose = next(purpose for purpose in InvitationLetter.SIGNER.marks if purpose.value == name)
    return reverse(name, args=[letter.token(purpose)])


def make_older(span: timedelta, **rows) -> None:
    """All that is kept of invitations was so much earlier; the database keeps the clock."""
    names = ("sent_at", "confirmed_at", "withdrawn_at", "read_at", "refused_at")
    Invitation.objects.filter(**rows).update(**{name: F(name) - span for name in names})
    for invited in InvitedCity.objects.all():
        InvitedCity.objects.filter(pk=invited.pk).update(sent_on=invited.sent_on - span)


def invited_at_the_desk(state: str) -> str:
    """The page at the desk of an invitation that is ``new``, was ``read``, ``sent`` or ``refused``."""
    invitation, by = an_invitation(confirmed=True), somebody("Curator")
    if state in ("read", "sent"):
        invitation.read(by, "mail@amman.example")
    if state == "sent":
        invitation.send(by)
    if state == "refused":
        invitation.refuse(by, "words")
    return reverse("admin:pledges_invitation_change", args=[invitation.pk])
