"""The form. Its responses are the same for every e-mail address."""

from django.db import transaction
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from citysolidarity.desk import limits
from citysolidarity.forms import FormToken, Problem
from citysolidarity.forms.journey import CHECK
from citysolidarity.forms.one_time_key import advisory_lock
from citysolidarity.forms.please_wait import please_wait
from citysolidarity.http.private_pages import private
from citysolidarity.http.throttle import TooMany, too_many_requests
from citysolidarity.mail.letter import seconds_to_wait
from pledges.models import Support
from pledges.supports import emails
from pledges.supports.forms import SupportJourney
from pledges.supports.limits import SUPPORT_POSTS
from practices.cities import place_search

VERSION = 0  # of the form: it signs no text that could change meanwhile
ADDRESSES = {"city": "support", "place": "support_place"}


@private
def support(request):
    """The form; ``?for=`` names the place that it begins with, as a value of the field ``city``."""
    if request.method != "POST":
        return show(request, SupportJourney(begun_for(request.GET.get("for", ""))), "city")
    return take(request, "city")


@private
def support_place(request):
    """The second page, for a place that is on no list."""
    return take(request, "place") if request.method == "POST" else redirect("support")


@private
def support_sent(request, reference):
    """The same page whatever became of the form, without a query."""
    return render(request, "pledges/supports/sent.html", {"reference": reference})


def begun_for(value: str) -> QueryDict | None:
    """The form as if its visitor had chosen this place; None where there is no such place."""
    choice = place_search.choice_of(value) if "\0" not in value else None
    if choice is None:
        return None
    chosen = QueryDict(mutable=True)
    chosen.update({"q": choice.label, "searched": choice.label, "city": choice.value})
    return chosen


def take(request, page: str):
    journey = SupportJourney(request.POST)
    if "show" in journey.data or page not in journey.pages:
        return show(request, journey, page if page in journey.pages else "city")
    form = journey.form(page)
    if not form.is_valid():
        problems = form.problems()
        return show(request, journey, page, form=form, problems=problems, status=422 if problems else 200)
    if problems := journey.unknown_field_errors():
        return show(request, journey, page, form=form, problems=problems, status=422)
    after = journey.next_page()
    if after != CHECK:
        return show(request, journey, after)
    if problems := journey.forged_errors() or journey.bot_errors():
        return show(request, journey, page, form=form, problems=problems, status=422)
    with advisory_lock(journey.stamp.key):
        return send(request, journey, page)


def send(request, journey: SupportJourney, page: str):
    """Record the form once, however often it arrives."""
    sent = Support.objects.filter(key=journey.stamp.key).first()
    if sent and not sent.holds(journey.answers):
        journey.stamp = FormToken.new(VERSION)._replace(begun=journey.stamp.begun)
        sentence = _(
            "This form has already been sent with other answers. To send these as well, please press the button again."
        )
        return show(request, journey, page, form=journey.form(page), problems=[Problem(sentence)], status=422)
    if not sent:
        try:
            with transaction.atomic():
                sent = record(request, journey)
        except TooMany as limit:
            answer = show(request, journey, page, form=journey.form(page), problems=[please_wait(limit)])
            return too_many_requests(answer, limit.wait)
    return redirect(reverse("support_sent", args=[sent.reference]))


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


def show(request, journey: SupportJourney, page: str, *, form=None, problems=(), status: int = 200):
    """Render a page; ``form`` and ``problems`` are given where the answers to it have errors."""
    context = {
        "form": form or journey.unbound(page),
        "problems": problems,
        "carried": [*journey.hidden_answers(page), ("stamp", str(journey.stamp or FormToken.new(VERSION)))],
        "action": reverse(ADDRESSES[page]),
        "back": reverse("support") if page == "place" else "",
    }
    return render(request, f"pledges/supports/form_{page}.html", context, status=status)
