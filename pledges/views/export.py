"""The signatories as a file. Four statements, whatever the number of rows."""

from django.conf import settings
from django.db.models import FETCH_RAISE
from django.http import HttpResponse
from django.utils import timezone

from pledges.exports import write
from pledges.facets import Index
from pledges.models import Signature
from practices.models import Membership


def signatories_csv(request):
    """The public signatures that fit the address as CSV in UTF-8, with the facets of the list."""
    index = Index(Signature.objects.public().in_name_order(), Membership.objects.all())
    found = index.found(index.chosen_of(request.GET))
    public = Signature.objects.public().with_city().select_related("version").prefetch_related("sources")
    name = f"signatories-{timezone.localdate():%Y-%m-%d}.csv"
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    # Spreadsheets take UTF-8 for what it is only after this mark.
    response.write("\ufeff")
    write(response, public.fetch_mode(FETCH_RAISE).filter(pk__in=found).in_name_order(), settings.SITE_URL)
    return response
