"""The mailboxes that answer for an entry, edited beside its texts; seen by curators alone."""

from django.contrib import admin

from practices.models import ContactRoute


class RouteInline(admin.StackedInline):
    model = ContactRoute
    fields = [("seat", "office"), ("email", "language"), ("since", "bounced_at")]
    readonly_fields = ["since", "bounced_at"]
    extra = 0

    def has_delete_permission(self, request, obj=None):
        # An address is no history: whoever may change it may take it away, and its letters with it.
        return self.has_change_permission(request, obj)
