"""The frame of the login's pages."""

import math

from django.contrib import admin
from django.shortcuts import render
from django.utils.translation import ngettext

from citysolidarity.http.throttle import too_many_requests


def page(request, template: str, title: str, *, wait: int = 0, **context):
    """Render a page of the login. With ``wait`` (seconds) it is a 429 that says for how long."""
    request.current_app = admin.site.name
    common = admin.site.each_context(request)
    common |= {"title": title, "subtitle": None, "waits": wait and too_many(wait)}
    common["body_class"] = "door" if common["has_permission"] else "door login"
    response = render(request, template, common | context)
    return too_many_requests(response, wait) if wait else response


def too_many(wait: int) -> str:
    minutes = math.ceil(wait / 60)
    return ngettext(
        "Too many attempts. Please wait %(minutes)d minute, then try again.",
        "Too many attempts. Please wait %(minutes)d minutes, then try again.",
        minutes,
    ) % {"minutes": minutes}
