"""What caches may keep that many visitors share: a CDN, or a proxy on the way (docs/operate.md, "A CDN in front").

What is withdrawn, hidden or erased is gone from every surface within five minutes (product.md, "Signature"), and no cache
is ever asked to purge: the site says for how long each may give what it has. An answer may pass two of them that do not
tell each other its age, as nginx does not: the shared one and the browser's. So the seconds of both are added up, and
what a replica may lack (REPLICA_LAG_SECONDS). tests/citysolidarity/caching/test_shared.py adds up each answer's own.
"""

from django.conf import settings

# Where the site is slow or away: so long after that an answer may still be given while another is fetched, or cannot be.
STALE = {"stale_while_revalidate": 30, "stale_if_error": 75}
# Of files, feeds and pictures that belong to no page.
FILE_SECONDS = 60
FILE_RULES = {"public": True, "max_age": FILE_SECONDS, **STALE}
PERSONAL = "private, no-cache"


def said(rules: dict) -> str:
    """The value of Cache-Control for rules written as Django's cache_control takes them."""
    words = {name.replace("_", "-"): value for name, value in rules.items()}
    return ", ".join(name if value is True else f"{name}={value}" for name, value in words.items())


FILE = said(FILE_RULES)


def of_page(*, for_curator: bool) -> str:
    """Browsers ask before each use. Shared caches need not, where CDN_SECONDS says so; curators see at once what they saved."""
    if not settings.CDN_SECONDS:
        return "no-cache"
    if for_curator:
        return PERSONAL
    return said({"public": True, "max_age": 0, "s_maxage": settings.CDN_SECONDS, **STALE})
