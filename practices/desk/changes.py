"""Changes to a public entry are previewed, saved without publishing, published or discarded."""

import copy
from contextlib import suppress

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from citysolidarity.desk.drafts.giving_back import bound, drawn, keep, put_back, typed, weight, with_files
from citysolidarity.desk.drafts.models import MOST_BYTES_OF_FILES, Why
from citysolidarity.desk.page import permitted_row, render_preview
from practices.desk.forms import LISTED, rows_in
from practices.desk.page import show
from practices.entries.differences import differences
from practices.entries.page import page_of
from practices.models import ChangeDraft, Practice
from practices.models.entries.record import fields_of, record_of
from practices.models.entries.review import WHY_LENGTH
from practices.models.entries.workflow import STATES

PREVIEW, KEEP, SEEN = "_preview", "_keep", "seen_draft"
SAVES = ("_save", "_continue", "_addanother")


class DraftedChanges:
    """Mixed into the admin of practices."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST" or getattr(request, "is_given_back", False):
            return super().changeform_view(request, object_id, form_url, extra_context)
        practice = self.get_object(copy_of(request, method="GET"), object_id) if object_id else None
        draft = ChangeDraft.of(practice) if practice and SEEN in request.POST else None
        if draft and draft.mark == request.POST[SEEN]:
            put_back(request, draft.opened()[1])
        if PREVIEW in request.POST:
            return self._previewed(request, object_id)
        if practice is not None and is_public(practice) and self.has_change_permission(request, practice):
            waits = settings.CHANGES_BY_TWO and any(name in request.POST for name in SAVES)
            if KEEP in request.POST or (waits and not hasattr(request, "published_draft")):
                return keep_changes(request, practice)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        practice = self.get_object(request, object_id) if request.method == "GET" else None
        draft = ChangeDraft.of(practice) if practice else None
        if draft and "draft" in request.GET and not getattr(request, "is_given_back", False):
            fields, files = draft.opened()
            fields[SEEN] = draft.mark
            request.seen_draft = draft
            response = drawn(bound(request, self, "change_view", fields, files, object_id))
            response.content = with_files(response.content.decode(), files, SEEN, draft.mark)
            return response
        return super().change_view(request, object_id, form_url, {"draft": draft, **(extra_context or {})})

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        seen = getattr(request, "seen_draft", None)
        own = {
            "draft": None,
            "seen_draft": request.POST.get(SEEN) or (seen.mark if seen else ""),
            "is_public": bool(obj and is_public(obj)),
            "by_two": settings.CHANGES_BY_TWO,
        }
        return super().render_change_form(request, own | context | {"opened_draft": seen}, add, change, form_url, obj)

    def _previewed(self, request, object_id):
        """The public page of what is typed: it is saved, drawn, and all of that is taken back.

        What is typed is kept all the same, for the way back.
        """
        kept = keep(request, request.user, Why.TYPED)
        request.is_preview = True
        with transaction.atomic():
            response = super().changeform_view(request, object_id)
            if response.status_code == 302 and hasattr(request, "saved_practice"):
                practice = Practice.objects.for_its_page().get(pk=request.saved_practice)
                context = page_of(practice) | {
                    "state": STATES[practice.state],
                    "back": kept and kept.url,
                    "is_typed": True,
                }
                response = render_preview(request, "admin/practices/practice/preview.html", context)
            transaction.set_rollback(True)
        return response

    def save_related(self, request, form, formsets, change):
        request.saved_practice = form.instance.pk
        super().save_related(request, form, formsets, change)
        draft = ChangeDraft.of(form.instance)
        if draft and request.POST.get(SEEN) == draft.mark:
            draft.delete()

    def message_user(self, request, *args, **kwargs):
        if not hasattr(request, "is_preview"):
            super().message_user(request, *args, **kwargs)


def is_public(practice) -> bool:
    return practice.state in ("public", "ended")


def copy_of(request, **values):
    """The same request with other values; the views of the admin are then asked as a browser would ask."""
    other = copy.copy(request)
    for name, value in values.items():
        setattr(other, name, value)
    return other


def keep_changes(request, practice):
    """Save the form as it was typed; what a colleague saved meanwhile is not overwritten."""
    with transaction.atomic():
        Practice.objects.select_for_update(of=["self"]).get(pk=practice.pk)
        draft = ChangeDraft.of(practice)
        if draft and draft.mark != request.POST.get(SEEN):
            kept = keep(request, request.user, Why.TYPED)
            sentence = _(
                "Not saved: there is a draft of changes by %(who)s that is not in your form. Yours is below: open the "
                "other one on its page “Changes”, and publish or discard it first."
            )
            messages.error(request, sentence % {"who": name_of(draft.by)})
            return HttpResponseRedirect(kept.url) if kept else redirect("admin:practices_practice_change", practice.pk)
        fields = typed(request)
        for name in (SEEN, *SAVES, KEEP, PREVIEW):
            with suppress(KeyError):
                del fields[name]
        files = request.FILES if weight(request.FILES) <= MOST_BYTES_OF_FILES else type(request.FILES)()
        ChangeDraft.keep(practice, request.user, fields, files)
    messages.success(request, _("Saved without publishing: readers see the entry as it was."))
    return redirect("admin:practices_practice_changes", practice.pk)


class DiscardForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=WHY_LENGTH,
        error_messages={"required": gettext_lazy("Give a reason: it is recorded in the entry’s log.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def changes(request, object_id, desk):
    """What a draft would change, and the buttons that publish or discard it."""
    practice = permitted_row(request, desk, object_id, to_change=True)
    draft = ChangeDraft.of(practice)
    if draft is None and request.method == "POST":
        messages.warning(request, _("Nothing was done: the changes are published or discarded already."))
        return redirect("admin:practices_practice_change", practice.pk)
    if draft is None:
        raise Http404
    form = DiscardForm(request.POST if "why" in request.POST else None)
    if request.method == "POST":
        if request.POST.get(SEEN) != draft.mark:
            messages.warning(
                request, _("Nothing was done: the draft was changed in the meantime. Please check it again.")
            )
        elif "publish" in request.POST and may_publish(draft, request.user):
            return publish(request, practice, draft, desk)
        elif form.is_valid():
            return discard(request, practice, draft, desk, form.cleaned_data["why"])
    return show(request, desk, "changes", practice, _("Changes that are not published"),
        draft=draft, who=name_of(draft.by), changes=changes_of(request, practice, draft, desk), form=form,
        may_publish=may_publish(draft, request.user),
    )  # fmt: skip


def may_publish(draft, user) -> bool:
    return not settings.CHANGES_BY_TWO or draft.by_id != user.pk


def changes_of(request, practice, draft, desk) -> list:
    """What the draft says otherwise than the entry as it is saved now."""
    fields, files = draft.opened()
    stored = record_of(practice)
    form_class = desk.get_form(request, practice, change=True)
    form = form_class(fields, files, instance=Practice.objects.select_related("city").get(pk=practice.pk))
    form.is_valid()
    wanted = {name: value for name, value in fields_of(form.instance).items() if name in form.fields}
    rows = {part: rows_in(fields, part) for part in LISTED if f"{part}-TOTAL_FORMS" in fields}
    told = {part: [{name: str(value or "") for name, value in row.items() if name != "source"} for row in stored[part]]
        for part in LISTED}  # fmt: skip
    return differences(stored | told, wanted | rows)


def publish(request, practice, draft, desk):
    """Save the draft as its author would have; the page of the form, with what is wrong, where that is not possible."""
    fields, files = draft.opened()
    fields[SEEN], fields["_save"] = draft.mark, ""
    sent = copy_of(request, POST=fields, _files=files, published_draft=draft)
    form_url = f"{reverse('admin:practices_practice_change', args=[practice.pk])}?draft=1"
    return desk.change_view(sent, str(practice.pk), form_url)


def discard(request, practice, draft, desk, why: str):
    with transaction.atomic():
        draft.delete()
        note = _("Draft of changes by %(who)s discarded: %(why)s") % {"who": name_of(draft.by), "why": why}
        practice.review_comments.create(by=request.user, text=note)
        desk.log_change(request, practice, note)
    messages.success(request, _("The draft has been discarded. The entry is as it was."))
    return redirect("admin:practices_practice_change", practice.pk)


def note_of_draft(request) -> str:
    draft = getattr(request, "published_draft", None)
    if draft is None or draft.by_id == request.user.pk:
        return ""
    return _("Written by %(who)s, published by someone else") % {"who": name_of(draft.by)}


def name_of(user) -> str:
    return user.get_full_name() or user.get_username()
