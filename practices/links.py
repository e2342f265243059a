"""Whether an address on the web still answers: asked politely, and never inside our own network."""

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urljoin, urlsplit

from django.conf import settings

TIMEOUT = 15  # seconds for each step of an answer
HOPS = 5  # redirects followed, as most browsers follow twenty and no honest page needs more than five
PERMANENT = {301, 308}
REDIRECTS = PERMANENT | {302, 303, 307}
# Servers that know no HEAD, or answer it otherwise than GET.
ASK_AGAIN = {400, 403, 404, 405, 406, 500, 501}

type Resolve = Callable[[str, int], list[str]]


class Outcome(StrEnum):
    """What a look at an address found."""

    WORKS = "works"
    MOVED = "moved"  # works, at another address for good
    GONE = "gone"  # 404 or 410
    CLOSED = "closed"  # there, but not for us: 401, 403, 429 and the like say nothing about readers
    FAILING = "failing"  # the server's own fault: 5xx
    UNREACHABLE = "unreachable"  # no such host, no answer, no valid certificate
    FORBIDDEN = "forbidden"  # leads into a private network: never asked

    @property
    def is_broken(self) -> bool:
        """Whether a reader would not get there either."""
        return self in {Outcome.GONE, Outcome.FAILING, Outcome.UNREACHABLE, Outcome.FORBIDDEN}


@dataclass(frozen=True)
class Look:
    """The outcome, the last status (None where nothing answered), where it moved to, and seconds to wait."""

    outcome: Outcome
    status: int | None = None
    moved_to: str = ""
    retry_after: int = 0


class PrivateAddress(OSError):
    """The host is not on the public internet."""


def public_addresses(host: str, port: int) -> list[str]:
    """The host's IP addresses; PrivateAddress if any is not global (RFC 6890), OSError if there is none."""
    found = [entry[4][0] for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    for address in found:
        ip = ipaddress.ip_address(address.split("%")[0])
        # An IPv4 address in IPv6's clothes is judged as what it is.
        ip = getattr(ip, "ipv4_mapped", None) or ip
        if not ip.is_global or ip.is_multicast:
            raise PrivateAddress(f"{host} leads to {ip}")
    return found


def look(url: str, resolve: Resolve = public_addresses) -> Look:
    """Asks for an address and follows its redirects; every hop is resolved and checked anew.

    The connection goes to the very IP that was checked, so that a name can't change its mind in between.
    """
    asked, moved_to = url, ""
    try:
        for _hop in range(HOPS + 1):
            status, headers = answer(asked, resolve)
            if status not in REDIRECTS or not headers.get("location"):
                return Look(
                    judged(status, moved=bool(moved_to)), status, moved_to, waiting(headers.get("retry-after", ""))
                )
            asked = urljoin(asked, headers["location"])
            if status in PERMANENT:
                moved_to = asked
    except (PrivateAddress, ValueError):
        return Look(Outcome.FORBIDDEN)
    except (OSError, http.client.HTTPException):
        return Look(Outcome.UNREACHABLE)
    return Look(Outcome.UNREACHABLE)


def judged(status: int, *, moved: bool) -> Outcome:
    """What a final status says."""
    if status < 300:
        return Outcome.MOVED if moved else Outcome.WORKS
    if status in {404, 410}:
        return Outcome.GONE
    return Outcome.FAILING if status >= 500 else Outcome.CLOSED


def waiting(value: str) -> int:
    """Seconds of a Retry-After header, at most an hour; 0 where it gives a date or nothing."""
    return min(int(value), 3600) if value.isascii() and value.isdigit() else 0


def answer(url: str, resolve: Resolve) -> tuple[int, dict[str, str]]:
    """Status and headers (names in lower case) by HEAD, or by GET where HEAD is not understood."""
    status, headers = request("HEAD", url, resolve)
    if status in ASK_AGAIN:
        status, headers = request("GET", url, resolve)
    return status, headers


def request(method: str, url: str, resolve: Resolve) -> tuple[int, dict[str, str]]:
    """One request; the body is never read. ValueError for an address that is none of the web."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
        raise ValueError(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    connection = Checked(parts.hostname, port, resolve(parts.hostname, port)[0], secure=parts.scheme == "https")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"User-Agent": f"CitiesOfSolidarity link check (+{settings.SITE_URL})", "Accept": "*/*"}
    try:
        connection.request(method, quoted(target), headers=headers)
        found = connection.getresponse()
        return found.status, {name.lower(): value for name, value in found.getheaders()}
    finally:
        connection.close()


def quoted(target: str) -> str:
    """The target in ASCII, as a request line must be."""
    return "".join(mark if "!" <= mark <= "~" else "".join(f"%{byte:02X}" for byte in mark.encode()) for mark in target)


class Checked(http.client.HTTPConnection):
    """A connection to an IP that was checked, speaking the host's name."""

    def __init__(self, host: str, port: int, address: str, *, secure: bool):
        super().__init__(host, port, timeout=TIMEOUT)
        self.address, self.secure = address, secure
        self.default_port = 443 if secure else 80

    def connect(self):
        self.sock = socket.create_connection((self.address, self.port), self.timeout)
        if self.secure:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
