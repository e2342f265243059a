"""The e-mails about supports, one function each, named like its templates in templates/email.

Nothing that was typed into the form goes into an e-mail before its button was pressed: anybody could write to strangers
through us otherwise. Then the first name stands in the greeting, and nowhere else.
"""

from urllib.parse import urlencode

from django.conf import settings
from django.tasks import task
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from citysolidarity.mail.postbox import QUEUE, EmailRegistry
from citysolidarity.mail.texts import CONTACT, LINK, UNTIL, Variable
from pledges.models import AskedCity, Support, SupportLetter
from pledges.models.support import SupportState
from pledges.models.support_letter import SupportPurpose


@task(queue_name=QUEUE)
def send_letter(letter_id: str) -> None:
    """Raises sending.TryAgain."""
    REGISTRY.send(letter_id)


VARIABLES = {
    "confirm_support_link": Variable(_("the page with the button that confirms the support"), LINK, is_needed=True),
    "disown_support_link": Variable(_("the page on which people say that it was not them"), LINK, is_needed=True),
    "withdraw_support_link": Variable(_("the page with the button that withdraws it"), LINK, is_needed=True),
    **UNTIL,
    "greeting": Variable(_("“Good day”, with the first name where one was given"), "Good day Rana,"),
    "city": Variable(_("the city, as the directory names it"), "L’Aquila"),
    "residents": Variable(_("how many residents ask the city"), "120 residents"),
    "page": Variable(_("the page with the numbers and the answers of cities"), LINK),
    "invite_page": Variable(_("the page on which people invite another city"), LINK),
    "statement_page": Variable(_("the page with the statement"), LINK),
    "sign_page": Variable(_("the page on which a city signs"), LINK, is_needed=True),
    "kit_page": Variable(_("the page with papers for the council"), LINK),
    "contact": CONTACT,
}
REGISTRY = EmailRegistry(SupportLetter, send_letter, _("Residents who ask their city"), VARIABLES)
LETTERS = REGISTRY.letters


def is_asked(support: Support) -> bool:
    return support.state == SupportState.ASKED


def is_confirmed(support: Support) -> bool:
    return support.state == SupportState.CONFIRMED


def city_of(support: Support) -> str:
    """Named where the list of places knows it: anybody can add a place by hand, and call it what they like."""
    return support.city.full_name if support.city.geonames_id else gettext("your city")


def to_resident(support: Support) -> dict:
    name = support.contact.first_name
    greeting = gettext("Good day %(name)s,") % {"name": name} if name else gettext("Good day,")
    return {"city": city_of(support), "greeting": greeting, "page": address("supports")}


def address(name: str) -> str:
    return settings.SITE_URL + reverse(name)


@REGISTRY.letter(
    SupportPurpose.CONFIRM,
    SupportPurpose.DISOWN,
    suits=is_asked,
    when=_("A resident asks a city to sign, and has to confirm it"),
)
def confirm_support(support):
    return {"city": city_of(support)}


@REGISTRY.letter(SupportPurpose.WITHDRAW, suits=is_confirmed, when=_("Someone asks who has asked the same city before"))
def support_again(support):
    """No link says "it was not me": it would end the support that its reader had confirmed before."""
    return {"city": city_of(support)}


@REGISTRY.letter(
    SupportPurpose.WITHDRAW,
    suits=is_confirmed,
    when={
        "": _("A resident has confirmed, and the city has not signed"),
        "thanks": _("A resident has confirmed, and the city has signed"),
    },
)
def support_receipt(support):
    return to_resident(support) | {"variant": "thanks" if support.city.is_signed else ""}


@REGISTRY.letter(SupportPurpose.WITHDRAW, suits=is_confirmed, when=_("A city has signed, and its residents are told"))
def support_signed(support):
    return to_resident(support) | {"invite_page": address("invite")}


@REGISTRY.letter(
    SupportPurpose.WITHDRAW, suits=is_confirmed, when=_("The answer of a city is public, and its residents are told")
)
def support_answered(support):
    return to_resident(support)


@REGISTRY.letter(when=_("Enough residents ask a city, and a curator writes to it"))
def residents_ask(asked: AskedCity):
    """To the public e-mail address of the city; a curator has read it and presses the button."""
    return {
        "city": asked.city.full_name,
        "residents": in_words(asked),
        "page": address("supports"),
        "statement_page": address("statement"),
        "sign_page": address("sign"),
        "kit_page": f"{address('kit')}?{urlencode({'city': asked.city.full_name})}",
        "contact": address("about_contact"),
    }


def in_words(asked: AskedCity) -> str:
    """How many residents, as the public is told."""
    if asked.told is None:
        return gettext("fewer than ten residents")
    return ngettext("%(count)d resident", "%(count)d residents", asked.told) % {"count": asked.told}
