"""Filters that several lists of the desk use."""

from django.contrib import admin


def by_word(path: str, vocabulary, named) -> type[admin.SimpleListFilter]:
    """A filter on a column that holds a code of a vocabulary, in the words of its labels.

    ``path`` is a lookup such as ``city__region``; ``vocabulary`` has a ``name`` and ``choices``; ``named`` is the title.
    """

    class WordFilter(admin.SimpleListFilter):
        title = named
        parameter_name = vocabulary.name

        def lookups(self, request, model_admin):
            return vocabulary.choices

        def queryset(self, request, queryset):
            return queryset.filter(**{path: self.value()}) if self.value() else queryset

    return WordFilter
