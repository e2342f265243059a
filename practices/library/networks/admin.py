"""Networks of cities with their members, at the desk."""

from django.contrib import admin
from django.contrib.postgres.fields import ArrayField
from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.forms import DeskForm
from citysolidarity.desk.rows import LockedWhileSaving, RemovedByEditing
from practices.desk.fields import CityByAddress, LinesField, SameAsPublic
from practices.desk.sources import PartForm
from practices.desk.translations import ListsTranslations
from practices.models import City, Membership, Network, NetworkTranslation, OtherMember


class NetworkForm(DeskForm, ModelForm):
    pass


class MemberForm(PartForm):
    city = CityByAddress(City.objects.defer("keywords"))


class MemberInline(SameAsPublic, RemovedByEditing, admin.StackedInline):
    model = Membership
    form = MemberForm
    extra = 0
    verbose_name = _("member with a page here")
    verbose_name_plural = _("members with a page here")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("city")


class OtherMemberInline(SameAsPublic, RemovedByEditing, admin.StackedInline):
    model = OtherMember
    form = PartForm
    extra = 0


@admin.register(Network)
class NetworkAdmin(ListsTranslations, SameAsPublic, LockedWhileSaving, admin.ModelAdmin):
    form = NetworkForm
    list_display = ["name", "kind", "region", "member_count", "website"]
    list_filter = ["kind", "region"]
    search_fields = ["name", "original_name"]
    prepopulated_fields = {"slug": ["name"]}
    formfield_overrides = {ArrayField: {"form_class": LinesField}}
    inlines = [MemberInline, OtherMemberInline]
    fieldsets = [
        (_("What it is"), {"fields": ["name", "original_name", "slug", "kind", "region", "founded", "description"]}),
        (
            _("How many members it has"),
            {
                "fields": [("member_count", "member_count_of"), ("member_count_year", "member_count_source")],
                "description": _("As a source says: beside it the page counts the members named below."),
            },
        ),
        (_("Where this is said"), {"fields": ["website", "sources", "note"]}),
    ]

    def has_delete_permission(self, request, obj=None):
        # One that was added by mistake has no cities; one that has them is public with each of them.
        return self.has_change_permission(request, obj) and not (obj and obj.memberships.exists())

    def get_deleted_objects(self, objs, request):
        """Its translations go with it: who may take a network away need not be one who translates."""
        found, counts, needed, protected = super().get_deleted_objects(objs, request)
        return found, counts, needed - {NetworkTranslation._meta.verbose_name}, protected
