"""Moving several practices: what was done, what was skipped, and why."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.db import transaction
from django.forms import CharField, TextInput
from django.utils.translation import gettext, gettext_lazy, ngettext, ngettext_lazy

from practices.models import Practice
from practices.models.moves import WITH_A_REASON
from practices.models.review import WHY_LENGTH, Move

MOST_AT_ONCE = 50


class WhyForm(ActionForm):
    why = CharField(
        label=gettext_lazy("Why:"), required=False, widget=TextInput(attrs={"maxlength": WHY_LENGTH, "size": 16})
    )


def _action(name: str, move: Move, description, done):
    """An action of the list that makes one move on each chosen practice; ``done`` is a lazy plural of ``count``."""

    @admin.action(description=description, permissions=["change"])
    def action(desk, request, queryset):
        move_each(desk, request, queryset, move, done)

    action.__name__ = name
    return action


submit = _action(
    "submit", Move.SUBMITTED, gettext_lazy("Send the chosen practices to review"),
    ngettext_lazy("%(count)d practice is in review now.", "%(count)d practices are in review now.", "count"),
)  # fmt: skip
send_back = _action(
    "send_back", Move.SENT_BACK, gettext_lazy("Send the chosen practices back to the drafts (say why)"),
    ngettext_lazy("%(count)d practice is a draft again.", "%(count)d practices are drafts again.", "count"),
)  # fmt: skip
publish = _action(
    "publish", Move.PUBLISHED, gettext_lazy("Publish the chosen practices"),
    ngettext_lazy("%(count)d practice is public now.", "%(count)d practices are public now.", "count"),
)  # fmt: skip
confirm = _action(
    "confirm", Move.CONFIRMED, gettext_lazy("Record that the city confirms the chosen practices (say how it told you)"),
    ngettext_lazy("%(count)d practice is confirmed now.", "%(count)d practices are confirmed now.", "count"),
)  # fmt: skip
end = _action(
    "end", Move.ENDED, gettext_lazy("Mark the chosen practices as ended"),
    ngettext_lazy("%(count)d practice is marked as ended now.", "%(count)d practices are marked as ended now.", "count"),
)  # fmt: skip
archive = _action(
    "archive", Move.ARCHIVED, gettext_lazy("Take the chosen practices off the public pages (say why)"),
    ngettext_lazy("%(count)d practice is archived now.", "%(count)d practices are archived now.", "count"),
)  # fmt: skip

ACTIONS = [submit, publish, send_back, confirm, end, archive]
ACTS = {
    Move.SUBMITTED: Practice.submit,
    Move.SENT_BACK: Practice.send_back,
    Move.PUBLISHED: Practice.publish,
    Move.CONFIRMED: Practice.confirm,
    Move.ENDED: Practice.end,
    Move.ARCHIVED: Practice.archive,
}


def objection(move: Move, why: str, count: int) -> str:
    """Why nothing at all is done, as a sentence; "" where nothing speaks against it."""
    if count > MOST_AT_ONCE:
        text = ngettext(
            "Nothing was done: %(count)d practice is chosen, and at most %(most)d are moved at once.",
            "Nothing was done: %(count)d practices are chosen, and at most %(most)d are moved at once.",
            count,
        )
        return text % {"count": count, "most": MOST_AT_ONCE}
    if move in WITH_A_REASON and not why:
        return gettext("Nothing was done: say why, in the field “Why”.")
    if len(why) > WHY_LENGTH:
        return gettext("Nothing was done: the reason has more than %(most)d characters.") % {"most": WHY_LENGTH}
    return ""


def move_each(desk, request, queryset, move: Move, done) -> None:
    """Moves every practice that nothing speaks against; tells how many, and why the others were skipped."""
    why = request.POST.get("why", "").strip()
    if against := objection(move, why, queryset.count()):
        desk.message_user(request, against, messages.ERROR)
        return
    moved = 0
    with transaction.atomic():
        for practice in queryset.order_by("pk").select_for_update(of=["self"]):
            if reason := practice.reason_against(move):
                skipped = gettext("“%(title)s” was skipped: %(reason)s") % {"title": practice.title, "reason": reason}
                desk.message_user(request, skipped, messages.WARNING)
                continue
            ACTS[move](practice, by=request.user, why=why)
            desk.log_change(request, practice, [{"changed": {"fields": [str(move.label)]}}])
            moved += 1
    if moved:
        desk.message_user(request, done % {"count": moved}, messages.SUCCESS)
