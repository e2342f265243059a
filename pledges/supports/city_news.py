"""What a city answers to its residents, for those who follow the city by e-mail."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from pledges.models import AskedCity
from practices.following.news import CITY_NEWS, News
from practices.models import City


def answer_of(city: City, since: datetime, until: datetime) -> Iterator[News]:
    for asked in AskedCity.objects.answered().filter(city=city, published_at__gt=since, published_at__lte=until):
        title = _("%(city)s has answered its residents") % {"city": city.full_name}
        yield News(title, "", str(asked.get_reply_display()), settings.SITE_URL + city.get_absolute_url())


CITY_NEWS.append(answer_of)
