from functools import partial

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from citysolidarity.forms import FormToken
from citysolidarity.forms.steps import FormStep, next_step, steps
from pledges.models import StatementVersion
from pledges.signing.answers import answers
from pledges.signing.forms.journey import SigningJourney

STEP_OF = {"city": 2, "place": 2, "signer": 3, "contact": 3, "visibility": 3, "commitments": 3, "check": 4}


def begin(request) -> SigningJourney | None:
    """The journey with the answers posted so far; None while there is no statement to sign."""
    version = StatementVersion.objects.current(get_language())
    if version is None:
        return None
    return SigningJourney(version, list(version.clauses.all()), request.POST if request.method == "POST" else None)


def take_step(request, page: str):
    journey = begin(request)
    if journey is None:
        return redirect("statement")
    if request.method != "POST":
        # Without the answers to the pages before, only the first page can be opened.
        return show(request, journey, "city") if page == "city" else redirect("sign_city")
    return next_step(journey, page, partial(show, request, journey))


def show(request, journey: SigningJourney, page: str, *, form=None, problems=None, status=200):
    """Render a page; ``form`` and ``problems`` are given where the answers to it have errors."""
    if form is None:
        form = journey.unbound(page)
    if problems is None:
        problems = form.problems() if form.is_bound else []
    stamp = journey.stamp or FormToken.new(journey.version.pk)
    back = journey.page_before(page)
    context = {
        "form": form,
        "problems": problems,
        "carried": [*journey.hidden_answers(page), ("stamp", str(stamp))],
        "steps": signing_steps(STEP_OF[page]),
        "pages_left": journey.pages_left(page),
        "back": reverse(f"sign_{back}") if back else "",
        "version": journey.version,
        "clauses": journey.clauses,
    }
    if page == "check":
        context["answers"] = answers(journey)
    return render(request, f"pledges/signing/{page}.html", context, status=status)


def signing_steps(current: int) -> list[FormStep]:
    return steps([_("Read"), _("Your city"), _("Who signs"), _("Check and send")], current)
