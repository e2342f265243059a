"""One complete e-mail address at a domain that is reachable from outside."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.bounds import passes
from citysolidarity.forms.visible import visible
from citysolidarity.http.host_names import in_ascii
from citysolidarity.http.refused_domains import RefusedDomain

LONGEST = 254  # characters; RFC 5321, 4.5.3.1.3 with its erratum 1690
LONGEST_BEFORE = 64  # the @; RFC 5321, 4.5.3.1.1
is_address = EmailValidator(allowlist=[])

SENTENCES = {
    "required": _("Enter the official e-mail address, for example mayor@city.example"),
    "lines": _("The e-mail address contains a line break. Please type it on one line."),
    "several": _("Enter only one e-mail address"),
    "long": _("This e-mail address is too long: the limit is 254 characters"),
    "long-name": _("This e-mail address is too long: the limit before the @ is 64 characters"),
    "literal": _("Enter an e-mail address with a name after the @, not a number in brackets"),
    "local": _("Enter an e-mail address that can be reached from outside, for example mayor@city.example"),
    "wrong": _("Enter an e-mail address like mayor@city.example"),
    "refused": _(
        "Because of misuse by others, no e-mail addresses at %(domain)s are taken until %(until)s (UTC). Enter another "
        "one, or try again then"
    ),
}


class MailboxField(forms.CharField):
    """``missing`` is the sentence for an empty one, unless it is ``optional``; ``of_any_domain``: also of a refused one."""

    widget = forms.EmailInput

    def __init__(self, *, optional: bool = False, missing=SENTENCES["required"], of_any_domain: bool = False, **kwargs):
        # wrong_with() names a missing address too.
        super().__init__(**kwargs | {"required": False})
        self.optional, self.missing, self.of_any_domain = optional, missing, of_any_domain

    def clean(self, value):
        address = self.to_python(value)
        if len(address) <= 2 * LONGEST:
            address = visible(address).strip().removeprefix("mailto:")
        if self.optional and not address:
            return ""
        if code := wrong_with(address):
            raise ValidationError(self.missing if code == "required" else SENTENCES[code], code=code)
        if not self.of_any_domain and (refused := RefusedDomain.objects.refusing(address)):
            told = {"domain": refused.domain, "until": date_format(refused.until, "DATETIME_FORMAT")}
            raise ValidationError(SENTENCES["refused"], code="refused", params=told)
        return address

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"autocomplete": "email", "spellcheck": "false"}


def wrong_with(address: str) -> str:
    """The key in SENTENCES of the first thing that is wrong, or ""."""
    if len(address) > LONGEST:
        return "long"
    name, _at, domain = address.rpartition("@")
    checks = {
        "required": lambda: not address,
        "lines": lambda: re.search(r"[\r\n\v\f\x85\u2028\u2029]|%0[ad]", address, re.IGNORECASE),
        "several": lambda: address.count("@") > 1 and re.search(r"[\s,;<>]", address),
        "literal": lambda: domain.startswith("["),
        "local": lambda: "@" in address and re.fullmatch(r"[\w-]+", domain),
        "long-name": lambda: len(name.encode()) > LONGEST_BEFORE,
        # By its name as it goes into the letter: Django reads "straße" as "strasse", which is another domain.
        "wrong": lambda: not passes(is_address, address if domain.isascii() else f"{name}@{in_ascii(domain)}"),
    }
    return next((code for code, is_wrong in checks.items() if is_wrong()), "")
