"""Every version of an entry with what it changed, and the way back."""

from itertools import pairwise

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from practices.admin.page import entry_of, show
from practices.differences import differences
from practices.models.version import Version
from practices.records import FIELDS, record_of, write

SHOWN = 50  # versions on the page; each is compared word by word


@require_safe
def history(request, object_id, desk):
    """The versions, newest first, each with its difference to the one before."""
    practice = entry_of(request, desk, object_id)
    versions = list(practice.versions.select_related("by")[: SHOWN + 1])
    steps = [(new, differences(old.record, new.record)) for new, old in pairwise(versions)]
    if 0 < len(versions) <= SHOWN:
        steps.append((versions[-1], None))  # the first one kept: nothing to compare it with
    return show(
        request, desk, "history", practice, _("History"),
        steps=steps,
        changed_elsewhere=bool(versions) and versions[0].revision < practice.revision,
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def restore(request, object_id, revision, desk):
    """Shows what would change, then brings an old version back as a new one; the address of the page stays."""
    practice = entry_of(request, desk, object_id, to_change=True)
    version = practice.versions.select_related("by").filter(revision=revision).first()
    if version is None:
        raise Http404
    known = {name: version.record[name] for name in (*FIELDS, "sources", "figures") if name in version.record}
    wanted = {name: value for name, value in known.items() if name != "slug"}
    found = differences(record_of(practice), wanted)
    if request.method == "POST" and found:
        if request.POST.get("seen_revision") != str(practice.revision):
            messages.warning(request, _("Nothing was restored: the entry has changed since. Look again, please."))
        elif practice.published_at and not wanted["sources"]:
            messages.error(request, _("Nothing was restored: that version has no source, and the entry is public."))
        else:
            Version.objects.keep([practice.pk])
            write(practice, wanted)
            note = _("Revision %(revision)d brought back") % {"revision": revision}
            Version.objects.keep([practice.pk], by=request.user, note=note)
            desk.log_change(request, practice, [{"changed": {"fields": [note]}}])
            messages.success(request, f"{note}.")
            return redirect("admin:practices_practice_history", practice.pk)
    return show(request, desk, "restore", practice, _("Bring a version back"), version=version, found=found)
