"""The pages of the form: how each is shown, and which comes after it."""

from functools import partial

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from citysolidarity.forms import Stamp
from citysolidarity.forms.steps import Step, next_step
from citysolidarity.forms.steps import steps as shared_steps
from pledges.forms import Journey
from pledges.models import StatementVersion
from pledges.views.answers import answers

# Where on the way a page stands: the numbers count the four steps.
STEP_OF = {"city": 2, "place": 2, "signer": 3, "contact": 3, "visibility": 3, "commitments": 3, "check": 4}


def begin(request) -> Journey | None:
    """The way so far, with what was posted; None while there is no statement to sign."""
    version = StatementVersion.objects.current(get_language())
    if version is None:
        return None
    return Journey(version, list(version.clauses.all()), request.POST if request.method == "POST" else None)


def take_step(request, page: str):
    """A page was asked for or sent: shows it, shows what is wrong with it, or shows the next one."""
    journey = begin(request)
    if journey is None:
        return redirect("statement")
    if request.method != "POST":
        # Without answers there is only one way in.
        return show(request, journey, "city") if page == "city" else redirect("sign_city")
    return next_step(journey, page, partial(show, request, journey))


def show(request, journey: Journey, page: str, *, form=None, problems=None, status=200):
    """The page with its answers; ``form`` and ``problems`` where something is to be said about them."""
    if form is None:
        form = journey.fresh(page)
    if problems is None:
        problems = form.problems() if form.is_bound else []
    stamp = journey.stamp or Stamp.new(journey.version.pk)
    back = journey.page_before(page)
    context = {
        "form": form,
        "problems": problems,
        "carried": [*journey.carried(page), ("stamp", str(stamp))],
        "steps": steps(STEP_OF[page]),
        "back": reverse(f"sign_{back}") if back else "",
        "version": journey.version,
        "clauses": journey.clauses,
    }
    if page == "check":
        context["answers"] = answers(journey)
    return render(request, f"pledges/sign_{page}.html", context, status=status)


def steps(current: int) -> list[Step]:
    """The four steps, and which of them are behind."""
    return shared_steps([_("Read"), _("Your city"), _("Who signs"), _("Check and send")], current)
