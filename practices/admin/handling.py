"""The page of a submission: what it says, what was asked, and what a curator can do with it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from citysolidarity.letters import outcome
from practices import sharing_emails as emails
from practices.acceptance import change_entry, make_entry, proposed, way_of
from practices.alike import alike
from practices.forms.sharing import Sharing
from practices.models import Practice, Submission
from practices.models.handling import CannotHandle
from practices.models.question import LONGEST
from practices.models.submission import STATES, Kind, Refusal
from practices.views.directory import page_of
from practices.views.share_answers import answers


class AskForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Your question"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60}),
        help_text=gettext_lazy("The city reads it on the page of its link, and answers there. One question at a time."),
    )


class RefuseForm(forms.Form):
    code = forms.ChoiceField(label=gettext_lazy("Why it is refused"), choices=[("", ""), *Refusal.choices])


@require_http_methods(["GET", "HEAD", "POST"])
def handling(request, object_id, desk):
    """Shows the submission; a POST asks, accepts or refuses (``act``), with its letter in one transaction."""
    submission = submission_of(request, desk, object_id, to_change=request.method == "POST")
    ask, refuse = AskForm(), RefuseForm()
    if request.method == "POST":
        match request.POST.get("act"):
            case "ask":
                ask = AskForm(request.POST)
                act = ask.is_valid() and (lambda: ask_city(submission, request.user, ask.cleaned_data["text"]))
            case "refuse":
                refuse = RefuseForm(request.POST)
                act = refuse.is_valid() and (lambda: turn_down(submission, request.user, refuse.cleaned_data["code"]))
            case "accept":
                act = lambda: accept(submission, request)  # noqa: E731 - as the two above
            case _:
                act = None
        if act and (done := attempt(request, desk, submission, act)):
            return done
    return show(request, desk, submission, ask, refuse)


def submission_of(request, desk, object_id, *, to_change=False) -> Submission:
    """The submission of the address; 404 where there is none, 403 for whoever may not see (or change) it."""
    submission = desk.get_object(request, str(object_id))
    if submission is None:
        raise Http404
    allowed = desk.has_change_permission if to_change else desk.has_view_or_change_permission
    if not allowed(request, submission):
        raise PermissionDenied
    return submission


def attempt(request, desk, submission, act):
    """One act in one transaction: where to go after it. What stood in its way is told."""
    try:
        with transaction.atomic():
            said, entry = act()
            desk.log_change(request, submission, said)
    except CannotHandle as refused:
        messages.warning(request, _("Nothing was done: %(reason)s") % {"reason": refused})
        return redirect("admin:practices_submission_change", submission.pk)
    messages.success(request, said)
    if entry is not None and entry.published_at is None:
        return redirect("admin:practices_practice_change", entry.pk)
    return redirect("admin:practices_submission_change", submission.pk)


def ask_city(submission, by, text):
    submission.ask(by, text)
    emails.submission_question.post(submission)
    return _("The question is on its way to the city."), None


def turn_down(submission, by, code):
    submission.refuse(by, code)
    emails.submission_refused.post(submission)
    return _("It is refused, and the city is told why."), None


def accept(submission, request):
    """A draft of it, or the chosen fields taken over into the entry it is about."""
    if submission.kind != Kind.UPDATE:
        entry = make_entry(submission, request.user)
        said = _("It is accepted. This is the draft made of it: edit it, then send it to review.")
    else:
        entry = submission.about and Practice.objects.select_for_update().filter(pk=submission.about_id).first()
        if entry is None:
            raise CannotHandle(_("The entry it is about is gone."))
        if request.POST.get("seen_revision") != str(entry.revision):
            raise CannotHandle(_("the entry has changed since you looked. Look again, please."))
        known = [one.name for one in proposed(submission, entry)]
        names = [name for name in request.POST.getlist("field") if name in known]
        change_entry(submission, entry, names, request.user)
        said = _("%(count)d of %(all)d changes are taken over.") % {"count": len(names), "all": len(known)}
    submission.accept(request.user, entry)
    emails.submission_accepted.post(submission)
    return said, entry


def show(request, desk, submission, ask, refuse):
    """The page with its forms; where the answers do not fit any more, it says so."""
    entry = submission.about if submission.kind == Kind.UPDATE else None
    found, trouble = None, ""
    if submission.is_undecided:
        try:
            way_of(submission)
            found = proposed(submission, entry) if entry else None
        except CannotHandle as refused:
            trouble = str(refused)
    request.current_app = desk.admin_site.name
    context = desk.admin_site.each_context(request) | {
        "title": submission.title,
        "opts": desk.opts,
        "submission": submission,
        "state": STATES[submission.state],
        "answers": answers(Sharing.of(submission.answers)) if submission.answers else [],
        "entry": entry,
        "found": found,
        "trouble": trouble,
        "similar": [one for one in alike(submission.title) if one.pk != submission.practice_id],
        "questions": submission.questions.select_related("by"),
        "events": submission.events.select_related("by"),
        "letters": [(letter, outcome(letter)) for letter in submission.letters.all()],
        "ask": ask,
        "refuse": refuse,
        "may_change": desk.has_change_permission(request, submission),
        "has_open_question": any(question.answered_at is None for question in submission.questions.all()),
        "refusals": [(label, kind_text(code)) for code, label in Refusal.choices],
    }
    return render(request, "admin/practices/submission/handling.html", context)


def kind_text(code: str) -> str:
    """What the city reads for a refusal."""
    return render_to_string("practices/refusal.html", {"refusal": code}).strip()


@require_safe
def preview(request, object_id, desk):
    """The public page as it would look; it is made in a transaction that is rolled back, and nothing stays."""
    submission = submission_of(request, desk, object_id)
    try:
        with transaction.atomic():
            entry = imagined(submission, request.user)
            context = page_of(entry) | {"submission": submission}
            answer = render(request, "admin/practices/submission/preview.html", context)
            transaction.set_rollback(True)
    except CannotHandle as refused:
        messages.warning(request, str(refused))
        return redirect("admin:practices_submission_change", submission.pk)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def imagined(submission, by) -> Practice:
    """The entry as if everything were accepted; the caller rolls it back."""
    if submission.kind != Kind.UPDATE:
        entry = make_entry(submission, by)
    else:
        entry = Practice.objects.filter(pk=submission.about_id).first()
        if entry is None:
            raise CannotHandle(_("The entry it is about is gone."))
        change_entry(submission, entry, [one.name for one in proposed(submission, entry)], by)
    return Practice.objects.for_its_page().get(pk=entry.pk)
