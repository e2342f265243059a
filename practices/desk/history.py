"""Every version of an entry with what it changed, and the way back."""

from itertools import pairwise

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from citysolidarity.desk.page import permitted_row
from practices.desk.page import show
from practices.entries.differences import differences
from practices.models.entries.record import FIELDS, PARTS, record_of, write
from practices.models.entries.version import Version

SHOWN = 50  # versions on the page; each is compared word by word


@require_safe
def history(request, object_id, desk):
    practice = permitted_row(request, desk, object_id)
    versions = list(practice.versions.select_related("by")[: SHOWN + 1])
    # Revisions count every change of a part; people count versions, from the first that was kept.
    count = practice.versions.count()
    steps = [(count - at, new, differences(old.record, new.record)) for at, (new, old) in enumerate(pairwise(versions))]
    if 0 < len(versions) <= SHOWN:
        steps.append((1, versions[-1], None))  # nothing to compare it with
    return show(
        request, desk, "history", practice, _("History"),
        steps=steps,
        changed_elsewhere=bool(versions) and versions[0].revision < practice.revision,
    )  # fmt: skip


@require_POST
@transaction.atomic
def withhold(request, object_id, revision, desk):
    """Keeps a version and all before it out of the public history, or shows it and all after it there again."""
    practice = permitted_row(request, desk, object_id, to_change=True)
    version = get_object_or_404(practice.versions, revision=revision)
    if version.is_withheld:
        version.stop_withholding()
        sentence = _("The public history tells of this version again.")
    else:
        version.withhold()
        sentence = _("The public history no longer tells of this version and those before it.")
    desk.log_change(request, practice, [{"changed": {"fields": [sentence]}}])
    messages.success(request, sentence)
    return redirect("admin:practices_practice_history", practice.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def restore(request, object_id, revision, desk):
    """Shows what would change, then brings an old version back as a new one; the address of the page stays."""
    practice = permitted_row(request, desk, object_id, to_change=True)
    version = practice.versions.select_related("by").filter(revision=revision).first()
    if version is None:
        raise Http404
    restorable = {*FIELDS, "sources", *PARTS} - {"slug"}
    wanted = {name: value for name, value in version.record.items() if name in restorable}
    changes = differences(record_of(practice), wanted)
    if request.method == "POST" and changes:
        if request.POST.get("seen_revision") != str(practice.revision):
            messages.warning(
                request, _("Nothing was restored: the entry has changed in the meantime. Please check it again.")
            )
        elif practice.published_at and not wanted["sources"]:
            messages.error(request, _("Nothing was restored: that version has no source, and the entry is public."))
        else:
            Version.objects.keep([practice.pk])
            write(practice, wanted)
            note = _("Version of %(day)s restored") % {"day": date_format(version.at, "DATETIME_FORMAT")}
            Version.objects.keep([practice.pk], by=request.user, note=note)
            desk.log_change(request, practice, [{"changed": {"fields": [note]}}])
            messages.success(request, f"{note}.")
            return redirect("admin:practices_practice_history", practice.pk)
    elif request.method == "POST":
        messages.warning(request, _("Nothing was restored: the entry is already the same."))
    return show(request, desk, "restore", practice, _("Restore a version"), version=version, changes=changes)
