"""What the API says of itself: what there is, the words, the OpenAPI document, and the page that explains it."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from citysolidarity.opendata import openapi
from citysolidarity.opendata.answers import Body, answers, as_json
from citysolidarity.opendata.problems import nothing_here
from citysolidarity.opendata.records import LICENCE, vocabularies


@csrf_exempt
@answers()
def index(request) -> Body:
    resources = {name: settings.SITE_URL + path for name, path in openapi.addresses().items()}
    explained = {
        "openapi": settings.SITE_URL + reverse("api_openapi"),
        "docs": settings.SITE_URL + reverse("about_api"),
    }
    return as_json({"licence": LICENCE, **explained, "resources": resources})


@csrf_exempt
@answers()
def words(request) -> Body:
    return as_json({"licence": LICENCE, "items": vocabularies()})


@csrf_exempt
@answers()
def word(request, name) -> Body:
    for vocabulary in vocabularies():
        if vocabulary["name"] == name:
            return as_json(vocabulary)
    raise Http404


@csrf_exempt
@answers()
def document(request) -> Body:
    return as_json(openapi.document())


@csrf_exempt
@answers()
def nowhere(request) -> Body:
    raise nothing_here()


@require_safe
def docs(request):
    """The OpenAPI document for people, printed by a template: no script, no foreign file."""
    context = {
        "operations": openapi.described(),
        "parameters": openapi.parameters(),
        "limits": openapi.limits(),
    }
    return render(request, "citysolidarity/opendata/api.html", context)
