"""Lists of what was proposed or typed: buttons decide, for whoever has the permission of the model (``Decided``)."""

from django.contrib import admin, messages
from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.decisions import Act, ActingAdmin
from citysolidarity.desk.transitions import TransitionNotAllowed

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
    acts = [ACCEPT, REFUSE]
    actions = [accept_all, refuse_all]

    @property
    def team_permission(self) -> str:
        return self.model.PERMISSION

    def has_curate_permission(self, request):
        return request.user.has_perm(self.model.PERMISSION)

    def has_change_permission(self, request, obj=None):
        return self.has_curate_permission(request)


class AddedByHand(CuratedAdmin):
    """A row that a curator adds is accepted by that; what stands is decided by buttons alone, and nothing is typed."""

    def has_add_permission(self, request):
        return self.has_curate_permission(request)

    def get_fields(self, request, obj=None):
        return self.fields if obj else [*self.form.base_fields]

    def get_readonly_fields(self, request, obj=None):
        # The fields of the form, too: those that it declares would else be asked for with every button.
        return [*self.fields, *self.form.base_fields] if obj else []

    def save_model(self, request, obj, form, change):
        if not change:
            obj.accepted_at, obj.decided_by = Now(), request.user
        super().save_model(request, obj, form, change)
