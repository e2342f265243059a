"""The signatories as files for machines. Four statements, whatever the number of rows."""

from django.conf import settings
from django.db.models import FETCH_RAISE
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import override

from pledges.exports import records, write
from pledges.facets import Index
from pledges.models import Signature
from practices.models import Membership

HEADERS = {
    "Access-Control-Allow-Origin": "*",
    # A withdrawal is to be gone from every copy within five minutes.
    "Cache-Control": "public, max-age=300",
}


def signatories_csv(request):
    """The public signatures that fit the address as CSV in UTF-8, with the facets of the list."""
    name = f"signatories-{timezone.localdate():%Y-%m-%d}.csv"
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers=HEADERS)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    # Spreadsheets take UTF-8 for what it is only after this mark.
    response.write("\ufeff")
    with override(settings.LANGUAGE_CODE):
        write(response, asked_for(request), settings.SITE_URL)
    return response


def signatories_json(request):
    """The same as JSON: the day, the licence, and one object for each signature under the names of the columns."""
    with override(settings.LANGUAGE_CODE):
        found = records(asked_for(request), settings.SITE_URL)
    about = {"as_of": timezone.localdate(), "licence": "https://creativecommons.org/licenses/by/4.0/"}
    return JsonResponse({**about, "signatories": found}, headers=HEADERS)


def asked_for(request):
    """The public signatures that fit the address, in the order of the list; a file is the same in every language."""
    index = Index(Signature.objects.public().in_name_order(), Membership.objects.all())
    found = index.found(index.chosen_of(request.GET))
    public = Signature.objects.public().with_city().select_related("version").prefetch_related("sources")
    return public.fetch_mode(FETCH_RAISE).filter(pk__in=found).in_name_order()
