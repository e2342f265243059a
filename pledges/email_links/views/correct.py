from django.db import transaction
from django.shortcuts import redirect, render

from citysolidarity.desk.transitions import TransitionNotAllowed
from citysolidarity.http.private_pages import private
from citysolidarity.mail.tokens import TokenStatus
from pledges import emails
from pledges.email_links.links import LINKS
from pledges.models import SignatureLetter
from pledges.models.corrections import SIGNER_FIELDS
from pledges.models.letter import Purpose
from pledges.signing.forms.signer import SignerForm
from pledges.signing.forms.visibility import VisibilityForm
from pledges.vocabularies import Visibility


@private
def correct(request, token):
    """Show what the signature says; the button records the correction for a curator to check."""
    opened = SignatureLetter.objects.open(token, Purpose.CORRECT)
    if request.method == "POST" and "again" in request.POST:
        return LINKS.send_again(request, token, Purpose.CORRECT)
    is_second_press = opened.verdict is TokenStatus.USED and request.method == "POST"
    if opened.verdict is not TokenStatus.GOOD and not is_second_press:
        return LINKS.dead_end(request, token, opened, Purpose.CORRECT)
    signature = opened.letter.signature
    if request.method != "POST":
        initial = initial_of(signature)
        return show(request, opened, [SignerForm(initial=initial), VisibilityForm(initial=initial)])
    forms = [SignerForm.posted(request), VisibilityForm.posted(request)]
    if any(form.errors for form in forms):
        if is_second_press:
            return LINKS.dead_end(request, token, opened, Purpose.CORRECT)
        return show(request, opened, forms, status=422)
    facts = forms[0].cleaned_data | forms[1].cleaned_data
    try:
        with transaction.atomic():
            opened = SignatureLetter.objects.use(token, Purpose.CORRECT, repr(facts))
            if opened.verdict is TokenStatus.GOOD:
                corrected = opened.letter.signature.correct(**{name: facts[name] for name in SIGNER_FIELDS})
                emails.confirmed_receipt.post(corrected)
    except TransitionNotAllowed as refusal:
        return LINKS.moved(request, refusal)
    was_done = opened.verdict is TokenStatus.USED and opened.letter.was_just_used(Purpose.CORRECT, repr(facts))
    if opened.verdict is not TokenStatus.GOOD and not was_done:
        return LINKS.dead_end(request, token, opened, Purpose.CORRECT)
    return redirect("done", "corrected")


def show(request, opened, forms, status=200):
    problems = [problem for form in forms if form.is_bound for problem in form.problems()]
    context = LINKS.facts_about(opened) | {"signer": forms[0], "visibility": forms[1], "problems": problems}
    return render(request, "pledges/email_links/correct.html", context, status=status)


def initial_of(signature) -> dict:
    """The signature as initial data of the forms."""
    facts = {name: getattr(signature, name) for name in SIGNER_FIELDS}
    if (
        signature.visibility == Visibility.FROM_DATE and signature.has_begun
    ):  # a day that has passed is no choice any more
        facts |= {"visibility": Visibility.PUBLIC, "public_from": None}
    elif day := signature.public_from:
        facts |= {"public_from_day": day.day, "public_from_month": day.month, "public_from_year": day.year}
    return facts
