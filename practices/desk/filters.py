"""Filters of the lists; the state of an entry serves as a list of things to do."""

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from practices.models import Source
from practices.models.entries.queryset import OVER
from practices.models.entries.workflow import STATES
from practices.vocabularies.languages import LANGUAGES, name_of


class PracticeStateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [*STATES.items(), ("sourceless", _("Needs a source"))]

    def queryset(self, request, queryset):
        match self.value():
            case "draft":
                return queryset.drafts()
            case "in-review":
                return queryset.in_review()
            case "public":
                return queryset.published().filter(~OVER)
            case "ended":
                return queryset.published().filter(OVER)
            case "archived":
                return queryset.archived()
            case "discarded":
                return queryset.discarded()
            case "sourceless":
                queryset = queryset.exclude(Exists(Source.objects.filter(practice=OuterRef("pk"))))
        # What was discarded is on the list of its own alone.
        return queryset.filter(discarded_at__isnull=True)


class UntranslatedFilter(admin.SimpleListFilter):
    title = _("without a translation into")
    parameter_name = "untranslated"

    def lookups(self, request, model_admin):
        return [(code, name_of(code)) for code in LANGUAGES]

    def queryset(self, request, queryset):
        return queryset.untranslated_into(self.value()) if self.value() in LANGUAGES else queryset
