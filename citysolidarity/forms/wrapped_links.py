"""Links that lead through a mail filter or a counter of clicks, which write the page's own address into theirs.

Such a link, copied out of a mailbox, may hold the address of its reader; it stops working with the filter; and nobody
sees where it leads.
"""

import base64
import binascii
import re
from urllib.parse import parse_qs, unquote, urlsplit

# What the host's name ends with, what its path begins with, and the parameters one of which holds the page.
WRAPPERS = (
    ("safelinks.protection.outlook.com", "/", ("url",)),
    ("safelinks.protection.office365.us", "/", ("url",)),
    ("safelinks.protection.partner.outlook.cn", "/", ("url",)),
    ("teams.cdn.office.net", "/evergreen-assets/safelinks", ("url",)),
    ("linkprotect.cudasvc.com", "/url", ("a",)),
    ("clicktime.symantec.com", "/", ("u",)),
    ("clicktime.cloud.postoffice.net", "/", ("u",)),
    ("trendmicro.com", "/wis/clicktime", ("url",)),
    ("fireeye.com", "/", ("u",)),
    ("facebook.com", "/l.php", ("u",)),
    ("facebook.com", "/flx/warn", ("u",)),
    ("l.instagram.com", "/", ("u",)),
    ("l.messenger.com", "/", ("u",)),
    ("l.threads.com", "/", ("u",)),
    ("linkedin.com", "/redir/redirect", ("url",)),
    ("linkedin.com", "/safety/go", ("url",)),
    ("youtube.com", "/redirect", ("q",)),
    ("vk.com", "/away.php", ("to",)),
    ("slack-redir.net", "/link", ("url",)),
    ("deref-gmx.net", "/mail/client", ("redirectUrl",)),
    ("deref-gmx.com", "/mail/client", ("redirectUrl",)),
    ("deref-web.de", "/mail/client", ("redirectUrl",)),
    ("deref-mail.com", "/mail/client", ("redirectUrl",)),
    ("duckduckgo.com", "/l/", ("uddg",)),
    ("t.umblr.com", "/redirect", ("z",)),
    ("out.reddit.com", "/", ("url",)),
    ("steamcommunity.com", "/linkfilter", ("u", "url")),
)
GOOGLE = re.compile(r"(?:^|\.)google\.[a-z]{2,3}(?:\.[a-z]{2})?$")
# They keep the page's address to themselves, or seal it.
SEALED = (
    ("mimecast.com", "/"),
    ("mimecastprotect.com", "/"),
    ("protection.sophos.com", "/"),
    ("secure-web.cisco.com", "/"),
    ("cloudmark.com", "/"),
    ("emailprotection.link", "/"),
    ("spamtitan.com", "/"),
    ("urlsand.esvalabs.com", "/"),
    ("avanan.click", "/v2/"),
    ("protect.checkpoint.com", "/v2/"),
    ("ctrlmail.com", "/"),
    ("list-manage.com", "/track/click"),
    ("sendgrid.net", "/ls/click"),
)
V3 = re.compile(r"/v3/__(.+?)__;([\w-]*)!")
BETWEEN_STROKES = re.compile(r"/v2/(?:r\d\d/)?___(https?:.+?)___\.", re.IGNORECASE)
DEEPEST = 4  # a filter may stand behind another


class SealedLink(ValueError):
    """A wrapper's address, out of which the page cannot be read."""


def unwrapped(address: str) -> str:
    """The address of the page that a link leads to: the address itself, unless it is a wrapper's.

    Raises SealedLink where the page cannot be read out of it; ValueError where the address is none.
    """
    for _layer in range(DEEPEST):
        inner = inner_address(address)
        if not inner:
            return address
        address = inner
    return address


def inner_address(address: str) -> str:
    """What a wrapper holds; "" where the address is no wrapper's."""
    parts = urlsplit(address)
    host, path = (parts.hostname or "").rstrip("."), parts.path or "/"
    for end, read in READERS:
        if ends(host, end) and (inner := read(parts, address)):
            return inner
    if GOOGLE.search(host) and path == "/url":
        return held_in(parts.query, ("q", "url"))
    if GOOGLE.search(host) and path.startswith("/amp/s/"):
        return f"https://{path.removeprefix('/amp/s/')}"
    for end, start, names in WRAPPERS:
        if ends(host, end) and path.startswith(start) and not parse_qs(parts.query).keys().isdisjoint(names):
            return held_in(parts.query, names)
    if len(path) > 1 and any(ends(host, end) and path.startswith(start) for end, start in SEALED):
        raise SealedLink(host)
    return ""


def ends(host: str, end: str) -> bool:
    return host == end or host.endswith(f".{end}")


def held_in(query: str, names: tuple[str, ...]) -> str:
    values = parse_qs(query)
    return page_of(next((values[name][0] for name in names if name in values), ""))


def page_of(address: str) -> str:
    if not re.match(r"https?://", address, re.IGNORECASE):
        raise SealedLink(address[:40])
    return address


def of_base64(text: str) -> str:
    try:
        return page_of(base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_").decode())
    except (binascii.Error, ValueError) as error:
        raise SealedLink(text[:40]) from error


def proofpoint(parts, address: str) -> str:
    """Versions 1 and 2 write other signs for "%" and "/", version 3 keeps those that it replaced in base64."""
    if parts.path.startswith("/v1/"):
        return held_in(parts.query, ("u",))
    if parts.path.startswith("/v2/"):
        typed = parse_qs(parts.query).get("u", [""])[0]
        return page_of(unquote(typed.translate(str.maketrans("-_", "%/"))))
    if not parts.path.startswith("/v3/"):
        return ""
    found = V3.search(address)
    if not found:
        raise SealedLink(parts.path[:40])
    return page_of(with_what_was_replaced(found[1], found[2]))


LENGTHS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def with_what_was_replaced(address: str, kept: str) -> str:
    """A star stands for the next character kept, two stars and a letter for as many as the letter says, from 2."""
    try:
        replaced = base64.b64decode(kept + "=" * (-len(kept) % 4), altchars=b"-_").decode()
    except (binascii.Error, ValueError) as error:
        raise SealedLink(kept[:40]) from error
    at = 0

    def taken(match: re.Match) -> str:
        nonlocal at
        count = 1 if match[0] == "*" else LENGTHS.index(match[1]) + 2
        at += count
        return replaced[at - count : at]

    written = re.sub(r"\*(?:\*([\w-]))?", taken, address)
    # A server may have written one stroke of "https://" for two.
    return re.sub(r"^(https?:/)(?!/)", r"\1/", written)


def between_strokes(_parts, address: str) -> str:
    found = BETWEEN_STROKES.search(address)
    return page_of(unquote(found[1])) if found else ""


def of_cisco(parts, _address: str) -> str:
    _signature, found, rest = parts.path.partition("/http")
    return page_of(unquote(f"http{rest}")) if found else ""


def of_sophos(parts, _address: str) -> str:
    return of_base64(parse_qs(parts.query).get("u", [""])[0])


def of_bing(parts, _address: str) -> str:
    if not parts.path.startswith("/ck/a"):
        return ""
    return of_base64(parse_qs(parts.query).get("u", [""])[0].removeprefix("a1"))


# Wrappers that write the address in a way of their own, by what their host's name ends with.
READERS = (
    ("urldefense.com", proofpoint),
    ("urldefense.us", proofpoint),
    ("urldefense.proofpoint.com", proofpoint),
    ("avanan.click", between_strokes),
    ("protect.checkpoint.com", between_strokes),
    ("secure-web.cisco.com", of_cisco),
    ("protection.sophos.com", of_sophos),
    ("bing.com", of_bing),
)
