"""Errors for programs: problem details (RFC 9457). It needs neither database nor template."""

import json
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse

TYPE = "application/problem+json"
PROGRAMS = "/api/"


def is_for_programs(request: HttpRequest) -> bool:
    """Whether a program asked, and no person."""
    return request.path_info.startswith(PROGRAMS)


def problem(status: int, title: str, detail: str = "", errors: Iterable[dict] = ()) -> HttpResponse:
    """``errors`` name the parameters that are wrong, each with what may stand there."""
    body = {"type": "about:blank", "title": title, "status": status}
    if detail:
        body["detail"] = detail
    if errors := list(errors):
        body["errors"] = errors
    response = HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=TYPE)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
