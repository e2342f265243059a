"""A first hint for curators from the domain of a mailbox. It decides nothing: evidence does."""

import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.scripts import scripts_of
from citysolidarity.http.host_names import as_read, in_ascii
from citysolidarity.mail.domains import FREE_PROVIDERS, at_domain, domain_of, is_free, is_public_suffix

MEANINGS = {
    "official": _("Official domain of the city"),
    "free": _("Free provider: anyone can create an e-mail address there"),
    "look-alike": _("Looks like %(like)s, but is not"),
    "mixed": _("Mixes alphabets, like a fake address"),
    "other": _("Other domain"),
    "unrecorded": _("No official domain is recorded to compare it with"),
    "none": _("No e-mail address"),
}
# Letters that look like Latin ones, each before its twin: a selection of Unicode's confusables (UTS 39) from Cyrillic,
# from Greek, and from Latin letters and digits. Accents are removed before.
CONFUSABLE = str.maketrans(
    dict(
        """
        аa еe оo рp сc уy хx іi јj ѕs ԁd һh кk мm тt вb нh гr пn ӏl ԛq ԝw ѵv
        οo αa εe νv ιi ρp τt υu κk χx γy ωw σo
        0o 1l il ıl ßb łl øo đd
        """.split()
    )
)
PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))


@dataclass(frozen=True)
class Mailbox:
    """``code`` is a key of MEANINGS, ``domain`` is in punycode, and ``like`` is the domain that it resembles.

    ``shown`` is the domain as people read it, where that differs.
    """

    code: str
    domain: str = ""
    shown: str = ""
    like: str = ""

    @property
    def meaning(self) -> str:
        return MEANINGS[self.code] % {"like": self.like}


def mailbox_of(address: str, official: str) -> Mailbox:
    """Compare the domain of an e-mail address with a city's recorded official domain; either may be ""."""
    domain, wanted = domain_of(address), in_ascii(official)
    if wanted and is_public_suffix(wanted):
        wanted = ""  # recorded by mistake: all councils of a country share it
    if not domain:
        return Mailbox("none")
    shown = as_read(domain)
    facts = {"domain": domain, "shown": shown if shown != domain else ""}
    # First, as for evidence: a free provider that is recorded as official proves nothing.
    if is_free(domain):
        return Mailbox("free", **facts)
    if at_domain(domain, wanted):
        return Mailbox("official", **facts)
    if like := resembled(domain, wanted):
        return Mailbox("look-alike", like=like, **facts)
    if mixes_alphabets(shown):
        return Mailbox("mixed", **facts)
    return Mailbox("other" if wanted else "unrecorded", **facts)


def resembled(domain: str, official: str) -> str:
    """The official domain, or a free provider, that a reader could take this domain for; "" where there is none."""
    end = ".".join(domain.split(".")[-len(official.split(".")) :])  # as many labels as the official one has
    if official and (
        f".{official}." in f".{domain}."  # amman.jo.example.org
        or official.replace(".", "-") in domain  # amman-jo.org
        or one_typo_apart(skeleton(end), skeleton(official))
    ):
        return official
    return FREE_SKELETONS.get(skeleton(domain), "")


def skeleton(domain: str) -> str:
    """The same text for all domains that look alike."""
    letters = unicodedata.normalize("NFKD", as_read(domain))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    bare = bare.lower().translate(CONFUSABLE)
    for pair, letter in PAIRS:
        bare = bare.replace(pair, letter)
    return bare


def one_typo_apart(word: str, other: str) -> bool:
    """Whether at most one letter is changed, added, left out, or swapped with the next."""
    if word == other:
        return True
    short, long = sorted((word, other), key=len)
    same = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(long) - len(short) == 1:
        return short[same:] == long[same + 1 :]
    if len(long) != len(short):
        return False
    swapped = short[same : same + 2] == long[same : same + 2][::-1] and short[same + 2 :] == long[same + 2 :]
    return short[same + 1 :] == long[same + 1 :] or swapped


def mixes_alphabets(shown: str) -> bool:
    return any(len(scripts_of(label)) > 1 for label in shown.split("."))


FREE_SKELETONS = {skeleton(provider): provider for provider in sorted(FREE_PROVIDERS)}
