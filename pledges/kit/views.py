"""The kit as pages and files. What is typed goes back to whoever typed it and is stored nowhere, not even in a cache."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from urllib.parse import urlencode
from zipfile import ZIP_DEFLATED, ZipFile

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from text_unidecode import unidecode

from citysolidarity.caching.page_cache import by_parameters, cached_page
from citysolidarity.http.rate_limit import files_later
from citysolidarity.http.throttle import address_block
from pledges.kit import paper, pictures, word
from pledges.kit.blocks import Block, blocks_of
from pledges.kit.documents import DOCUMENTS, Document
from pledges.kit.facts import KitFacts, KitForm
from pledges.kit.first_steps import steps_for
from pledges.kit.limits import KIT_FILES
from pledges.models import StatementVersion
from practices.cities import place_search
from practices.cities.similarity.answers import Answers
from practices.cities.similarity.cities import profile_of

LATER = "pledges/kit/later.html"  # the pages are always there
LONGEST_NAME = 100  # characters of a city's name as it is typed

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class FileKind:
    content_type: str
    disposition: str
    draw: Callable[[str, list[Block], date], bytes]


KINDS = {
    "pdf": FileKind("application/pdf", "inline", paper.draw),
    "docx": FileKind(WORD, "attachment", word.draw),
}


@require_safe
def kit(request):
    """What is in the kit, and the form that fills it in (2 queries)."""
    form = read(request)
    version = StatementVersion.objects.current(get_language())
    context = {
        "form": form,
        "problems": form.problems() if form.is_bound else [],
        "facts": form.facts,
        "documents": DOCUMENTS.values() if version else [],
        "pictures": [(occasion, pictures.sentence(occasion)) for occasion in pictures.OCCASIONS],
    }
    return unkept(render(request, "pledges/kit/kit.html", context), form)


@require_safe
def kit_document(request, name: str):
    """A paper of the kit as a page (2 queries)."""
    document, version = known(name), current()
    form = read(request)
    context = {"document": document, "facts": form.facts, "text": document.html(form.facts, version)}
    return unkept(render(request, "pledges/kit/document.html", context), form)


@require_safe
def kit_file(request, name: str, kind: str):
    """A paper of the kit as a file (2 queries). 429 where too many were drawn for this network."""
    document, version = known(name), current()
    form = KitForm.of(request.GET)
    if wait := KIT_FILES.take(address_block(request), 1):
        return files_later(request, wait, LATER, facts=form.facts)
    body = drawn(document, version, form.facts, KINDS[kind])
    name = f"{file_name(document.name, form.facts)}.{kind}"
    return as_file(body, name, KINDS[kind].content_type, form, KINDS[kind].disposition)


@require_safe
def kit_folder(request):
    """Every paper to edit, the statement to print, and the pictures, in one file (2 queries)."""
    version = current()
    form = KitForm.of(request.GET)
    if wait := KIT_FILES.take(address_block(request), len(DOCUMENTS) + 1 + len(pictures.OCCASIONS)):
        return files_later(request, wait, LATER, facts=form.facts)
    files = {
        f"{document.name}.docx": drawn(document, version, form.facts, KINDS["docx"]) for document in DOCUMENTS.values()
    }
    files["statement.pdf"] = drawn(DOCUMENTS["statement"], version, form.facts, KINDS["pdf"])
    files |= {f"{occasion}.png": pictures.draw(occasion, form.facts) for occasion in pictures.OCCASIONS}
    folder = BytesIO()
    with ZipFile(folder, "w", ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return as_file(folder.getvalue(), f"{file_name('kit', form.facts)}.zip", "application/zip", form)


@require_safe
def kit_picture(request, occasion: str):
    """A picture for social media with the city's name (no query)."""
    if occasion not in pictures.OCCASIONS:
        raise Http404
    form = KitForm.of(request.GET)
    if wait := KIT_FILES.take(address_block(request), 1):
        return files_later(request, wait, LATER, facts=form.facts)
    name = f"{file_name(occasion, form.facts)}.png"
    return as_file(pictures.draw(occasion, form.facts), name, "image/png", form, "inline")


@cached_page(by_parameters("city", "like"))
def hundred_days(request):
    """What to do after signing, with practices from cities like the one in the address.

    2 queries and one for each promise, at most two more for a city, four for a name.
    """
    typed = " ".join(request.GET.get("city", "").replace("\0", "").split())[:LONGEST_NAME]
    places = place_search.find(typed) if typed else []
    if place := place_search.the_one_meant(typed, places) if places else None:
        return HttpResponseRedirect(f"{request.path}?{urlencode({'like': place.key})}")
    city = profile_of(Answers.of_city(request.GET))
    version = StatementVersion.objects.current(get_language())
    context = {
        "typed": typed,
        "places": [(place, f"?{urlencode({'like': place.key})}") for place in places],
        "city": city,
        "version": version,
        "steps": steps_for(version.clauses.all(), city) if version else [],
    }
    return render(request, "pledges/kit/hundred_days.html", context)


def read(request) -> KitForm:
    """The form; the same page in another language keeps what is right in it, and nothing else of the address."""
    form = KitForm.of(request.GET)
    request.kept_query = form.facts.query
    return form


def known(name: str) -> Document:
    if name not in DOCUMENTS:
        raise Http404
    return DOCUMENTS[name]


def current() -> StatementVersion:
    """The text in force; 404 before the first one, since every paper speaks of it."""
    version = StatementVersion.objects.current(get_language())
    if version is None:
        raise Http404
    return version


def drawn(document: Document, version: StatementVersion, facts: KitFacts, kind: FileKind) -> bytes:
    return kind.draw(str(document.title), blocks_of(document.html(facts, version)), timezone.localdate())


def file_name(name: str, facts: KitFacts) -> str:
    """In plain letters, with the city where one was typed."""
    return "-".join(filter(None, [name, slugify(unidecode(facts.city))]))


def as_file(body: bytes, name: str, content_type: str, form: KitForm, disposition: str = "attachment") -> HttpResponse:
    response = HttpResponse(body, content_type=content_type)
    response.headers["Content-Disposition"] = f'{disposition}; filename="{name}"'
    response.headers["X-Robots-Tag"] = "noindex, noarchive"
    return unkept(response, form)


def unkept(response: HttpResponse, form: KitForm) -> HttpResponse:
    """What shows something typed is for the person who typed it: no search engine lists it, and no cache keeps it."""
    if form.is_bound:
        response.headers["X-Robots-Tag"] = "noindex, noarchive"
        response.headers["Cache-Control"] = "private, no-store"
    return response
