"""The list under the field of a city's name."""

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from practices import places as gazetteer


@require_safe
def places(request):
    """The places that begin with ``q``; as JSON."""
    typed = request.GET.get("q", "")
    found = gazetteer.find(typed) or gazetteer.alike(typed)
    listed = [{"value": choice.value, "name": choice.name, "detail": choice.detail} for choice in found]
    response = JsonResponse({"places": listed})
    response.headers["Cache-Control"] = "public, max-age=300"
    return response
