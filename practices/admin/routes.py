"""The mailboxes that answer for an entry, edited beside its texts; seen by curators alone."""

from django.contrib import admin
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from citysolidarity.letters import outcome
from practices.models import ContactRoute


class RouteInline(admin.StackedInline):
    model = ContactRoute
    fields = [("seat", "office"), ("email", "language"), ("since", "bounced_at"), "last_letter"]
    readonly_fields = ["since", "bounced_at", "last_letter"]
    extra = 0

    @admin.display(description=_("last letter"))
    def last_letter(self, route):
        letter = route.letters.order_by("-posted_at").first() if route.pk else None
        if letter is None:
            return _("None yet.")
        return f"{date_format(letter.posted_at, 'DATE_FORMAT')}: {outcome(letter)}"

    def has_delete_permission(self, request, obj=None):
        # An address is no history: whoever may change it may take it away, and its letters with it.
        return self.has_change_permission(request, obj)
