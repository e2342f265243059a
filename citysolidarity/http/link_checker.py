"""Check whether a URL still answers, without ever connecting to a private network."""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

from citysolidarity.http.host_names import in_ascii

DEADLINE = 30  # seconds for a whole look, redirects included
TIMEOUT = 15  # seconds for each step of it
HOPS = 5  # redirects followed; browsers follow twenty, and no honest page needs more than five
# Where websites are served. Elsewhere other things listen, which are not to be knocked at in our name.
PORTS = {80, 443, 8080, 8443}
PERMANENT = {301, 308}
REDIRECTS = PERMANENT | {302, 303, 307}
# Servers that do not support HEAD answer it with one of these.
GET_INSTEAD = {400, 403, 404, 405, 406, 500, 501}

type Resolve = Callable[[str, int], list[str]]


class Outcome(StrEnum):
    WORKS = "works"
    MOVED = "moved"  # works, at another address for good
    GONE = "gone"  # 404 or 410
    CLOSED = "closed"  # there, but not for us: 401, 403, 429 and the like say nothing about readers
    FAILING = "failing"  # the server's own fault: 5xx
    UNREACHABLE = "unreachable"  # no such host, no answer, no valid certificate
    FORBIDDEN = "forbidden"  # leads into a private network: never asked

    @property
    def is_broken(self) -> bool:
        return self in {Outcome.GONE, Outcome.FAILING, Outcome.UNREACHABLE, Outcome.FORBIDDEN}


@dataclass(frozen=True)
class LinkStatus:
    """``status`` is None where nothing answered; ``retry_after`` is in seconds."""

    outcome: Outcome
    status: int | None = None
    moved_to: str = ""
    retry_after: int = 0


class PrivateAddress(OSError):
    pass


def public_addresses(host: str, port: int) -> list[str]:
    """The host's IP addresses; PrivateAddress if any is not global (RFC 6890) or the port is no website's.

    OSError if there is none.
    """
    if port not in PORTS:
        raise PrivateAddress(f"{host} is asked for at port {port}")
    addresses = [entry[4][0] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for address in addresses:
        ip = ipaddress.ip_address(address.split("%")[0])
        for judged in [ip, *embedded(ip)]:
            if not judged.is_global or judged.is_multicast or getattr(judged, "is_site_local", False):
                raise PrivateAddress(f"{host} leads to {judged}")
    return addresses


# Where the four bytes of an IPv4 address stand in an IPv6 address of these networks (RFC 4291, 2765, 6052, 8215, 3056).
EMBEDDING = {
    ipaddress.ip_network("::/96"): 12,
    ipaddress.ip_network("::ffff:0:0/96"): 12,
    ipaddress.ip_network("::ffff:0:0:0/96"): 12,
    ipaddress.ip_network("64:ff9b::/96"): 12,
    ipaddress.ip_network("64:ff9b:1::/48"): 12,
    ipaddress.ip_network("2002::/16"): 2,
}
ISATAP = (b"\0\0\x5e\xfe", b"\2\0\x5e\xfe")  # in any network (RFC 5214)


def embedded(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> list[ipaddress.IPv4Address]:
    """The IPv4 addresses to which a translator or a tunnel might carry this one."""
    if ip.version == 4:
        return []
    found = [ip.packed[at : at + 4] for network, at in EMBEDDING.items() if ip in network]
    if ip.packed[8:12] in ISATAP:
        found.append(ip.packed[12:])
    return [*map(ipaddress.IPv4Address, found), *(ip.teredo or ())]


def check_url(url: str, resolve: Resolve = public_addresses) -> LinkStatus:
    """Request a URL and follow its redirects; the host of every hop is resolved and checked.

    We connect to the IP that was checked, so that a second DNS answer cannot lead elsewhere (DNS rebinding).
    """
    current, moved_to, until = url, "", time.monotonic() + DEADLINE
    try:
        for _hop in range(HOPS + 1):
            status, headers = request("HEAD", current, resolve, until)
            if status in GET_INSTEAD:
                status, headers = request("GET", current, resolve, until)
            if status not in REDIRECTS or not headers.get("location"):
                outcome = outcome_of(status, moved=bool(moved_to))
                return LinkStatus(outcome, status, moved_to, seconds_of(headers.get("retry-after", "")))
            current = urljoin(current, headers["location"])
            if status in PERMANENT:
                moved_to = current
    except ssl.SSLError:  # first, because a refused certificate is a ValueError as well
        return LinkStatus(Outcome.UNREACHABLE)
    except (PrivateAddress, ValueError):
        return LinkStatus(Outcome.FORBIDDEN)
    except (OSError, http.client.HTTPException):
        return LinkStatus(Outcome.UNREACHABLE)
    return LinkStatus(Outcome.UNREACHABLE)


def outcome_of(status: int, *, moved: bool) -> Outcome:
    if status < 300:
        return Outcome.MOVED if moved else Outcome.WORKS
    if status in {404, 410}:
        return Outcome.GONE
    return Outcome.FAILING if status >= 500 else Outcome.CLOSED


def seconds_of(value: str) -> int:
    """The seconds in a Retry-After header, at most 3600; 0 where it holds a date or nothing."""
    return min(int(value), 3600) if value.isascii() and value.isdigit() else 0


def request(method: str, url: str, resolve: Resolve, until: float) -> tuple[int, dict[str, str]]:
    """Status and headers (names in lower case), without the body; ValueError for anything but an http or https URL.

    A server that sends a byte now and then is cut off at the moment ``until``, by the monotonic clock.
    """
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
        raise ValueError(url)
    host, port = in_ascii(parts.hostname), parts.port or (443 if parts.scheme == "https" else 80)
    connection = CheckedConnection(host, port, resolve(host, port)[0], until, secure=parts.scheme == "https")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"User-Agent": f"CitiesOfSolidarity link check (+{settings.SITE_URL})", "Accept": "*/*"}
    cut = threading.Timer(max(0.0, until - time.monotonic()), connection.cut)
    cut.daemon = True
    cut.start()
    try:
        connection.request(method, iri_to_uri(target), headers=headers)
        response = connection.getresponse()
        if time.monotonic() >= until:  # what was cut off reads like an end
            raise TimeoutError(url)
        return response.status, {name.lower(): value for name, value in response.getheaders()}
    finally:
        cut.cancel()
        connection.close()


class CheckedConnection(http.client.HTTPConnection):
    """Connects to an IP address that was checked, and sends the host's name."""

    def __init__(self, host: str, port: int, address: str, until: float, *, secure: bool):
        super().__init__(host, port, timeout=max(0.01, min(TIMEOUT, until - time.monotonic())))
        self.address, self.secure = address, secure
        self.default_port = 443 if secure else 80

    def connect(self):
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)

    def cut(self) -> None:
        """End whatever waits for the server, from another thread."""
        with suppress(OSError):
            if self.sock is not None:
                self.sock.shutdown(socket.SHUT_RDWR)
