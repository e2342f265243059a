"""What is said of a city that residents ask, in the same words wherever it stands."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pledges.models import AskedCity


def line_about(asked: AskedCity) -> str:
    """Such as "120 residents ask for a signature"."""
    if asked.told is None:
        if asked.thanks:
            return _("Fewer than ten residents stand behind the signature")
        return _("Fewer than ten residents ask for a signature")
    if asked.thanks:
        sentence = ngettext(
            "%(count)d resident stands behind the signature",
            "%(count)d residents stand behind the signature",
            asked.told,
        )
    else:
        sentence = ngettext(
            "%(count)d resident asks for a signature", "%(count)d residents ask for a signature", asked.told
        )
    return sentence % {"count": asked.told}


def form_for(city) -> str:
    """The form that begins with this city."""
    place = f"place:{city.geonames_id}" if city.geonames_id else f"city:{city.slug}"
    return f"{reverse('support')}?{urlencode({'for': place})}"


def place_of(asked: AskedCity) -> str:
    """The city's page, where it has one; else the form."""
    return asked.city.get_absolute_url() if asked.is_listed else form_for(asked.city)
