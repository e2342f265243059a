"""The map of the site with a place for every link that a letter can hold."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.urls import path

from citysolidarity.urls import urlpatterns as site
from pledges.models.letter import Purpose


def page(request, token):
    """Stands for the page a link opens."""
    return HttpResponse(token)


urlpatterns = [
    *site,
    *i18n_patterns(*(path(f"link/{purpose}/<str:token>/", page, name=purpose.value) for purpose in Purpose)),
]
