"""People who follow something by e-mail, for the tests: by the form as a browser without script fills it in, and as rows."""

from datetime import timedelta
from itertools import count

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from practices.following import emails
from practices.models import Following, FollowingLetter
from practices.models.following.letter import Occasion
from tests.forms import send
from tests.pledges.supports.residents import a_stamp

EMAIL = "rana@home.example"
ANSWERS = {"selection": "theme=housing", "city": "", "pace": "monthly", "email": EMAIL}
number = count(1)


def follow(client, about="theme=housing", **changes):
    """The answer to the button of the form."""
    page = client.get(f"{reverse('follow')}?{about}")
    return send(client, page, **{"stamp": a_stamp(), "pace": "monthly", "email": EMAIL, **changes})


def a_following(query="", city=None, *, confirmed=True, email="", pace="at-once", language="en") -> Following:
    """What the form has just sent, with its e-mail on the way, and confirmed."""
    columns = {"query": query, "city": city, "pace": pace, "language": language}
    email = email or f"follower-{next(number)}@home.example"
    with transaction.atomic():
        following = Following.ask(f"following-{next(number)}", "", email=email, **columns)
        emails.confirm_following.post(Occasion(following))
    if confirmed:
        with transaction.atomic():
            following.confirm()
            emails.following_receipt.post(Occasion(following))
    return following


def letter_of(following: Following, name: str) -> FollowingLetter:
    return FollowingLetter.objects.filter(following=following, name=name).latest("posted_at")


def link(letter: FollowingLetter, name: str) -> str:
    purpose = next(purpose for purpose in FollowingLetter.SIGNER.marks if purpose.value == name)
    return reverse(name, args=[letter.token(purpose)])


def make_older(span: timedelta, **rows) -> None:
    """All that is kept of followings was so much earlier; the database keeps the clock."""
    moments = ("sent_at", "confirmed_at", "looked_until", "emailed_at", "stopped_at")
    Following.objects.filter(**rows).update(**{name: F(name) - span for name in moments})
