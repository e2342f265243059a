from django.conf import settings
from django.db.models import FETCH_RAISE
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import override

from citysolidarity.caching import shared
from citysolidarity.caching.reading import read_from_replicas
from pledges.models import Signature
from pledges.signatories.exports import records, write
from pledges.signatories.found import FoundSignatories

HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": shared.FILE,
}


@read_from_replicas
def signatories_csv(request):
    name = f"signatories-{timezone.localdate():%Y-%m-%d}.csv"
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers=HEADERS)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    # Spreadsheets recognize UTF-8 only by its byte order mark.
    response.write("\ufeff")
    with override(settings.LANGUAGE_CODE):
        write(response, selected(request), settings.SITE_URL)
    return response


@read_from_replicas
def signatories_json(request):
    """The day, the licence, and one object for each signature, with the column names as keys."""
    with override(settings.LANGUAGE_CODE):
        signatories = records(selected(request), settings.SITE_URL)
    about = {"as_of": timezone.localdate(), "licence": "https://creativecommons.org/licenses/by/4.0/"}
    return JsonResponse({**about, "signatories": signatories}, headers=HEADERS)


def selected(request):
    """The public signatures that match the URL, in the order of the list (4 queries, 7 or 8 for a name or a place)."""
    public = Signature.objects.public().with_city().select_related("version").prefetch_related("sources")
    return public.fetch_mode(FETCH_RAISE).filter(pk__in=FoundSignatories(request.GET).keys).in_list_order()
