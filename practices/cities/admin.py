"""Cities, at the desk, each with the networks that it belongs to."""

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import JSONField
from django.forms import ModelForm
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.exports import Column, ExportedList
from citysolidarity.desk.filters import by_word
from citysolidarity.desk.forms import DeskForm
from citysolidarity.desk.rows import LockedWhileSaving
from citysolidarity.drawing.typefaces import letters_missing
from practices.cities.desk_form import CityDeskForm
from practices.cities.merging import merge_city
from practices.cities.official_domain import official_domain
from practices.cities.own_names import own_names
from practices.cities.widgets import NamesByLanguageField
from practices.models import City, Membership
from practices.vocabularies import SIZES, SUBREGIONS


class MembershipForm(DeskForm, ModelForm):
    pass


class MembershipInline(admin.StackedInline):
    model = Membership
    form = MembershipForm
    extra = 0

    def has_delete_permission(self, request, obj=None):
        # A city may have left the network, or never have been in it.
        return self.has_change_permission(request, obj)


@admin.register(City)
class CityAdmin(ExportedList, LockedWhileSaving, admin.ModelAdmin):
    export_columns = (
        Column("address", "slug"),
        Column("name"),
        Column("area", lambda city: city.area or city.near),
        Column("names", lambda city: [f"{language}: {name}" for language, name in sorted(city.names.items())]),
        Column("country"),
        Column("country_name"),
        Column("region", "region_name"),
        Column("kind", lambda city: city.get_kind_display()),
        Column("latitude"),
        Column("longitude"),
        Column("population"),
        Column("population_year"),
        Column("population_source"),
        Column("size", "size_name"),
        Column("geonames_id"),
        Column("official_domain"),
        Column("networks", lambda city: [str(network) for network in city.networks.all()]),
        Column("public_practices", "practice_count"),
        Column("signed_on"),
        Column("signed_precision"),
    )
    form = CityDeskForm
    formfield_overrides = {JSONField: {"form_class": NamesByLanguageField}}
    list_display = ["full_name", "country", "kind", "population", "size_name", "practice_count", "signed_on"]
    list_filter = ["kind", by_word("size", SIZES, _("size")), by_word("region", SUBREGIONS, _("region"))]
    search_fields = ["slug", "keywords__unaccent", "official_domain", "area", "near"]
    readonly_fields = ["names_elsewhere", "domain", "region_name", "size_name", "signed_on", "signed_precision"]
    inlines = [MembershipInline]
    fieldsets = [
        (
            _("Who"),
            {
                "fields": [
                    "name",
                    "country",
                    "place",
                    "area",
                    "kind",
                    "slug",
                    "names",
                    "names_elsewhere",
                    "domain",
                ]
            },
        ),
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

    def get_urls(self):
        merge, domain = map(self.admin_site.admin_view, (merge_city, official_domain))
        return [
            path("<int:object_id>/merge/", merge, {"desk": self}, "practices_city_merge"),
            path("<int:object_id>/official-domain/", domain, {"desk": self}, "practices_city_official_domain"),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        return super().get_queryset(request).with_counts().prefetch_related("networks")

    def get_ordering(self, request):
        return [City.name_order(language=get_language()), "pk"]

    def get_readonly_fields(self, request, obj=None):
        # The address is given once: pages, links and printed briefs rest on it.
        return [*self.readonly_fields, "slug"] if obj else self.readonly_fields

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name", "country"]}

    @admin.display(description=_("its names in GeoNames"))
    def names_elsewhere(self, city):
        """In the scripts of its country, for the curator to choose from: which one the city uses, GeoNames does not say."""
        names = own_names(settings.BASE_DIR / "fixtures", city.geonames_id) if city.geonames_id else {}
        if not names:
            return _("None in a script of its own.")
        written = [f"{name} ({language})" for name, language in names.items()]
        advice = _("The city’s own site shows which one it uses: write that one above, with its language.")
        return format_html('<span dir="auto">{}</span><br>{}', pgettext("list separator", ", ").join(written), advice)

    @admin.display(description=_("name"), ordering="name")
    def full_name(self, city):
        return city.full_name

    @admin.display(description=_("official domain"))
    def domain(self, city):
        if not city.pk:
            return _("You can record it once the city has been saved.")
        address = reverse("admin:practices_city_official_domain", args=[city.pk])
        known = city.official_domain or _("Not recorded")
        return format_html('{} · <a href="{}">{}</a>', known, address, _("Record the official domain"))

    @admin.display(description=_("region"))
    def region_name(self, city):
        return city.region_name if city.pk else ""

    @admin.display(description=_("size"))
    def size_name(self, city):
        return city.size_name if city.pk else ""

    @admin.display(description=_("public practices"), ordering="practice_count")
    def practice_count(self, city):
        return city.practice_count
