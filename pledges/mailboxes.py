"""Domains of mail addresses and web pages: whose they are, as far as the name tells."""

from urllib.parse import urlsplit

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


def domain_of(address: str) -> str:
    """The domain of a mail address, in small letters and in ASCII (punycode) so that look-alikes show."""
    return in_ascii(address.rpartition("@")[2])


def host_of(url: str) -> str:
    """The host of a web address, in small letters and in ASCII; "" where there is none."""
    try:
        return in_ascii(urlsplit(url).hostname or "")
    except ValueError:
        return ""


def in_ascii(domain: str) -> str:
    """A domain as computers send it; one that can't be written so stays as it is and matches nothing official."""
    folded = domain.strip().strip(".").lower()
    try:
        return folded.encode("idna").decode("ascii")
    except UnicodeError:
        return folded


def at_domain(domain: str, official: str) -> bool:
    """Whether ``domain`` is the official one or a name below it; False where nothing official is recorded."""
    wanted = in_ascii(official)
    # A public suffix such as "gov" or "com" would let strangers in: a recorded domain has at least two labels.
    return "." in wanted and (domain == wanted or domain.endswith("." + wanted))


def is_free(domain: str) -> bool:
    """Whether anyone can open a mailbox at this domain."""
    return any(at_domain(domain, provider) for provider in FREE_PROVIDERS)
