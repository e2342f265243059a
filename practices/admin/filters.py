"""Filters of the lists; the state of an entry serves as a list of things to do."""

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from practices.models import Source
from practices.models.moves import STATES
from practices.models.queryset import OVER
from practices.vocabularies import Vocabulary


class StateFilter(admin.SimpleListFilter):
    """Where entries are on their way, and those that still need a source."""

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
