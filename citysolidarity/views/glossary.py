"""The glossary: the words of the directory's field, explained, each with its sources (no query)."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from practices.vocabularies import glossary as words
from practices.vocabularies.languages import name_in_sentence


@require_safe
def glossary(request):
    shown_in = words.TERMS[0].language
    context = {
        "groups": words.in_groups(),
        "sources": words.SOURCES,
        "translated_from": "" if shown_in == words.ORIGINAL else name_in_sentence(words.ORIGINAL),
    }
    return render(request, "citysolidarity/views/glossary.html", context)
