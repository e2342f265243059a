"""Pages of the desk for what the public wrote: everything is read, little is filled in, and buttons decide."""

from collections.abc import Callable
from typing import NamedTuple

from django.contrib import admin, messages
from django.db import transaction
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from practices.models.asked import MovedOn


class Act(NamedTuple):
    """A button: its label, whether it makes sense for a row, and what it does with it and the curator.

    ``does`` gives the sentence that says so, or raises MovedOn.
    """

    name: str
    label: str
    fits: Callable
    does: Callable


class ActingAdmin(admin.ModelAdmin):
    """Rows come from the public and go by the calendar: nobody adds or deletes one here."""

    acts: list[Act] = []
    change_form_template = "admin/practices/acting.html"
    list_select_related = ["practice__city"]
    search_fields = ["practice__title", "practice__city__name"]
    show_full_result_count = False

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("practice"))
    def entry(self, row):
        """The entry, to be opened and edited in another tab."""
        address = reverse("admin:practices_practice_change", args=[row.practice_id])
        return format_html('<a href="{}">{}</a>, {}', address, row.practice.title, row.practice.city)

    def acts_for(self, row) -> list[Act]:
        """The buttons that make sense now."""
        return [act for act in self.acts if act.fits(row)]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        row = self.get_object(request, object_id)
        acts = self.acts_for(row) if row and self.has_change_permission(request, row) else []
        return super().change_view(request, object_id, form_url, {"acts": acts, **(extra_context or {})})

    def save_model(self, request, obj, form, change):
        """The fields are saved by the act that needs them: without a button nothing is decided."""
        pressed = next((act for act in self.acts_for(obj) if f"_act_{act.name}" in request.POST), None)
        if pressed is None:
            super().save_model(request, obj, form, change)
            return
        try:
            with transaction.atomic():
                messages.success(request, pressed.does(obj, request.user))
        except MovedOn as refused:
            messages.warning(request, _("Nothing was done: %(reason)s") % {"reason": refused})

    def message_user(self, request, message, level=messages.INFO, *args, **kwargs):
        # The act has said what it did.
        if not any(name.startswith("_act_") for name in request.POST):
            super().message_user(request, message, level, *args, **kwargs)
