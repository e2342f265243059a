"""The e-mails to those who follow something, one function each, named like its templates in templates/email.

A search may hold words that somebody typed. They stand in no e-mail before its button was pressed: anybody could write
to strangers through us otherwise.
"""

from django.conf import settings
from django.tasks import task
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from citysolidarity.mail.postbox import QUEUE, EmailRegistry
from citysolidarity.mail.texts import LINK, UNTIL, Variable
from practices.following.news import news_of
from practices.following.words import before_confirmation, in_words
from practices.models import Following, FollowingLetter
from practices.models.following.following import FollowingState
from practices.models.following.letter import FollowingPurpose, Occasion


@task(queue_name=QUEUE)
def send_letter(letter_id: str) -> None:
    """Raises sending.TryAgain."""
    REGISTRY.send(letter_id)


MOST_WORDS = 200  # characters of a selection; it stands in the subject, too
NEWS = "Gardens that neighbours share\nL’Aquila, Italy\nPeople forced to flee and neighbours dig together.\n" + LINK
VARIABLES = {
    "confirm_following_link": Variable(_("the page with the button that confirms it"), LINK, is_needed=True),
    "disown_following_link": Variable(_("the page on which people say that it was not them"), LINK, is_needed=True),
    "stop_following_link": Variable(_("the page with the button that stops these e-mails"), LINK, is_needed=True),
    **UNTIL,
    "what": Variable(
        _("what is followed: a selection of the directory in words, or a city"), "practices about housing"
    ),
    "pace": Variable(_("how often these e-mails come at most"), "Once a month at most"),
    "page": Variable(_("the page of the selection or the city"), LINK),
}
REGISTRY = EmailRegistry(FollowingLetter, send_letter, _("What is new, for those who follow it"), VARIABLES)
LETTERS = REGISTRY.letters


def is_asked(occasion: Occasion) -> bool:
    return occasion.following.state == FollowingState.ASKED


def is_followed(occasion: Occasion) -> bool:
    return occasion.following.state == FollowingState.FOLLOWS


def shortened(what: str) -> str:
    return Truncator(what).chars(MOST_WORDS)


def page_of(following: Following) -> str:
    if following.city:
        return settings.SITE_URL + following.city.get_absolute_url()
    return settings.SITE_URL + reverse("directory") + (f"?{following.query}" if following.query else "")


def facts_of(following: Following) -> dict:
    return {
        "what": shortened(in_words(following.city, following.query)),
        "pace": following.get_pace_display(),
        "page": page_of(following),
    }


@REGISTRY.letter(
    FollowingPurpose.CONFIRM,
    FollowingPurpose.DISOWN,
    suits=is_asked,
    when=_("Someone wants e-mails about a selection or a city, and has to confirm it"),
)
def confirm_following(occasion):
    return {"what": shortened(before_confirmation(occasion.following))}


@REGISTRY.letter(
    FollowingPurpose.STOP,
    suits=is_followed,
    when=_("Someone asks for e-mails that they already get"),
    stop=FollowingPurpose.STOP,
)
def following_again(occasion):
    """No link says "it was not me": it would end what its reader had confirmed before."""
    return facts_of(occasion.following)


@REGISTRY.letter(
    FollowingPurpose.STOP,
    suits=is_followed,
    when=_("Someone has confirmed that they want these e-mails"),
    stop=FollowingPurpose.STOP,
)
def following_receipt(occasion):
    return facts_of(occasion.following)


@REGISTRY.letter(
    FollowingPurpose.STOP,
    suits=is_followed,
    when=_("Something is new in a selection, or about a city, that someone follows"),
    variables={
        "news": Variable(_("what is new, each with its place, a sentence and its address"), NEWS, is_needed=True)
    },
    stop=FollowingPurpose.STOP,
)
def following_news(occasion):
    """Not sent where what was new is public no longer."""
    news, more = news_of(*occasion)
    if not news:
        return None
    told = render_to_string("email/following_news_lines.txt", {"news": news, "more": more}).strip()
    return facts_of(occasion.following) | {"news": told}
