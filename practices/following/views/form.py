"""The form. Its responses are the same for every e-mail address."""

from django.http import Http404, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language

from citysolidarity.desk import limits
from citysolidarity.http.private_pages import private
from citysolidarity.http.throttle import TooMany
from citysolidarity.mail.letter import seconds_to_wait
from practices.cities.one_page import OnePageForm
from practices.following import emails
from practices.following.forms import FollowingJourney
from practices.following.limits import FOLLOW_POSTS
from practices.following.words import query_of, selection_of
from practices.models import Following
from practices.models.following.letter import Occasion


def record(request, journey: FollowingJourney) -> Following:
    """Record what is to be followed with its e-mail, and count it; raises TooMany.

    Whoever follows it already at this pace is told so by e-mail, and a blocked address gets none: see mail/postbox.py.
    """
    FOLLOW_POSTS.count(request)
    form, facts = journey.form("follow"), journey.facts
    email, pace = facts["email"], facts["pace"]
    columns = {"city": form.followed, "query": form.query, "pace": pace, "language": get_language()}
    following = Following.ask(journey.stamp.key, journey.answers, email=email, **columns)
    same = Following.objects.live().of_mailbox(email).of_the_same(form.followed, form.query)
    known = same.filter(pace=pace).first()
    wait = seconds_to_wait("follow", email)
    shared_wait = limits.FOLLOWINGS.reserve(line=limits.FOLLOWINGS_LINE)
    if shared_wait is None:
        raise TooMany(limits.FOLLOWINGS.wait())
    if wait is not None:
        letter = emails.following_again if known else emails.confirm_following
        letter.post(Occasion(known or following), wait=max(wait, shared_wait))
    return following


FORM = OnePageForm(
    FollowingJourney,
    Following,
    record,
    {"follow": "follow"},
    {"follow": "practices/following/form.html"},
    sent="follow_sent",
)


@private
def follow(request):
    """The address has the parameters of the directory, or the address of a city (``city``)."""
    if request.method == "POST":
        return FORM.take(request, "follow")
    return FORM.show(request, FollowingJourney(begun_with(request.GET)), "follow")


def begun_with(asked: QueryDict) -> QueryDict:
    """The form as if its visitor had said what it is about; Http404 for a city that the directory does not show."""
    begun = QueryDict(mutable=True)
    if "city" in asked:
        begun["city"] = asked["city"].replace("\0", "")
        if not FollowingJourney(begun).unbound("follow").followed:
            raise Http404
    else:
        begun["selection"] = query_of(selection_of(asked))
    return begun


@private
def follow_sent(request, reference):
    """The same page whatever became of the form, without a query."""
    return render(request, "practices/following/sent.html", {"reference": reference})
