"""The IP address of a visitor, behind as many proxies as the operator says (TRUSTED_PROXIES)."""

import ipaddress
import logging
import re
from functools import cache

from django.conf import settings
from django.http import HttpRequest

type Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Some balancers add the port: 198.51.100.9:4012, [2001:db8::1]:4012.
WITH_PORT = re.compile(r"\[([^\]]{0,60})\](?::\d{1,5})?|([\d.]{7,15}):\d{1,5}")

logger = logging.getLogger(__name__)


def visitor_address(request: HttpRequest) -> Address | None:
    """The address that the outermost trusted proxy saw; None, and a warning once, where it cannot be read.

    Each proxy adds to X-Forwarded-For whom it saw, and what stands before that anybody may have made up.
    """
    seen = [request.META.get("REMOTE_ADDR", "")]
    if settings.BEHIND_PROXY:
        seen = [*request.META.get("HTTP_X_FORWARDED_FOR", "").split(","), *seen]
        seen = seen[-settings.TRUSTED_PROXIES - 1 :]
        # A proxy that says nothing, as one that only checks the site's health.
        seen = [text for text in seen if text.strip()]
    found = read(seen[0]) if seen else None
    if found is None:
        warn_once()
    return found


def read(text: str) -> Address | None:
    text = text.strip().strip('"')
    if found := WITH_PORT.fullmatch(text):
        text = found[1] if found[1] is not None else found[2]
    try:
        ip = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(ip, "ipv4_mapped", None) or ip


@cache
def warn_once() -> None:
    logger.warning(
        "Requests come without an IP address that can be read, so visitors are not told apart by limits. Behind a "
        "proxy or a unix socket, set BEHIND_PROXY=1 and TRUSTED_PROXIES, and have the proxy set X-Forwarded-For."
    )
