"""Answers for whoever watches over the site; neither page writes anything."""

from functools import cache

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe


@require_safe
@cache_control(no_store=True)
def live(request):
    """200 as long as the process answers; asks no database, so an outage there restarts nothing."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(no_store=True)
def ready(request):
    """200 when the database answers and has every migration; else 503 with what is missing, as JSON."""
    try:
        missing = needed_migrations() - MigrationRecorder(connection).applied_migrations().keys()
    except Error:
        return JsonResponse({"database": "unreachable"}, status=503)
    if missing:
        return JsonResponse({"database": "ok", "migrations": f"{len(missing)} to apply"}, status=503)
    return JsonResponse({"database": "ok", "migrations": "ok"})


@cache
def needed_migrations() -> set[tuple[str, str]]:
    """``(app, name)`` of every migration on disk; read once, for it takes longer than the question to the database."""
    return set(MigrationLoader(None).graph.nodes)
