"""Lists of what was proposed or typed about signatures: buttons decide, for whoever may curate signatures."""

from django.contrib import admin, messages
from django.db import transaction
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.decisions import Act, ActingAdmin
from citysolidarity.desk.transitions import TransitionNotAllowed
from pledges.models.workflow import CURATE

MOST_AT_ONCE = 200


def told(was_done: bool, sentence):
    if not was_done:
        raise TransitionNotAllowed(_("another curator has already done this."))
    return sentence


def why_not_accept(row) -> str:
    return gettext("it is accepted already.") if row.accepted_at else ""


def why_not_refuse(row) -> str:
    return gettext("it is refused already.") if row.refused_at else ""


ACCEPT = Act("accept", _("Accept"), why_not_accept, lambda row, by: told(row.accept(by), _("It is accepted.")))
REFUSE = Act("refuse", _("Refuse"), why_not_refuse, lambda row, by: told(row.refuse(by), _("It is refused.")))


def decide(desk, request, queryset, method: str, done) -> None:
    """Call ``method`` of each selected row, each in a transaction of its own; ``done(count)`` is the sentence."""
    chosen = list(queryset.order_by("pk")[: MOST_AT_ONCE + 1])
    if len(chosen) > MOST_AT_ONCE:
        sentence = gettext("Please select at most %(most)d rows. Nothing was done.")
        desk.message_user(request, sentence % {"most": MOST_AT_ONCE}, messages.ERROR)
        return
    count = 0
    for row in chosen:
        with transaction.atomic():
            if getattr(row, method)(request.user):
                desk.log_change(request, row, done(1))
                count += 1
    if count:
        desk.message_user(request, done(count), messages.SUCCESS)
    if skipped := len(chosen) - count:
        sentence = ngettext("%(count)d was decided already.", "%(count)d were decided already.", skipped)
        desk.message_user(request, sentence % {"count": skipped}, messages.WARNING)


def accepted_in_words(count: int) -> str:
    return ngettext("%(count)d is accepted now.", "%(count)d are accepted now.", count) % {"count": count}


def refused_in_words(count: int) -> str:
    return ngettext("%(count)d is refused now.", "%(count)d are refused now.", count) % {"count": count}


@admin.action(description=gettext_lazy("Accept the selected"), permissions=["curate"])
def accept_all(desk, request, queryset):
    decide(desk, request, queryset, "accept", accepted_in_words)


@admin.action(description=gettext_lazy("Refuse the selected"), permissions=["curate"])
def refuse_all(desk, request, queryset):
    decide(desk, request, queryset, "refuse", refused_in_words)


class CuratedAdmin(ActingAdmin):
    team_permission = CURATE
    acts = [ACCEPT, REFUSE]
    actions = [accept_all, refuse_all]

    def has_curate_permission(self, request):
        return request.user.has_perm(CURATE)

    def has_change_permission(self, request, obj=None):
        return self.has_curate_permission(request)
