"""The form. Its responses are the same for every e-mail address."""

from django.shortcuts import redirect, render
from django.utils.translation import get_language

from citysolidarity.desk import limits
from citysolidarity.http.private_pages import private
from citysolidarity.http.throttle import TooMany
from citysolidarity.mail.letter import seconds_to_wait
from pledges.models import Support
from pledges.supports import emails
from pledges.supports.forms import SupportJourney
from pledges.supports.limits import SUPPORT_POSTS
from practices.cities.one_page import OnePageForm


def record(request, journey: SupportJourney) -> Support:
    """Record the support with its e-mail, and count it; raises TooMany.

    Whoever supports this city already is told so by e-mail, and a blocked address gets none: see mail/postbox.py.
    """
    SUPPORT_POSTS.count(request)
    facts = journey.facts
    email = facts["email"]
    support = Support.ask(
        journey.stamp.key,
        journey.answers,
        city=journey.city(),
        language=get_language(),
        **{name: facts[name] for name in ("email", "first_name", "may_be_counted")},
    )
    known = Support.objects.live().of_mailbox(email).filter(city=support.city).first()
    wait = seconds_to_wait("support", email)
    shared_wait = limits.SUPPORTS.reserve(line=limits.SUPPORTS_LINE)
    if shared_wait is None:
        raise TooMany(limits.SUPPORTS.wait())
    if wait is not None:
        letter = emails.support_again if known else emails.confirm_support
        letter.post(known or support, wait=max(wait, shared_wait))
    return support


FORM = OnePageForm(
    SupportJourney,
    Support,
    record,
    {"city": "support", "place": "support_place"},
    {"city": "pledges/supports/form_city.html", "place": "pledges/supports/form_place.html"},
    sent="support_sent",
)


@private
def support(request):
    return FORM.take(request, "city") if request.method == "POST" else FORM.begin(request)


@private
def support_place(request):
    """The second page, for a place that is on no list."""
    return FORM.take(request, "place") if request.method == "POST" else redirect("support")


@private
def support_sent(request, reference):
    """The same page whatever became of the form, without a query."""
    return render(request, "pledges/supports/sent.html", {"reference": reference})
