"""For journalists: figures as they are today, pictures, whom to ask, and how to cite."""

from django.conf import settings
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from citysolidarity.caching.page_cache import cached_page
from citysolidarity.views.campaign_days import CAMPAIGN_DAYS
from pledges.models import Milestone, Signature
from practices.models import City, Practice
from practices.vocabularies.facets import every_option


@cached_page()
def press(request):
    """Every figure is counted when the page is made (4 queries)."""
    counts = Practice.objects.published().facet_counts({})
    context = {
        "counts": counts,
        "city_count": City.objects.with_practice().count(),
        "country_count": sum(country.count > 0 for country in every_option(counts, "country")),
        "signed": Signature.objects.count_now(),
        "newest": Milestone.objects.in_order().last(),
        "today": timezone.localdate(),
        "citation": citation(),
        "campaign_days": CAMPAIGN_DAYS,
    }
    return render(request, "citysolidarity/views/press.html", context)


def citation() -> str:
    day = date_format(timezone.localdate(), "DATE_FORMAT")
    address = f"{settings.SITE_URL}/"
    return _("Cities of Solidarity. %(address)s (read on %(day)s). CC BY 4.0.") % {"address": address, "day": day}
