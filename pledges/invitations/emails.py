"""The e-mails about invitations, one function each, named like its templates in templates/email.

Nothing that was typed into the form goes into an e-mail before a curator has read it: anybody could write to strangers
through us otherwise. No e-mail names an address to anybody.
"""

from urllib.parse import urlencode

from django.conf import settings
from django.tasks import task
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from citysolidarity.mail.postbox import QUEUE, EmailRegistry
from citysolidarity.mail.texts import CONTACT, LINK, NOTE, UNTIL, Variable
from pledges.models import Invitation, InvitationLetter, InvitedCity
from pledges.models.invitation import InvitationState, NotSent, Writer
from pledges.models.invitation_letter import InvitationPurpose


@task(queue_name=QUEUE)
def send_letter(letter_id: str) -> None:
    """Raises sending.TryAgain."""
    REGISTRY.send(letter_id)


VARIABLES = {
    "confirm_invitation_link": Variable(
        _("the page with the button that confirms the invitation"), LINK, is_needed=True
    ),
    "disown_invitation_link": Variable(_("the page on which people say that it was not them"), LINK, is_needed=True),
    "withdraw_invitation_link": Variable(_("the page with the button that withdraws it"), LINK, is_needed=True),
    **UNTIL,
    "city": Variable(_("the city, as the directory names it"), "L’Aquila"),
    "day": Variable(_("the day on which the invitation was sent"), "6 December 2026"),
    "words": Variable(
        _("what those who invite have written, each with who writes"),
        "A resident writes:\n\nPlease sign. It helped us.",
        is_needed=True,
    ),
    "page": Variable(_("the page on which residents ask their city"), LINK),
    "statement_page": Variable(_("the page with the statement"), LINK),
    "sign_page": Variable(_("the page on which a city signs"), LINK, is_needed=True),
    "kit_page": Variable(_("the page with papers for the council"), LINK),
    "note": NOTE,
    "contact": CONTACT,
}
REGISTRY = EmailRegistry(InvitationLetter, send_letter, _("Invitations of cities"), VARIABLES)
LETTERS = REGISTRY.letters
NOT_SENT = {code.value: format_lazy("{}: {}", _("An invitation is not sent"), code.label) for code in NotSent}


def in_state(*states: InvitationState):
    return lambda invitation: invitation.state in states


def city_of(invitation: Invitation) -> str:
    """Named where the list of places knows it: anybody can add a place by hand, and call it what they like."""
    return invitation.city.full_name if invitation.city.geonames_id else gettext("your city of choice")


def address(name: str) -> str:
    return settings.SITE_URL + reverse(name)


@REGISTRY.letter(
    InvitationPurpose.CONFIRM,
    InvitationPurpose.DISOWN,
    suits=in_state(InvitationState.UNCONFIRMED),
    when=_("Someone invites a city, and has to confirm it"),
)
def confirm_invitation(invitation):
    return {"city": city_of(invitation)}


@REGISTRY.letter(
    InvitationPurpose.WITHDRAW,
    suits=in_state(InvitationState.WAITS),
    when=_("Someone invites a city whom they have invited before, and no curator has decided yet"),
)
def invitation_again(invitation):
    """No link says "it was not me": it would end the invitation that its reader had confirmed before."""
    return {"city": city_of(invitation)}


@REGISTRY.letter(
    InvitationPurpose.WITHDRAW, suits=in_state(InvitationState.WAITS), when=_("An invitation has been confirmed")
)
def invitation_receipt(invitation):
    return {"city": city_of(invitation)}


@REGISTRY.letter(suits=in_state(InvitationState.SENT), when=_("An invitation was sent, and its writer is told"))
def invitation_sent(invitation):
    return {
        "city": invitation.city.full_name,
        "day": date_format(invitation.invited.sent_on, "DATE_FORMAT"),
        "page": address("supports"),
    }


@REGISTRY.letter(suits=in_state(InvitationState.REFUSED), when=NOT_SENT)
def invitation_not_sent(invitation):
    return {
        "variant": invitation.refusal,
        "city": city_of(invitation),
        "note": invitation.refusal_note,
        "page": address("supports"),
        "contact": address("about_contact"),
    }


@REGISTRY.letter(when=_("A curator has read an invitation, and sends it to the city"))
def invite_city(invited: InvitedCity):
    """To the public e-mail address of the city. None where all who wrote have asked to be forgotten meanwhile."""
    words = [words_of(invitation) for invitation in invited.taken_along() if invitation.message]
    if not words:
        return None
    return {
        "city": invited.city.full_name,
        "words": "\n\n".join(words),
        "statement_page": address("statement"),
        "sign_page": address("sign"),
        "kit_page": f"{address('kit')}?{urlencode({'city': invited.city.full_name})}",
        "contact": address("about_contact"),
    }


def words_of(invitation: Invitation) -> str:
    """Who writes, as far as we know it, and the words."""
    contact = getattr(invitation, "contact", None)
    names = [contact.first_name] if contact and contact.first_name else []
    return "\n\n".join([who_writes(invitation), invitation.message, *names])


def who_writes(invitation: Invitation) -> str:
    city = {"city": invitation.from_city.full_name if invitation.from_city else ""}
    if invitation.writer != Writer.CITY:
        return (
            gettext("A resident of %(city)s, which has signed, writes:") % city
            if city["city"]
            else gettext("A resident writes:")
        )
    if invitation.is_from_the_city:
        return gettext("Someone with an e-mail address of %(city)s, which has signed, writes:") % city
    return (
        gettext("Someone who says they write for %(city)s, which has signed, writes (we have not checked it):") % city
    )


def preview(invitation: Invitation) -> str:
    """The e-mail to the city as it was sent, or as it would be sent now; "" where it is not to be sent."""
    invited = invitation.invited or InvitedCity(city=invitation.city, planned=invitation.together())
    return invite_city.preview(invited, invitation.letter_language)
