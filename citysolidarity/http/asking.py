"""Asks the site in this process, as its proxy would: for copies of its pages."""

import io
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

# In the environ of what is asked here, where no header of a visitor can stand.
FROM_WITHIN = "citysolidarity.from_within"


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


@cache
def handler() -> WSGIHandler:
    return WSGIHandler()


def ask(address: str) -> Answer:
    """GET a path of the site, with its query if it has one."""
    site, asked = urlsplit(settings.SITE_URL), urlsplit(address)
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": asked.path,
        "QUERY_STRING": asked.query,
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": str(site.port or 443),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": site.netloc,
        "HTTP_X_FORWARDED_PROTO": site.scheme,
        "REMOTE_ADDR": "127.0.0.1",
        FROM_WITHIN: True,
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": io.BytesIO(),
    }
    told: list = []
    answer = handler()(environ, lambda status, headers: told.extend((status, dict(headers))))
    try:
        return Answer(int(told[0].split()[0]), told[1], b"".join(answer))
    finally:
        answer.close()
