"""The length of a text is checked before anything else, so that the checks that follow never see a long one.

Anybody may send a form, so nothing here takes more than one pass over the text.
"""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.visible import visible

TOO_LONG = _("This is %(length)s characters long; the limit is %(longest)s. Please shorten it.")
# Normalization joins at most four characters into one, as in "ᾂ": beyond four times the bound, a text is too long
# however it is written.
JOINED = 4
# Accents in a row, as in the Stream-Safe Text Format (UAX #15, 13). Normalization sorts them, in a time that grows with
# the square of their number; no language writes more than a few on one letter.
MOST_ACCENTS = 30
ACCENTS = _("One letter here has dozens of accents. Please use only those that it needs.")


def refuse_beyond(text: str, longest: int, sentence=TOO_LONG) -> None:
    """Raise ValidationError if the text is longer than ``longest`` characters; "\\r\\n" counts as one."""
    if len(text) > longest:
        length = len(text) - text.count("\r\n")
        if length > longest:
            raise ValidationError(sentence, code="long", params={"length": length, "longest": longest})


def composed(text: str, longest: int, *, lines: bool = True) -> str:
    """What can be seen of the text, in Unicode's form NFC, at most four times as long as ``longest``.

    Raises ValidationError where it is longer, or piles up accents.
    """
    if len(text) > JOINED * longest:
        refuse_beyond(text, longest)
    text = visible(text, lines=lines)
    if piles_up_accents(text):
        raise ValidationError(ACCENTS, code="accents")
    return unicodedata.normalize("NFC", text)


def piles_up_accents(text: str) -> bool:
    if text.isascii():
        return False
    run = 0
    for mark in text:
        run = run + 1 if unicodedata.combining(mark) else 0
        if run > MOST_ACCENTS:
            return True
    return False


class ShortField(forms.CharField):
    def __init__(self, *, longest: int, too_long=TOO_LONG, **kwargs):
        super().__init__(**kwargs)
        self.longest, self.too_long = longest, too_long

    def clean(self, value):
        text = self.to_python(value)
        refuse_beyond(text, self.longest, self.too_long)
        return super().clean(visible(text, lines=False))


class OwnField(forms.CharField):
    """A value that the page itself writes: one longer than ``longest`` was forged, and becomes ""."""

    def __init__(self, *, longest: int, **kwargs):
        super().__init__(**{"required": False, "widget": forms.HiddenInput, **kwargs})
        self.longest = longest

    def clean(self, value):
        text = self.to_python(value)
        return super().clean(text if len(text) <= self.longest else "")


def passes(validator, text: str) -> bool:
    """Whether one of Django's validators accepts the text."""
    try:
        validator(text)
    except (ValidationError, ValueError):
        return False
    return True
