"""Signing, step by step: one function for each page."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from citysolidarity.private import private
from pledges.views.signing import begin, steps, take_step


@require_safe
def sign(request):
    """What is signed, and what to have at hand. Two statements."""
    journey = begin(request)
    if journey is None:
        return redirect("statement")
    context = {"version": journey.version, "clauses": journey.clauses, "steps": steps(1)}
    return render(request, "pledges/sign.html", context)


@private
def sign_city(request):
    """Which city signs: typed, then chosen."""
    return take_step(request, "city")


@private
def sign_place(request):
    """A place that no list holds."""
    return take_step(request, "place")


@private
def sign_signer(request):
    """The institution, and who signs for it."""
    return take_step(request, "signer")


@private
def sign_contact(request):
    """Where the letter goes, and where the decision can be read."""
    return take_step(request, "contact")


@private
def sign_visibility(request):
    """Whether and when the signature is shown."""
    return take_step(request, "visibility")


@private
def sign_commitments(request):
    """What the city promises to do; it may leave that out."""
    return take_step(request, "commitments")


@private
def sign_sent(request, reference):
    """It has arrived: what happens next. The same page whatever became of the form; no statement."""
    return render(request, "pledges/sign_sent.html", {"reference": reference, "steps": steps(5)})
