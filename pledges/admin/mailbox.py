"""What the domain of a signer's mailbox tells a curator at first sight. It decides nothing: evidence does."""

import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from pledges.mailboxes import FREE_PROVIDERS, at_domain, domain_of, in_ascii, is_free

MEANINGS = {
    "official": _("Official domain of the city"),
    "free": _("Free mail: anyone can open such a mailbox"),
    "look-alike": _("Looks like %(like)s, and is not"),
    "mixed": _("Mixes alphabets, as look-alikes do"),
    "other": _("Other domain"),
    "unrecorded": _("No official domain is recorded to compare it with"),
    "none": _("No mailbox"),
}
# What a reader takes for a Latin letter: a selection of Unicode's confusables (UTS 39), each beside its twin.
# Cyrillic, then Greek, then what looks alike among Latin letters and digits. Accents are taken off before.
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
    """A verdict on a domain: ``code`` is a key of MEANINGS.

    ``domain`` is what computers send (punycode), ``shown`` what people read where that differs, and ``like`` the
    domain it resembles.
    """

    code: str
    domain: str = ""
    shown: str = ""
    like: str = ""

    @property
    def meaning(self) -> str:
        """The verdict in words."""
        return MEANINGS[self.code] % {"like": self.like}


def mailbox_of(address: str, official: str) -> Mailbox:
    """Compares the domain of a mail address ("" where there is none) with a city's recorded official domain or ""."""
    domain, wanted = domain_of(address), in_ascii(official)
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


def as_read(domain: str) -> str:
    """A domain with its punycode labels as people see them; a label that can't be read stays as it is."""
    labels = []
    for label in domain.split("."):
        try:
            labels.append(label.encode("ascii").decode("idna"))
        except UnicodeError:
            labels.append(label)
    return ".".join(labels)


def resembled(domain: str, official: str) -> str:
    """The official domain, or a free provider, that a reader could take this domain for; "" where there is none."""
    if official and (
        f".{official}." in f".{domain}."  # amman.jo.example.org
        or official.replace(".", "-") in domain  # amman-jo.org
        or one_slip_apart(skeleton(tail(domain, official)), skeleton(official))
    ):
        return official
    return FREE_SKELETONS.get(skeleton(domain), "")


def tail(domain: str, official: str) -> str:
    """The last labels of a domain, as many as the official one has."""
    return ".".join(domain.split(".")[-len(official.split(".")) :])


def skeleton(domain: str) -> str:
    """What is left of a domain when everything that looks alike is made the same."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", as_read(domain)) if not unicodedata.combining(one))
    bare = bare.lower().translate(CONFUSABLE)
    for pair, one in PAIRS:
        bare = bare.replace(pair, one)
    return bare


def one_slip_apart(one: str, other: str) -> bool:
    """Whether two words are the same but for at most one letter: changed, added, left out, or swapped with the next."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    same = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(long) - len(short) == 1:
        return short[same:] == long[same + 1 :]
    if len(long) != len(short):
        return False
    swapped = short[same : same + 2] == long[same : same + 2][::-1] and short[same + 2 :] == long[same + 2 :]
    return short[same + 1 :] == long[same + 1 :] or swapped


def mixes_alphabets(shown: str) -> bool:
    """Whether one label of a domain has letters of two alphabets."""
    return any(
        len({unicodedata.name(letter, "?").partition(" ")[0] for letter in label if letter.isalpha()}) > 1
        for label in shown.split(".")
    )


FREE_SKELETONS = {skeleton(provider): provider for provider in sorted(FREE_PROVIDERS)}
