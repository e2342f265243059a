"""Passwords that somebody who knows this site would try first (ASVS 6.1.2 and 6.2.11)."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Names of the site, of what it is about and of the roles at its desk, in its five languages; docs/security.md lists them.
OWN_WORDS = (
    "citiesofsolidarity", "citiessolidarity", "citysolidarity", "solidarity", "solidarite", "solidaridad", "solidariedade",
    "withrefugees", "refugees", "refugee", "refugies", "refugiados", "unhcr", "acnur", "hcr", "cities", "city", "villes", "ville",
    "ciudades", "ciudad", "cidades", "cidade", "curators", "curator", "leadcurator", "translator", "viewer", "secretariat",
    "desk", "admin", "administrator", "password", "welcome", "تضامن", "مدن", "لاجئين",
)  # fmt: skip
# What somebody adds to such a word to make it long enough.
ADDED = re.compile(r"[\W\d_]+")
LONGEST_LOOKED_AT = 200


class OwnWords:
    """Refuse a password that is nothing but such words, with figures and signs around and between them."""

    def validate(self, password, user=None):
        letters = ADDED.sub("", password[:LONGEST_LOOKED_AT].casefold())
        if letters and not remainder(letters):
            raise ValidationError(
                _("This password is made of words that everybody expects here. Please choose another."),
                code="password_of_own_words",
            )

    def get_help_text(self):
        return _("Your password cannot be made of words of this site, such as its name, with or without figures.")


def remainder(letters: str) -> str:
    """What stays of the letters when our words are taken out, the longest first."""
    for word in sorted(OWN_WORDS, key=len, reverse=True):
        letters = letters.replace(word, "")
    return letters
