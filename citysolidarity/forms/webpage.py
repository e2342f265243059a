"""The address of a public web page: complete, reachable by everybody, and without look-alike letters."""

import ipaddress
import unicodedata
from urllib.parse import quote, urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.bounds import passes, refuse_beyond
from citysolidarity.forms.scripts import scripts_of
from citysolidarity.forms.visible import visible
from citysolidarity.forms.wrapped_links import SealedLink, unwrapped
from citysolidarity.http.host_names import label_as_read

LONGEST = 500  # characters
LONGEST_TYPED = 4_000  # a mail filter makes a short address long
# Names that mean the reader's own machine or network (RFC 6761, RFC 6762, RFC 8375).
LOCAL = (".localhost", ".local", ".internal", ".lan", ".home.arpa", ".intranet", ".corp")
# Small letters of other scripts that are drawn like Latin ones; a name made of these alone pretends to be Latin.
LOOK_ALIKE = frozenset("асеорхуіјѕһԁԛԝӏονρυα")
is_url = URLValidator(schemes=["http", "https"])

SENTENCES = {
    "long": _("The web address is too long. Is there a shorter one?"),
    "scheme": _("A web address begins with https:// or http://, but this one does not"),
    "user": _("This web address contains a name before an @. Enter it without that"),
    "private": _("This web address leads to a single computer or a private network that readers cannot open"),
    "alike": _("The name of this website mixes letters that look alike in different scripts. Please type it by hand"),
    "sealed": _(
        "This link goes through an e-mail filter that hides the page. Open it, and copy the address that the "
        "browser then shows"
    ),
    "wrong": _("Enter the address of a web page, for example https://www.city.example/decision"),
}


class WebPageField(forms.CharField):
    """``missing`` is the sentence for an empty one. An address without a scheme becomes https."""

    def __init__(self, *, missing="", longest: int = LONGEST, **kwargs):
        attrs = {"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}
        messages = {"required": missing} if missing else {}
        super().__init__(widget=forms.TextInput(attrs), error_messages=messages, **kwargs)
        self.longest = longest

    def clean(self, value):
        typed = self.to_python(value)
        self.validate(typed)
        if not typed:
            return ""
        return page_address(typed, self.longest)


def page_address(typed: str, longest: int = LONGEST) -> str:
    """The address of a page as it is stored: complete, without blanks, and the page's own rather than a mail filter's.

    Raises ValidationError with a code of SENTENCES.
    """
    refuse_beyond(typed, LONGEST_TYPED, SENTENCES["long"])
    address = written_out(visible(typed))
    try:
        address = written_out(unwrapped(address))
    except SealedLink:
        raise ValidationError(SENTENCES["sealed"], code="sealed") from None
    except ValueError:
        raise ValidationError(SENTENCES["wrong"], code="wrong") from None
    if code := wrong_with(address, longest):
        raise ValidationError(SENTENCES[code], code=code)
    return address


def written_out(typed: str) -> str:
    """An address with its scheme, in small letters, and with its blanks encoded; what wrapped its line is left out."""
    bare = "".join(typed.split("\n")).replace("\r", "").strip().strip("<>\"'«»“”").strip()
    whole = bare if has_scheme(bare) else f"https://{bare}"
    scheme, colon, rest = whole.partition(":")
    rest = "".join(quote(mark) if mark.isspace() else mark for mark in rest)
    return f"{scheme.lower()}{colon}{rest}"


def has_scheme(typed: str) -> bool:
    """True for ``javascript:…``, False for ``city.example:8080/x``."""
    head, colon, rest = typed.partition(":")
    return bool(colon and head.replace("+", "").replace("-", "").isalnum() and not rest[:1].isdecimal())


def wrong_with(address: str, longest: int = LONGEST) -> str:
    """The key in SENTENCES of the first thing that is wrong, or ""."""
    if len(address) > longest:
        return "long"
    try:
        parts = urlsplit(address)
        host, _port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return "wrong"
    checks = {
        "scheme": lambda: parts.scheme not in ("http", "https"),
        "user": lambda: "@" in parts.netloc,
        "private": lambda: is_private(host),
        "alike": lambda: any(map(is_disguised, labels(host))),
        "wrong": lambda: not passes(is_url, address) or "." not in parts.netloc,
    }
    return next((code for code, is_wrong in checks.items() if is_wrong()), "")


def is_private(host: str) -> bool:
    """Whether a host is this machine, has no public name, or is given as a number."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        # Browsers read 127.1, 2130706433 and 0x7f.1 as numbers, too.
        last = host.rpartition(".")[2].lower()
        is_number = last.isdecimal() or last.startswith("0x")
        return is_number or f".{host.lower()}".endswith(LOCAL)
    return True


def labels(host: str) -> list[str]:
    """The parts of a host's name as browsers show them: punycode is decoded."""
    shown = unicodedata.normalize("NFKC", host).split(".")
    return [label_as_read(label) if label.startswith("xn--") else label for label in shown]


def is_disguised(label: str) -> bool:
    return len(scripts_of(label)) > 1 or (not label.isascii() and LOOK_ALIKE.issuperset(filter(str.isalpha, label)))
