"""Domains of e-mail addresses and web pages: whether they are official, and whether anyone can get an address there."""

from functools import cache
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

from citysolidarity.http.host_names import in_ascii

# Providers where anyone can open a mailbox; a name below one of them counts too.
FREE_PROVIDERS = frozenset(
    """
    gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com ymail.com rocketmail.com aol.com
    icloud.com me.com mac.com proton.me protonmail.com pm.me tutanota.com tuta.com mail.com email.com zoho.com
    gmx.com gmx.de gmx.net gmx.at gmx.ch web.de freenet.de t-online.de posteo.de mailbox.org fastmail.com hey.com
    orange.fr wanadoo.fr free.fr laposte.net sfr.fr hotmail.fr yahoo.fr outlook.fr live.fr skynet.be telenet.be
    libero.it virgilio.it tiscali.it alice.it hotmail.it yahoo.it hotmail.es yahoo.es outlook.es terra.com.br
    uol.com.br bol.com.br hotmail.com.br yahoo.com.br yahoo.com.mx yahoo.com.ar hotmail.co.uk yahoo.co.uk
    btinternet.com sky.com wp.pl o2.pl onet.pl interia.pl seznam.cz centrum.cz abv.bg ukr.net mail.ru yandex.ru
    yandex.com bk.ru list.ru inbox.ru rambler.ru qq.com 163.com 126.com sina.com naver.com daum.net hanmail.net
    yahoo.co.jp yahoo.co.in rediffmail.com yahoo.co.id yahoo.com.ph maktoob.com windowslive.com
    """.split()
)

GMAIL = ("gmail.com", "googlemail.com")


def domain_of(address: str) -> str:
    """The domain of an e-mail address, in lower case and in ASCII (punycode), so that look-alikes show."""
    return in_ascii(address.rpartition("@")[2])


def mailbox_key(address: str) -> str:
    """One text for all addresses of a mailbox: capitals, sub-addresses (RFC 5233) and Gmail's dots lead to the same."""
    name, _at, domain = address.strip().lower().rpartition("@")
    domain = in_ascii(domain)
    name = name.partition("+")[0] or name
    if domain in GMAIL:
        name, domain = name.replace(".", "") or name, GMAIL[0]
    return f"{name}@{domain}"


def host_of(url: str) -> str:
    """The host of a URL, in lower case and in ASCII; "" where there is none."""
    try:
        return in_ascii(urlsplit(url).hostname or "")
    except ValueError:
        return ""


@cache
def public_suffixes() -> PublicSuffixList:
    """The list of publicsuffix.org that comes with the package; nothing is fetched."""
    return PublicSuffixList()


def is_public_suffix(domain: str) -> bool:
    """Whether strangers can have names right below it, as below "com", "gov.uk" or "github.io"."""
    return public_suffixes().is_public(in_ascii(domain))


def at_domain(domain: str, official: str) -> bool:
    """Whether ``domain`` is ``official`` or a subdomain, in whichever way each is written.

    False where ``official`` is "", or a public suffix, which would let strangers in.
    """
    name, wanted = in_ascii(domain), in_ascii(official)
    return "." in wanted and is_within(name, wanted) and not is_public_suffix(wanted)


def is_within(name: str, domain: str) -> bool:
    return name == domain or name.endswith("." + domain)


def is_free(domain: str) -> bool:
    name = in_ascii(domain)
    return any(is_within(name, provider) for provider in FREE_PROVIDERS)
