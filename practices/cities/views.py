"""The list under the field of a city's name; ``said`` is announced by screen readers."""

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from citysolidarity.caching.shared import FILE
from practices.cities import place_search


@require_safe
def places(request):
    typed = request.GET.get("q", "")
    choices = place_search.find(typed) or place_search.find_similar(typed)
    columns = ("value", "name", "detail", "country")
    places = [{name: getattr(choice, name) for name in columns} for choice in choices]
    said = ngettext("%(count)d place", "%(count)d places", len(places)) % {"count": len(places)}
    response = JsonResponse({"places": places, "said": said if places else _("No place")})
    response.headers["Cache-Control"] = FILE
    return response
