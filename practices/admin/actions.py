"""Publishing and archiving several practices: what was done, what was skipped, and why."""

from collections.abc import Callable

from django.contrib import admin, messages
from django.db import transaction
from django.utils.translation import gettext, gettext_lazy, ngettext

from practices.admin.filters import state_of
from practices.models import Practice


@admin.action(description=gettext_lazy("Publish the chosen practices"), permissions=["change"])
def publish(desk, request, queryset):
    """Shows the chosen practices to the public."""
    done = _each(desk, request, queryset, Practice.publish, _not_to_be_published, "published")
    if done:
        said = ngettext("%(count)d practice is public now.", "%(count)d practices are public now.", done)
        desk.message_user(request, said % {"count": done}, messages.SUCCESS)


@admin.action(description=gettext_lazy("Take the chosen practices off the public pages"), permissions=["change"])
def archive(desk, request, queryset):
    """Takes the chosen practices off every public page."""
    done = _each(desk, request, queryset, Practice.archive, _not_to_be_archived, "archived")
    if done:
        said = ngettext("%(count)d practice is archived now.", "%(count)d practices are archived now.", done)
        desk.message_user(request, said % {"count": done}, messages.SUCCESS)


def _not_to_be_published(practice: Practice) -> str:
    if state_of(practice) == "public":
        return gettext("“%(title)s” was skipped: it is public already.")
    return "" if practice.sources.exists() else gettext("“%(title)s” was skipped: it has no source.")


def _not_to_be_archived(practice: Practice) -> str:
    return "" if state_of(practice) == "public" else gettext("“%(title)s” was skipped: it is not public.")


def _each(desk, request, queryset, act: Callable, reason_against: Callable, changed: str) -> int:
    """Acts on every practice that nothing speaks against and returns how many; tells why the others were skipped.

    ``changed`` names the field in the history of the practice.
    """
    done = 0
    with transaction.atomic():
        for practice in queryset.select_for_update(of=["self"]):
            if reason := reason_against(practice):
                desk.message_user(request, reason % {"title": practice.title}, messages.WARNING)
                continue
            act(practice)
            desk.log_change(request, practice, [{"changed": {"fields": [changed]}}])
            done += 1
    return done
