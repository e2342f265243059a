"""Linked data: the two documents, and the addresses of things, which lead to where they are told of."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from citysolidarity.opendata import linked
from citysolidarity.opendata.answers import Body, answers, as_json

# Of the datasets, by the same kind of address as the schemes.
DATASETS = {"practices": "about_data", "signatories": "about_data", "api": "about_api"}


@csrf_exempt
@answers()
def catalog(request) -> Body:
    return as_json(linked.catalog(), linked.LD_JSON)


@csrf_exempt
@answers()
def vocabularies(request) -> Body:
    return as_json(linked.vocabularies(), linked.LD_JSON)


@require_safe
def thing(request, name: str, code: str = ""):
    """303 to the page about it in the visitor's language, or to the document that programs ask for."""
    if code:
        page, document = linked.page_of_concept(name, code), "data_vocabularies"
    elif name in DATASETS:
        page, document = reverse(DATASETS[name]), "data_catalog"
    else:
        page = reverse("statement" if name == linked.CLAUSE else "directory") if name in linked.schemes() else None
        document = "data_vocabularies"
    if page is None:
        raise Http404
    is_program = request.get_preferred_type(["text/html", linked.LD_JSON]) == linked.LD_JSON
    response = HttpResponse(status=303, headers={"Location": reverse(document) if is_program else page})
    patch_vary_headers(response, ["Accept", "Accept-Language"])
    return response
