"""What is followed by e-mail, at the desk: how many follow what. Nobody reads who they are, and nobody changes it."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.rows import NoneAddedOrDeleted
from practices.following.words import in_words
from practices.models import Following
from practices.models.following.following import LIVE


@admin.register(Following)
class FollowingAdmin(NoneAddedOrDeleted, admin.ModelAdmin):
    """Only what was confirmed and goes on: of what nobody confirmed, nobody knows whether it is meant."""

    list_display = ["reference", "what", "pace", "language", "confirmed_at", "emailed_at"]
    list_filter = ["pace", "language"]
    search_fields = ["reference", "city__keywords__unaccent", "city__slug"]
    fields = readonly_fields = ["reference", "what", "pace", "language", "confirmed_at", "looked_until", "emailed_at"]

    def has_change_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).with_city().filter(LIVE)

    def get_ordering(self, request):
        return ["-confirmed_at", "pk"]

    @admin.display(description=_("what is followed"))
    def what(self, following):
        return in_words(following.city, following.query)
