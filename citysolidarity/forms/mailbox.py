"""The address of a mailbox: one, complete, and reachable from outside."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.lines import DIRECTION, has_hidden

LONGEST = 254  # characters; RFC 5321, 4.5.3.1.3 with its erratum 1690
looks_right = EmailValidator(allowlist=[])

SENTENCES = {
    "required": _("Enter the official mail address, such as mayor@city.example"),
    "lines": _("The mail address holds a line break. Please type it on one line."),
    "hidden": _("The mail address holds characters that cannot be seen. Please type it by hand."),
    "several": _("Enter one mail address: we write to one mailbox only"),
    "long": _("This mail address is too long: one has 254 characters at most"),
    "literal": _("Enter a mail address with a name after the @, not with a number in brackets"),
    "local": _("Enter a mail address that can be reached from outside, such as mayor@city.example"),
    "wrong": _("Enter a mail address like mayor@city.example"),
}


class MailboxField(forms.CharField):
    """A mail address that a letter can reach; ``optional`` where it may be left empty, else ``missing`` is the sentence."""

    widget = forms.EmailInput

    def __init__(self, *, optional: bool = False, missing=SENTENCES["required"], **kwargs):
        # An empty one is told in a sentence of ours.
        super().__init__(**kwargs | {"required": False})
        self.optional, self.missing = optional, missing

    def clean(self, value):
        address = self.to_python(value)
        if self.optional and not address:
            return ""
        if code := wrong_with(address):
            raise ValidationError(self.missing if code == "required" else SENTENCES[code], code=code)
        return address

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"autocomplete": "email", "spellcheck": "false"}


def wrong_with(address: str) -> str:
    """The code of the first thing that is wrong with an address; "" where nothing is."""
    domain = address.rpartition("@")[2]
    checks = {
        "required": lambda: not address,
        "lines": lambda: re.search(r"[\r\n\v\f\x85\u2028\u2029]|%0[ad]", address, re.IGNORECASE),
        "hidden": lambda: has_hidden(address) or not DIRECTION.isdisjoint(address),
        "several": lambda: address.count("@") > 1 and re.search(r"[\s,;<>]", address),
        "long": lambda: len(address) > LONGEST,
        "literal": lambda: domain.startswith("["),
        "local": lambda: "@" in address and re.fullmatch(r"[\w-]+", domain),
        "wrong": lambda: not is_right(address),
    }
    return next((code for code, is_wrong in checks.items() if is_wrong()), "")


def is_right(address: str) -> bool:
    """Whether it has the form of a mail address."""
    try:
        looks_right(address)
    except ValidationError:
        return False
    return True
