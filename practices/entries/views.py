"""The page of an entry, in any of its languages, its share card and its pictures."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from citysolidarity.caching.page_cache import PageCache, by_parameters, cached_file, cached_page
from citysolidarity.caching.reading import read_from_replicas
from citysolidarity.caching.shared import FILE
from citysolidarity.drawing.images import TYPES
from practices.cities.similarity.answers import Answers
from practices.cities.similarity.cities import profile_of
from practices.entries import share_card
from practices.entries.history import steps_of
from practices.entries.language_links import path_in, path_of
from practices.entries.markdown import markdown_of
from practices.entries.page import page_of
from practices.models import Practice
from practices.models.entries.picture import Picture, place_of
from practices.vocabularies.languages import base_of


@require_safe
@cached_file(PageCache())
def practice_text(request, slug):
    """The Markdown twin of an entry's page, in the language of the address. One query."""
    public = Practice.objects.published().with_city().with_review().with_parts().with_elsewhere().in_language()
    entry = get_object_or_404(public, slug=slug)
    address = settings.SITE_URL + path_of(entry)
    headers = {
        "Link": f'<{address}>; rel="canonical"',
        "X-Robots-Tag": "noindex",
        "Access-Control-Allow-Origin": "*",
    }
    return HttpResponse(markdown_of(entry, address), content_type="text/markdown; charset=utf-8", headers=headers)


@cached_page(by_parameters("like"))
def practice(request, slug):
    """Three or four queries; one or two more where the directory compares with a city (``like``)."""
    entry = get_object_or_404(Practice.objects.published().for_its_page().in_language(), slug=slug)
    context = page_of(entry)
    if city := profile_of(Answers.of_city(request.GET)):
        context |= {"city": city, "similarity": city.similarity_of(entry.pk, entry.tags)}
    return render(request, "practices/entries/practice.html", context)


@cached_file(PageCache())
def practice_card(request, slug, language=""):
    """The Open Graph image of an entry, with its title in this language: a PNG of 1200 × 630 pixels."""
    entry = get_object_or_404(Practice.objects.published().with_city().in_language(language), slug=slug)
    image = share_card.draw(entry.title, str(entry.city), language=get_language())
    return HttpResponse(image, content_type="image/png")


@cached_page()
def practice_in(request, slug, language):
    """The entry with its original texts, or with a published translation's; 404 where there are none in this language."""
    entry = get_object_or_404(Practice.objects.published().for_its_page().in_language(language), slug=slug)
    if base_of(entry.language) != language:
        raise Http404
    path = path_in(entry, language)
    if path != request.path:
        return redirect(path)
    return render(request, "practices/entries/practice_in.html", page_of(entry))


@cached_page()
def practice_history(request, slug):
    """What changed since the entry was first published. Three queries."""
    entry = get_object_or_404(Practice.objects.published().with_city().with_dates().in_language(), slug=slug)
    context = {"practice": entry, "steps": steps_of(entry), "first_published": entry.first_published}
    return render(request, "practices/entries/history.html", context)


@read_from_replicas
@require_safe
def picture(request, key, width, kind):
    """One file; of an entry that is not public, for those who see it at the desk. Kept shortly, then asked for again:
    its key is made of its content, so that the answer is 304 for as long as it may be shown."""
    pictures = Picture.objects.filter(key=key)
    found = public = pictures.public().first()
    if not public and request.user.has_perm("practices.view_picture"):
        found = pictures.first()
    # Its own widths alone: any other name is not even looked for.
    if not found or kind not in TYPES or width not in found.widths:
        raise Http404
    headers = {
        "Cache-Control": FILE if public else "private, no-store",
        "ETag": f'"{key}-{width}-{kind}"',
    }
    # Before the file is opened, which may lie in a bucket.
    if unchanged := get_conditional_response(request, etag=headers["ETag"]):
        for name, value in headers.items():
            unchanged.headers[name] = value
        return unchanged
    try:
        with default_storage.open(place_of(key, f"{width}.{kind}")) as file:
            return HttpResponse(file.read(), content_type=TYPES[kind], headers=headers)
    except FileNotFoundError:
        raise Http404 from None


picture.knows_no_language = True
