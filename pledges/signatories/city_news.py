"""A city's signature that has become public, for those who follow the city by e-mail."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pledges.models import Signature
from practices.following.news import CITY_NEWS, News
from practices.models import City


def signature_of(city: City, since: datetime, until: datetime) -> Iterator[News]:
    """One made here: names found in sources are not new."""
    public = Signature.objects.signed_here().for_city(city)
    for signature in public.with_begin().filter(began__gt=since, began__lte=until):
        title = _("%(city)s has signed the statement") % {"city": city.full_name}
        count = signature.commitments.count()
        sentence = _("Signed %(day)s, verified by a curator.") % {"day": signature.signed_in_words}
        promises = ngettext("With %(count)d promise.", "With %(count)d promises.", count) % {"count": count}
        url = settings.SITE_URL + signature.get_absolute_url()
        yield News(title, "", f"{sentence} {promises}" if count else sentence, url)


CITY_NEWS.append(signature_of)
