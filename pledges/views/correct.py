"""The link that corrects a signature."""

from django.db import transaction
from django.shortcuts import redirect, render

from citysolidarity.private import private
from citysolidarity.tokens import Verdict
from pledges import emails
from pledges.forms.signer import SignerForm
from pledges.forms.visibility import VisibilityForm
from pledges.models import MoveRefused, SignatureLetter
from pledges.tokens import Purpose
from pledges.views.links import LINKS

COLUMNS = ("institution", "office", "office_other", "signer_name", "name_may_be_shown", "visibility", "public_from")


@private
def correct(request, token):
    """Shows what the signature says now; the button records what it shall say, for a curator to check."""
    opened = SignatureLetter.objects.open(token, Purpose.CORRECT)
    if request.method == "POST" and "again" in request.POST:
        return LINKS.send_again(request, token, Purpose.CORRECT)
    if opened.verdict is not Verdict.GOOD:
        return LINKS.dead_end(request, token, opened, Purpose.CORRECT)
    signature = opened.letter.signature
    if request.method != "POST":
        initial = initial_of(signature)
        return show(request, opened, [SignerForm(initial=initial), VisibilityForm(initial=initial)])
    forms = [SignerForm.posted(request), VisibilityForm.posted(request)]
    # Both are looked at, so that everything wrong is told at once.
    if any(form.errors for form in forms):
        return show(request, opened, forms, status=422)
    facts = forms[0].cleaned_data | forms[1].cleaned_data
    try:
        with transaction.atomic():
            opened = SignatureLetter.objects.use(token, Purpose.CORRECT)
            if opened.verdict is Verdict.GOOD:
                corrected = opened.letter.signature.correct(**{name: facts[name] for name in COLUMNS})
                emails.confirmed_receipt.post(corrected)
    except MoveRefused as refusal:
        return LINKS.moved(request, refusal)
    if opened.verdict is not Verdict.GOOD:
        return LINKS.dead_end(request, token, opened, Purpose.CORRECT)
    return redirect("done", "corrected")


def show(request, opened, forms, status=200):
    """The two forms with what is wrong in them."""
    problems = [problem for form in forms if form.is_bound for problem in form.problems()]
    context = LINKS.facts_about(opened) | {"signer": forms[0], "visibility": forms[1], "problems": problems}
    return render(request, "pledges/correct.html", context, status=status)


def initial_of(signature) -> dict:
    """What the signature says now, as the forms take it."""
    facts = {name: getattr(signature, name) for name in COLUMNS}
    if day := signature.public_from:
        facts |= {"public_from_day": day.day, "public_from_month": day.month, "public_from_year": day.year}
    return facts
