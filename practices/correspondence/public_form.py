"""Forms of one page by which the public writes to us about an entry: each counts once, however often it arrives."""

from collections.abc import Callable
from typing import NamedTuple

from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from citysolidarity.forms import FormToken, Journey, Problem
from citysolidarity.forms.base import HONEYPOT
from citysolidarity.forms.one_time_key import advisory_lock
from citysolidarity.forms.please_wait import please_wait
from citysolidarity.http.throttle import TooMany, too_many_requests
from practices.models import Practice
from practices.models.correspondence.public_message import PublicMessage

ONLY = "only"


class PublicForm(NamedTuple):
    """A form of one page, its template, and the rows that are made of it.

    ``count(request, facts)`` counts an attempt and raises TooMany; ``record(entry, journey, facts)`` saves a row with its
    letter. Both run in one transaction.
    """

    journey: type[Journey]
    template: str
    rows: type[PublicMessage]
    count: Callable[..., None]
    record: Callable[..., PublicMessage]
    done: str


def take_message(request, slug: str, form: PublicForm):
    """The empty form, the form with what is wrong in it, or the page that says that it has arrived."""
    entry = get_object_or_404(Practice.objects.published().with_city().with_contact().in_language(), slug=slug)
    if request.method != "POST":
        return show(request, entry, form, form.journey())
    journey = form.journey(request.POST)
    if problems := wrong_with(journey, entry):
        return show(request, entry, form, journey, problems, status=422)
    with advisory_lock(journey.stamp.key):
        return send(request, entry, form, journey)


def wrong_with(journey: Journey, entry: Practice) -> list[Problem]:
    if journey.stamp is not None and journey.stamp.version != entry.pk:
        journey.stamp = None
    problems = journey.form(ONLY).problems() + journey.unknown_field_errors() + journey.forged_errors()
    return problems or journey.bot_errors()


def send(request, entry: Practice, form: PublicForm, journey: Journey):
    sent = form.rows.objects.filter(key=journey.stamp.key).first()
    if sent and not sent.holds(journey.answers):
        journey.stamp = FormToken.new(entry.pk)._replace(begun=journey.stamp.begun)
        sentence = _(
            "This form has already been sent with other answers. To send these as well, please press the button again."
        )
        return show(request, entry, form, journey, [Problem(sentence)], status=422)
    if not sent:
        facts = {name: value for name, value in journey.facts.items() if name != HONEYPOT}
        try:
            with transaction.atomic():
                form.count(request, facts)
                form.record(entry, journey, facts)
        except TooMany as limit:
            return too_many_requests(show(request, entry, form, journey, [please_wait(limit)]), limit.wait)
    return redirect("letter_done", form.done)


def show(request, entry: Practice, form: PublicForm, journey: Journey, problems=(), status: int = 200):
    context = {
        "practice": entry,
        "form": journey.form(ONLY) if problems else journey.unbound(ONLY),
        "problems": problems,
        "stamp": str(journey.stamp or FormToken.new(entry.pk)),
    }
    return render(request, f"practices/correspondence/{form.template}.html", context, status=status)
