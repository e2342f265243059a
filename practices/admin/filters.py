"""Filters of the lists; the state of an entry serves as a list of things to do."""

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from practices.models import Practice, Source
from practices.vocabularies import Vocabulary

NAMES = {
    "draft": _("Not published yet"),
    "public": _("Public"),
    "archived": _("Archived"),
}


def state_of(practice: Practice) -> str:
    """The key of NAMES that holds for an entry."""
    if practice.published_at is None:
        return "draft"
    return "archived" if practice.archived_at else "public"


class StateFilter(admin.SimpleListFilter):
    """Drafts, public and archived entries, and those that still need a source."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [*NAMES.items(), ("sourceless", _("Needs a source"))]

    def queryset(self, request, queryset):
        match self.value():
            case "draft":
                return queryset.filter(published_at__isnull=True)
            case "public":
                return queryset.published()
            case "archived":
                return queryset.filter(archived_at__isnull=False)
            case "sourceless":
                return queryset.exclude(Exists(Source.objects.filter(practice=OuterRef("pk"))))
        return queryset


def by_word(path: str, vocabulary: Vocabulary, named) -> type[admin.SimpleListFilter]:
    """A filter on a column that holds a code of a vocabulary, in the words of its labels.

    ``path`` is a lookup such as ``city__region``; ``named`` the filter's title.
    """

    class WordFilter(admin.SimpleListFilter):
        title = named
        parameter_name = vocabulary.name

        def lookups(self, request, model_admin):
            return vocabulary.choices

        def queryset(self, request, queryset):
            return queryset.filter(**{path: self.value()}) if self.value() else queryset

    return WordFilter
