from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from citysolidarity.http.private_pages import private
from pledges.signing.views.steps import begin, signing_steps, take_step


@require_safe
def sign(request):
    """What is signed, and what to have at hand (2 queries)."""
    journey = begin(request)
    if journey is None:
        return redirect("statement")
    context = {
        "version": journey.version,
        "clauses": journey.clauses,
        "steps": signing_steps(1),
        "pages_left": journey.pages_left("city") + 1,
    }
    return render(request, "pledges/signing/sign.html", context)


@private
def sign_page(request, page):
    return take_step(request, page)


@private
def sign_sent(request, reference):
    """The same page whatever became of the form, without a query."""
    return render(request, "pledges/signing/sent.html", {"reference": reference, "steps": signing_steps(5)})
