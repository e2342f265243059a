"""Addresses for programs: below /api/v1/, without a language in them."""

from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from citysolidarity.opendata.operations import OPERATIONS
from citysolidarity.opendata.views import about
from citysolidarity.opendata.views.snapshots import snapshot
from pledges.signatories.views.export import signatories_csv, signatories_json

urlpatterns = [
    path("signatories.csv", csrf_exempt(require_safe(signatories_csv)), name="signatories_csv"),
    path("signatories.json", csrf_exempt(require_safe(signatories_json)), name="signatories_json"),
    path("snapshots/<slug:month>.zip", snapshot, name="snapshot"),
    path("openapi.json", about.document, name="api_openapi"),
    *(path(one.path, one.view, name=one.name) for one in OPERATIONS),
    # Line breaks, too, which "<path:…>" does not take.
    re_path(r"^[\s\S]*$", about.nowhere, name="api_nowhere"),
]
