"""Health checks for the platform."""

from functools import cache

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from citysolidarity.backups.models import standing
from citysolidarity.database.guarantees import are_given


@require_safe
@cache_control(no_store=True)
def live(request):
    """200 as long as the process answers. No query: an outage of the database must not restart the process."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(no_store=True)
def ready(request):
    """200 if the database answers, keeps what it is told, and has every migration, else 503 with the reason, as JSON.

    ``backups`` says ``late`` where none succeeded for a day; that is no reason to take the site away.
    """
    try:
        if not are_given():
            return JsonResponse({"database": "unsafe"}, status=503)
        missing = needed_migrations() - MigrationRecorder(connection).applied_migrations().keys()
        if missing:
            return JsonResponse({"database": "ok", "migrations": f"{len(missing)} to apply"}, status=503)
        return JsonResponse({"database": "ok", "migrations": "ok", "backups": standing()})
    except Error:
        return JsonResponse({"database": "unreachable"}, status=503)


@cache
def needed_migrations() -> set[tuple[str, str]]:
    """``(app, name)`` of every migration on disk; cached, because reading them is slower than the query."""
    return set(MigrationLoader(None).graph.nodes)
