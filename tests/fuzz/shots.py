"""Odd requests, made from the site's own addresses and fields: what is right, and then bent a little or a lot."""

import random
from urllib.parse import quote, urlencode

TEXTS = (
    "", " ", "a", "0", "-1", "1e9", "99999999999999999999", "NaN", "null", "[]", "{}", "on", "\0", "\x0b", "\ufeff",
    "\u202e", "\u00ad", "\ud800", "ا", "語", "🏙️", "%00", "%ff", "%%%%", "'", '"', "<script>alert(1)</script>", "../../etc/passwd",
    "${7*7}", "{{7*7}}", "a@b.example", "@", "http://[::1", "http://127.0.0.1/", "javascript:1", "2018-02-30", "31", "02",
    "=1+1", "a" * 300, "a" * 3_000, "-" * 3_000, "ab " * 1_000, "\r\nX: y", "(", "\"open", "a OR b -c", "*:*", "\\",
)  # fmt: skip
HEADERS = (
    "Accept", "Accept-Encoding", "Accept-Language", "Content-Type", "Cookie", "If-Modified-Since", "If-None-Match", "Origin",
    "Range", "Referer", "Sec-Fetch-Site", "User-Agent", "X-Forwarded-For", "X-Requested-With",
)  # fmt: skip
# What some addresses give another answer for; half of these headers say one of them.
KNOWN = {
    "Accept": (
        "text/markdown", "application/ld+json", "application/json", "text/html;q=0.1, text/markdown;q=0.2", "*/*;q=x", "text/*",
    ),
    "Accept-Encoding": ("gzip", "br", "zstd;q=0", "*;q=0", "identity;q=0"),
    "Accept-Language": ("ar", "fr-CA, pt;q=0.9", "xx;q=2"),
    "If-None-Match": ("*", '"0"', 'W/"x", "y"'),
    "Range": ("bytes=0-9", "bytes=9-0", "bytes=-5", "bytes=999999999-"),
}  # fmt: skip
METHODS = ("GET", "GET", "GET", "HEAD", "POST", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE")


def shot(paths: list[str], fields: list[str], random: random.Random) -> tuple[str, str, dict[str, str], bytes | None]:
    """``(method, target, headers, body)``"""
    path = bent(random.choice(paths), random) if random.random() < 0.4 else random.choice(paths)
    method = random.choice(METHODS)
    if random.random() < 0.6:
        path += ("&" if "?" in path else "?") + urlencode(some(fields, random), errors="surrogatepass")
    headers = {}
    for name in random.sample(HEADERS, random.choice((0, 0, 1, 2))):
        texts = KNOWN[name] if name in KNOWN and random.random() < 0.5 else TEXTS
        value = random.choice(texts)[:500].encode("utf-8", "surrogatepass").decode("latin-1")
        headers[name] = "".join(letter for letter in value if letter.isprintable())
    return method, path, headers, body(method, fields, headers, random)


def body(method, fields, headers, random) -> bytes | None:
    if method not in {"POST", "PUT", "PATCH"}:
        return None
    kind = random.random()
    if kind < 0.7:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return urlencode(some(fields, random, most=12), errors="surrogatepass").encode()
    if kind < 0.9:
        headers["Content-Type"] = random.choice(
            ("multipart/form-data; boundary=x", "multipart/form-data", "application/json")
        )
        parts = (
            f'--x\r\nContent-Disposition: form-data; name="{name}"{random.choice(("", "; filename=a.png"))}\r\n\r\n{value}\r\n'
            for name, value in some(fields, random)
        )
        return ("".join(parts) + random.choice(("--x--\r\n", "", "--x"))).encode("utf-8", "surrogatepass")
    return random.randbytes(random.choice((0, 1, 100, 5_000)))


def some(fields, random, most: int = 4) -> list[tuple[str, str]]:
    names = [random.choice(fields) if random.random() < 0.9 else random.choice(TEXTS)[:50] for _ in range(most)]
    return [(name, random.choice(TEXTS)) for name in names[: random.randint(1, most)]]


def bent(path: str, random) -> str:
    """A part of the path replaced, cut, doubled or lengthened."""
    parts = path.split("/")
    at = random.randrange(len(parts))
    word = quote(random.choice(TEXTS)[:400].encode("utf-8", "surrogatepass"), safe="%")
    parts[at] = random.choice((word, parts[at] + word, parts[at][:-1], parts[at] * 2, parts[at].upper()))
    found = "/".join(parts)
    return found if found.startswith("/") else f"/{found}"
