"""The page of a submission: what it says, what was asked, and what a curator can do with it."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models.functions import Now
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from citysolidarity.desk.decisions import attempt
from citysolidarity.desk.forms import WholeTexts
from citysolidarity.desk.page import permitted_row, render_page, render_preview
from citysolidarity.desk.transitions import TransitionNotAllowed
from citysolidarity.mail.letter import outcome
from practices.entries.page import page_of
from practices.models import Practice
from practices.models.sharing.question import LONGEST
from practices.models.sharing.submission import NOTE_LENGTH, STATES, Refusal, SubmissionKind
from practices.sharing import emails
from practices.sharing.acceptance import (
    change_entry,
    city_of,
    journey_of,
    make_entry,
    proposed_changes,
    take_contact,
    take_word,
)
from practices.sharing.answers import shown_answers
from practices.sharing.forms.journey import Sharing
from practices.sharing.near_duplicates import near_duplicates

RESENT_AFTER = timedelta(minutes=10)


class CuratorQuestionForm(WholeTexts, forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Your question"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        help_text=gettext_lazy("The city reads it on the page of its link, and answers there. One question at a time."),
    )


class RefuseForm(forms.Form):
    code = forms.ChoiceField(label=gettext_lazy("Why it is refused"), choices=[("", ""), *Refusal.choices])
    note = forms.CharField(
        label=gettext_lazy("A sentence of your own, if you like"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 60}),
        help_text=gettext_lazy("The sender reads it below the reason."),
    )


class ResendForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        help_text=gettext_lazy(
            "Correct it only where you know the right one, such as from a call. Links sent before then end."
        ),
    )

    def __init__(self, submission, *args):
        super().__init__(*args, initial={"email": submission.email})
        if submission.why_not_correct_address():
            self.fields["email"].disabled = True
            self.fields["email"].help_text = _("Its button was pressed, so it stays as it is.")


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request, object_id, desk):
    """Shows the submission; a POST asks, vouches, accepts or refuses (``act``), with its letter in one transaction."""
    submission = permitted_row(request, desk, object_id, to_change=request.method == "POST")
    code = request.POST.get("act")
    forms_of_acts = {
        "ask": CuratorQuestionForm(request.POST if code == "ask" else None),
        "refuse": RefuseForm(request.POST if code == "refuse" else None),
        "resend": ResendForm(submission, request.POST if code == "resend" else None),
    }
    form = forms_of_acts.get(code)
    if code not in ACTS or (form and not form.is_valid()):
        return show(request, desk, submission, forms_of_acts)

    def act():
        if code != "reopen":
            submission.lock_undecided()
        sentence, entry = ACTS[code](request, submission, **(form.cleaned_data if form else {}))
        desk.log_change(request, submission, sentence)
        return sentence, entry

    if done := attempt(request, act):
        sentence, entry = done
        messages.success(request, sentence)
        if entry is not None and entry.published_at is None:
            return redirect("admin:practices_practice_change", entry.pk)
        return redirect("admin:practices_submission_change", submission.pk)
    if request.POST.get("text"):
        # What was typed is given back on the page as it stands now.
        submission.refresh_from_db()
        return show(request, desk, submission, forms_of_acts, typed=request.POST["text"])
    return redirect("admin:practices_submission_change", submission.pk)


def ask_city(request, submission, text):
    submission.ask(request.user, text)
    emails.submission_question.post(submission, language=submission.language)
    return _("The question is on its way to the city."), None


def refuse(request, submission, code, note=""):
    submission.refuse(request.user, code, note)
    emails.submission_refused.post(submission, language=submission.language)
    return _("It is refused, and the city is told why."), None


def resend(request, submission, email):
    """Once in a while: whoever presses twice, or after a colleague, sends it once."""
    if is_other := email != submission.email:
        submission.correct_address(request.user, email)
    elif submission.letters.filter(name=emails.submission_again.name, posted_at__gt=Now() - RESENT_AFTER).exists():
        raise TransitionNotAllowed(_("the link was sent again a moment ago."))
    emails.submission_again.post(submission, language=submission.language)
    if is_other:
        return _("The e-mail address is corrected, and the link is on its way there."), None
    return _("The link is on its way once more."), None


def vouch(request, submission):
    submission.vouch_for(request.user, city_of(submission))
    return _("You have vouched for the e-mail address."), None


def reopen(request, submission):
    told = submission.letters.filter(name__in=["submission_accepted", "submission_refused"]).exists()
    submission.reopen(request.user)
    if told and submission.email:
        emails.submission_reopened.post(submission, language=submission.language)
    return _(
        "The decision is taken back. The submission waits again, and the sender gets an e-mail that says so."
    ), None


def accept(request, submission):
    """A draft of it, or the chosen fields taken over into the entry it is about; and what its mailbox is trusted with."""
    names = []
    if submission.kind != SubmissionKind.UPDATE:
        entry = make_entry(submission, request.user)
        sentence = _("It is accepted. This is the draft made of it: edit it, then send it to review.")
    else:
        entry = entry_about(submission, Practice.objects.select_for_update())
        if request.POST.get("seen_revision") != str(entry.revision):
            raise TransitionNotAllowed(_("the entry has changed since you looked. Look again, please."))
        proposed = [change.name for change in proposed_changes(submission, entry)]
        names = [name for name in request.POST.getlist("field") if name in proposed]
        change_entry(submission, entry, names, request.user)
        sentence = _("%(count)d of %(all)d changes are taken over.") % {"count": len(names), "all": len(proposed)}
    submission.accept(request.user, entry)
    if "contact" in request.POST:
        take_contact(submission, entry, request.user)
    if "confirms" in request.POST:
        take_word(submission, entry, names, request.user)
    emails.submission_accepted.post(submission, language=submission.language)
    return sentence, entry


# Each takes the request, the submission and the answers of its form, and gives a sentence and the entry that came of it.
ACTS = {"ask": ask_city, "refuse": refuse, "vouch": vouch, "accept": accept, "reopen": reopen, "resend": resend}


def entry_about(submission, entries) -> Practice:
    entry = entries.filter(pk=submission.about_id).first()
    if entry is None:
        raise TransitionNotAllowed(_("The entry it is about is gone."))
    return entry


def show(request, desk, submission, forms_of_acts, typed=""):
    entry = submission.about if submission.kind == SubmissionKind.UPDATE else None
    changes, problem, city = None, "", None
    if submission.is_undecided:
        try:
            journey_of(submission)
            changes = proposed_changes(submission, entry) if entry else None
            city = city_of(submission)
        except TransitionNotAllowed as refusal:
            problem = str(refusal)
    context = forms_of_acts | {
        "title": submission.title,
        "typed": typed,
        "submission": submission,
        "state": STATES[submission.state],
        "answers": shown_answers(Sharing.of(submission.answers)) if submission.answers else [],
        "entry": entry,
        "changes": changes,
        "problem": problem,
        "city": city,
        "mailbox": submission.verdict(city),
        "why_not_speak": submission.why_not_speak(request.user, city),
        "may_vouch": submission.awaits_first_curator(city),
        "similar": [entry for entry in near_duplicates(submission.title) if entry.pk != submission.practice_id],
        "questions": submission.questions.select_related("by"),
        "happened": happened(submission),
        "may_change": desk.has_change_permission(request, submission),
        "team": desk.team(request, submission),
        "why_not_reopen": submission.why_not_reopen(),
        "has_open_question": any(question.answered_at is None for question in submission.questions.all()),
        "refusals": [(label, refusal_text(code)) for code, label in Refusal.choices],
    }
    return render_page(request, desk, "admin/practices/submission/handling.html", context)


LETTERS = {
    "submission_again": gettext_lazy("The link once more"),
    "submission_draft": gettext_lazy("The link to go on later"),
    "submission_received": gettext_lazy("What you sent has arrived"),
    "submission_question": gettext_lazy("A question about what you sent"),
    "submission_accepted": gettext_lazy("It is accepted"),
    "submission_published": gettext_lazy("It is published"),
    "submission_refused": gettext_lazy("It cannot be taken"),
    "submission_reopened": gettext_lazy("We are looking at it once more"),
    "submission_withdrawn": gettext_lazy("It is withdrawn"),
}


def happened(submission) -> list[tuple]:
    """Events and e-mails in the order of time: (when, who or None, what, whether the site did it)."""
    lines = [(event.at, event.by, event.get_step_display(), False) for event in submission.events.select_related("by")]
    for letter in submission.letters.all():
        values = {"name": LETTERS.get(letter.name, letter.name), "outcome": outcome(letter)}
        lines.append((letter.posted_at, None, _("E-mail “%(name)s”: %(outcome)s") % values, True))
    return sorted(lines, key=lambda line: line[0])


def refusal_text(code: str) -> str:
    return render_to_string("practices/sharing/refusal.html", {"refusal": code}).strip()


@require_safe
def preview(request, object_id, desk):
    """The public page as it would look; it is made in a transaction that is rolled back, and nothing stays."""
    submission = permitted_row(request, desk, object_id)

    def imagine():
        context = page_of(entry_if_accepted(submission, request.user)) | {"submission": submission}
        response = render_preview(request, "admin/practices/submission/preview.html", context)
        transaction.set_rollback(True)
        return response

    return attempt(request, imagine, "%(reason)s") or redirect("admin:practices_submission_change", submission.pk)


def entry_if_accepted(submission, by) -> Practice:
    if submission.kind != SubmissionKind.UPDATE:
        entry = make_entry(submission, by)
    else:
        entry = entry_about(submission, Practice.objects)
        change_entry(submission, entry, [change.name for change in proposed_changes(submission, entry)], by)
    return Practice.objects.for_its_page().get(pk=entry.pk)
