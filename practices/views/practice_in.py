"""An entry in a language that the site has no pages in: its texts in one language, all around them in another."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render

from practices.languages import base_of
from practices.models import Practice
from practices.pages import kept, path_alone
from practices.translations import path_in
from practices.views.directory import page_of


@kept(path_alone)
def practice_in(request, slug, language):
    """The entry with its original texts, or with a published translation's; 404 where there are none in this language."""
    entry = get_object_or_404(Practice.objects.published().for_its_page().told(language), slug=slug)
    if base_of(entry.language) != language:
        raise Http404
    path = path_in(entry, language)
    if path != request.path:
        return redirect(path)
    return render(request, "practices/practice_in.html", page_of(entry))
