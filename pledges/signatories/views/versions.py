"""The statement's versions as they were: UNHCR's of 2018, described and linked, and every one of this directory."""

from django.conf import settings
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import get_language, get_language_info

from citysolidarity.caching.page_cache import by_parameters, cached_page
from pledges.models import Signature, StatementVersion
from pledges.signatories import unhcr
from pledges.vocabularies import Origin


@cached_page()
def statement_versions(request):
    """The newest number first (4 queries)."""
    numbers = {}
    for version in StatementVersion.objects.valid().select_related("statement").order_by("-number", "language"):
        numbers.setdefault(version.number, []).append(version)
    language = get_language()
    context = {
        "versions": [
            {"number": number, "texts": texts, "shown": in_language(texts, language), "signed": signed_by(number)}
            for number, texts in numbers.items()
        ],
        "unhcr": unhcr,
        "texts": [(name_of(text.language), text) for text in unhcr.TEXTS],
        "stated": Signature.objects.public().filter(origin=Origin.STATED).count(),
    }
    return render(request, "pledges/signatories/versions.html", context)


@cached_page(by_parameters("language"))
def statement_version(request, number):
    """One version of this directory's statement, in the page's language or in ``?language=`` (4 queries)."""
    texts = list(StatementVersion.objects.valid().filter(number=number).order_by("language"))
    if not texts:
        raise Http404
    version = in_language(texts, request.GET.get("language", "") or get_language())
    newest = StatementVersion.objects.valid().values_list("number", flat=True).first()
    context = {
        "version": version,
        "clauses": list(version.clauses.all()),
        "others": [(name_of(text.language), text) for text in texts if text.pk != version.pk],
        "is_newest": number == newest,
        "newest": newest,
        "signed": signed_by(number),
    }
    return render(request, "pledges/signatories/version.html", context)


def in_language(texts: list[StatementVersion], language: str) -> StatementVersion:
    """The text in this language, else in the site's first one, else the first there is."""
    order = (language, settings.LANGUAGE_CODE)
    return min(texts, key=lambda text: order.index(text.language) if text.language in order else len(order))


def signed_by(number: int) -> dict[str, int]:
    """How many public signatures made here signed this number first, and how many moved to it later."""
    here = Signature.objects.public().filter(origin=Origin.ONLINE)
    return here.aggregate(
        first=Count("pk", filter=Q(version__number=number), distinct=True),
        moved=Count("pk", filter=Q(moves__version__number=number, moves__moved_at__isnull=False), distinct=True),
    )


def name_of(language: str) -> str:
    return get_language_info(language)["name_translated"]
