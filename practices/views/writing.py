"""Forms of one page by which the public writes to us about an entry: each counts once, however often it arrives."""

from collections.abc import Callable
from typing import NamedTuple

from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from citysolidarity.forms import Problem, Stamp, Way
from citysolidarity.forms.once import one_at_a_time
from citysolidarity.forms.plain import TRAP
from citysolidarity.forms.waiting import please_wait
from practices.models import Practice
from practices.models.written import Written

ONLY = "only"


class Writing(NamedTuple):
    """A form: its way (one page), its template, the rows it makes, and what makes them.

    ``wait(request, entry, facts)`` counts an attempt and says in how many seconds it is allowed, 0 for now;
    ``record(entry, way, facts)`` saves a row, with its letter, in one transaction.
    """

    way: type[Way]
    template: str
    rows: type[Written]
    wait: Callable[..., int]
    record: Callable[..., Written]
    done: str


def write(request, slug: str, writing: Writing):
    """The empty form, the form with what is wrong in it, or the page that says that it has arrived."""
    entry = get_object_or_404(Practice.objects.published().with_city().told(), slug=slug)
    if request.method != "POST":
        return show(request, entry, writing, writing.way())
    way = writing.way(request.POST)
    if problems := wrong_with(way, entry):
        return show(request, entry, writing, way, problems, status=422)
    with one_at_a_time(way.stamp.key):
        return send(request, entry, writing, way)


def wrong_with(way: Way, entry: Practice) -> list[Problem]:
    """What keeps the form from being sent, each in a sentence."""
    if way.stamp is not None and way.stamp.version != entry.pk:
        way.stamp = None
    return way.form(ONLY).problems() + way.misfits() + way.stranger() or way.robotic()


def send(request, entry: Practice, writing: Writing, way: Way):
    """Records the form once."""
    sent = writing.rows.objects.filter(key=way.stamp.key).first()
    if sent and not sent.holds(way.answers):
        way.stamp = Stamp.new(entry.pk)._replace(begun=way.stamp.begun)
        sentence = _("This form was sent before, with other words. To send these as well, please press again.")
        return show(request, entry, writing, way, [Problem(sentence)], status=422)
    if not sent:
        facts = {name: value for name, value in way.facts.items() if name != TRAP}
        if wait := writing.wait(request, entry, facts):
            response = show(request, entry, writing, way, [please_wait(wait)], status=429)
            response.headers["Retry-After"] = str(wait)
            return response
        writing.record(entry, way, facts)
    return redirect("letter_done", writing.done)


def show(request, entry: Practice, writing: Writing, way: Way, problems=(), status: int = 200):
    """The page with what was typed."""
    context = {
        "practice": entry,
        "form": way.form(ONLY) if problems else way.fresh(ONLY),
        "problems": problems,
        "stamp": str(way.stamp or Stamp.new(entry.pk)),
    }
    return render(request, f"practices/{writing.template}.html", context, status=status)
