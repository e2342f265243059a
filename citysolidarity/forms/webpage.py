"""The address of a public web page: complete, reachable by everybody, and no other than it looks."""

import ipaddress
import unicodedata
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.lines import DIRECTION, has_hidden, scripts_of

LONGEST = 500  # characters
# Names that mean the reader's own machine or network (RFC 6761, RFC 6762, RFC 8375).
LOCAL = (".localhost", ".local", ".internal", ".lan", ".home.arpa", ".intranet", ".corp")
# Small letters of other scripts that are drawn like Latin ones; a name made of these alone pretends to be Latin.
LOOK_ALIKE = frozenset("асеорхуіјѕһԁԛԝӏονρυα")
looks_right = URLValidator(schemes=["http", "https"])

SENTENCES = {
    "hidden": _("The address of the page holds characters that cannot be seen. Please type it."),
    "long": _("The address of the page is too long. Is there a shorter one?"),
    "scheme": _("The address of a page begins with https:// or http://; this one begins otherwise"),
    "user": _("This address holds a name before an @. Enter the address of the page without it"),
    "private": _("This address leads to a single computer or a private network, where readers cannot go"),
    "alike": _("The name of this site mixes letters that look alike in different scripts. Please type it by hand"),
    "wrong": _("Enter the address of a web page, such as https://www.city.example/decision"),
}


class WebPageField(forms.CharField):
    """An address of the web; ``missing`` is the sentence for an empty one. Without a scheme it is https."""

    def __init__(self, *, missing="", **kwargs):
        attrs = {"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}
        super().__init__(widget=forms.TextInput(attrs), **kwargs)
        self.missing = missing

    def clean(self, value):
        typed = self.to_python(value)
        if not typed:
            if self.required:
                raise ValidationError(self.missing, code="required")
            return ""
        address = typed if has_scheme(typed) else f"https://{typed}"
        if code := wrong_with(address):
            raise ValidationError(SENTENCES[code], code=code)
        return address


def has_scheme(typed: str) -> bool:
    """Whether it names a scheme: ``javascript:…`` does, ``city.example:8080/x`` does not."""
    head, colon, rest = typed.partition(":")
    return "://" in typed or bool(colon and head.isalnum() and not rest[:1].isdecimal())


def wrong_with(address: str) -> str:
    """The code of the first thing that is wrong with an address; "" where nothing is."""
    if has_hidden(address) or not DIRECTION.isdisjoint(address):
        return "hidden"
    try:
        parts = urlsplit(address)
        host, _port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return "wrong"
    checks = {
        "scheme": lambda: parts.scheme not in ("http", "https"),
        "long": lambda: len(address) > LONGEST,
        "user": lambda: "@" in parts.netloc,
        "private": lambda: is_private(host),
        "alike": lambda: any(map(is_disguised, labels(host))),
        "wrong": lambda: not is_right(address),
    }
    return next((code for code, is_wrong in checks.items() if is_wrong()), "")


def is_private(host: str) -> bool:
    """Whether a host is this machine, one without a public name, or given as a number."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        # Browsers read 127.1, 2130706433 and 0x7f.1 as numbers, too.
        last = host.rpartition(".")[2].lower()
        is_number = last.isdecimal() or last.startswith("0x")
        return is_number or f".{host.lower()}".endswith(LOCAL)
    return True


def labels(host: str) -> list[str]:
    """The parts of a host's name as people read them."""
    found = []
    for label in unicodedata.normalize("NFKC", host).split("."):
        try:
            found.append(label[4:].encode().decode("punycode") if label.startswith("xn--") else label)
        except UnicodeError:
            found.append(label)
    return found


def is_disguised(label: str) -> bool:
    """Whether a part of a name mixes scripts, or is written in one and looks like another."""
    return len(scripts_of(label)) > 1 or (not label.isascii() and LOOK_ALIKE.issuperset(filter(str.isalpha, label)))


def is_right(address: str) -> bool:
    """Whether it has the form of an address with a full name."""
    try:
        looks_right(address)
    except (ValidationError, ValueError):
        return False
    return "." in urlsplit(address).netloc
