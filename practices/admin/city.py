"""Cities and their networks, at the desk."""

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import JSONField
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from citysolidarity.typefaces import letters_missing
from practices.admin.fields import NamesField
from practices.admin.filters import by_word
from practices.loading.places import own_names
from practices.models import City, Membership, Network
from practices.vocabularies import SIZES, SUBREGIONS


class MembershipInline(admin.TabularInline):
    model = Membership
    autocomplete_fields = ["network"]
    extra = 0


@admin.register(City)
class CityAdmin(admin.ModelAdmin):
    formfield_overrides = {JSONField: {"form_class": NamesField}}
    list_display = ["name", "country", "kind", "population", "size_name", "practice_count", "signed_on"]
    list_filter = ["kind", by_word("size", SIZES, _("size")), by_word("region", SUBREGIONS, _("region"))]
    search_fields = ["name", "slug", "keywords"]
    ordering = ["name", "pk"]
    readonly_fields = ["names_elsewhere", "region_name", "size_name", "signed_on", "signed_precision"]
    inlines = [MembershipInline]
    fieldsets = [
        (_("Who"), {"fields": ["name", "country", "kind", "slug", "names", "names_elsewhere", "official_domain"]}),
        (_("Where"), {"fields": ["latitude", "longitude", "region_name"]}),
        (
            _("How many people"),
            {"fields": ["population", "population_year", "population_source", "size_name", "geonames_id"]},
        ),
        (_("The statement"), {"fields": ["signed_on", "signed_precision"]}),
    ]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        for name in filter(letters_missing, obj.names.values()):
            self.message_user(
                request,
                _("No typeface of ours can write “%(name)s” whole: a certificate shows the name in Latin"
                  " letters alone.") % {"name": name},
                messages.WARNING,
            )  # fmt: skip

    def get_queryset(self, request):
        return super().get_queryset(request).with_counts()

    def get_readonly_fields(self, request, obj=None):
        # The address is given once: pages, links and printed briefs rest on it.
        return [*self.readonly_fields, "slug"] if obj else self.readonly_fields

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name", "country"]}

    @admin.display(description=_("its names in GeoNames"))
    def names_elsewhere(self, city):
        """In the scripts of its country, for the curator to choose from: which one the city uses, GeoNames does not say."""
        found = own_names(settings.BASE_DIR / "fixtures", city.geonames_id) if city.geonames_id else []
        if not found:
            return _("None in a script of its own.")
        advice = _("The city’s own site shows which one it uses: write that one above, with its language.")
        return format_html('<span dir="auto">{}</span><br>{}', pgettext("list separator", ", ").join(found), advice)

    @admin.display(description=_("region"))
    def region_name(self, city):
        return city.region_name if city.pk else ""

    @admin.display(description=_("size"))
    def size_name(self, city):
        return city.size_name if city.pk else ""

    @admin.display(description=_("public practices"), ordering="practice_count")
    def practice_count(self, city):
        return city.practice_count


@admin.register(Network)
class NetworkAdmin(admin.ModelAdmin):
    list_display = ["name", "website"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "website"]
