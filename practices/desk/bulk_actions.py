"""Moving several practices: what was done, what was skipped, and why."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db import transaction
from django.forms import CharField, TextInput
from django.utils.translation import gettext, gettext_lazy, ngettext, ngettext_lazy

from practices.models import Practice
from practices.models.entries.review import WHY_LENGTH, Move
from practices.models.entries.workflow import WITH_A_REASON

MOST_AT_ONCE = 50
# An import by mistake brings many drafts, and nobody outside sees them go.
MOST_DISCARDED_AT_ONCE = 1_000


class WhyForm(ActionForm):
    why = CharField(
        label=gettext_lazy("Why:"), required=False, widget=TextInput(attrs={"maxlength": WHY_LENGTH, "size": 16})
    )


ACTS = {
    Move.SUBMITTED: Practice.submit,
    Move.SENT_BACK: Practice.send_back,
    Move.PUBLISHED: Practice.publish,
    Move.CONFIRMED: Practice.confirm,
    Move.ENDED: Practice.end,
    Move.ARCHIVED: Practice.archive,
    Move.DISCARDED: Practice.discard,
    Move.BROUGHT_BACK: Practice.bring_back,
}


def _action(move: Move, description, done):
    """An action of the list that makes one move on each chosen practice; ``done`` is a lazy plural of ``count``."""

    @admin.action(description=description, permissions=["change"])
    def action(desk, request, queryset):
        move_each(desk, request, queryset, move, done)

    action.__name__ = ACTS[move].__name__
    return action


ACTIONS = [
    _action(
        Move.SUBMITTED, gettext_lazy("Send the selected practices to review"),
        ngettext_lazy("%(count)d practice is in review now.", "%(count)d practices are in review now.", "count"),
    ),
    _action(
        Move.PUBLISHED, gettext_lazy("Publish the selected practices"),
        ngettext_lazy("%(count)d practice is public now.", "%(count)d practices are public now.", "count"),
    ),
    _action(
        Move.SENT_BACK, gettext_lazy("Return the selected practices to the drafts (give a reason)"),
        ngettext_lazy("%(count)d practice is a draft again.", "%(count)d practices are drafts again.", "count"),
    ),
    _action(
        Move.CONFIRMED, gettext_lazy("Record that the city confirms the selected practices (say how it told you)"),
        ngettext_lazy("%(count)d practice is confirmed now.", "%(count)d practices are confirmed now.", "count"),
    ),
    _action(
        Move.ENDED, gettext_lazy("Mark the selected practices as ended"),
        ngettext_lazy("%(count)d practice is marked as ended now.", "%(count)d practices are marked as ended now.", "count"),
    ),
    _action(
        Move.ARCHIVED, gettext_lazy("Remove the selected practices from the public pages (give a reason)"),
        ngettext_lazy("%(count)d practice is archived now.", "%(count)d practices are archived now.", "count"),
    ),
    _action(
        Move.DISCARDED, gettext_lazy("Discard the selected practices, which were never public (give a reason)"),
        ngettext_lazy("%(count)d practice is discarded now.", "%(count)d practices are discarded now.", "count"),
    ),
    _action(
        Move.BROUGHT_BACK, gettext_lazy("Return the selected practices to the drafts"),
        ngettext_lazy("%(count)d practice is a draft again.", "%(count)d practices are drafts again.", "count"),
    ),
]  # fmt: skip


def make_move(desk, request, practice: Practice, move: Move, why: str, **facts) -> bool:
    """Move one practice, and log it. Raises TransitionNotAllowed."""
    ACTS[move](practice, by=request.user, why=why, **facts)
    desk.log_change(request, practice, f"{move.label}: {why}" if why else f"{move.label}.")
    return True


def objection(move: Move, why: str, count: int) -> str:
    """Why nothing at all is done, as a sentence; "" where nothing speaks against it."""
    most = MOST_DISCARDED_AT_ONCE if move == Move.DISCARDED else MOST_AT_ONCE
    if count > most:
        text = ngettext(
            "Nothing was done: %(count)d practice is selected, but the limit is %(most)d at a time.",
            "Nothing was done: %(count)d practices are selected, but the limit is %(most)d at a time.",
            count,
        )
        return text % {"count": count, "most": most}
    if move in WITH_A_REASON and not why:
        return gettext("Nothing was done: give a reason in the field “Why”.")
    if len(why) > WHY_LENGTH:
        return gettext("Nothing was done: the reason has more than %(most)d characters.") % {"most": WHY_LENGTH}
    return ""


def move_each(desk, request, queryset, move: Move, done) -> None:
    why = request.POST.get("why", "").strip()
    if problem := objection(move, why, queryset.count()):
        desk.message_user(request, problem, messages.ERROR)
        return
    moved = 0
    with transaction.atomic():
        for practice in queryset.order_by("pk").select_for_update(of=["self"]):
            if reason := practice.why_not(move):
                skipped = gettext("“%(title)s” was skipped: %(reason)s") % {"title": practice.title, "reason": reason}
                desk.message_user(request, skipped, messages.WARNING)
                continue
            moved += make_move(desk, request, practice, move, why)
    if moved:
        desk.message_user(request, done % {"count": moved}, messages.SUCCESS)
