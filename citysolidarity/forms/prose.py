"""A few paragraphs that may one day stand on a public page: what they must not hold, each in a sentence of its own."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.lines import has_hidden

LONGEST = 4_000  # characters: some 600 words
MOST_LINKS = 3
# Marks that turn the direction of whole passages; those for a single letter stand in honest Arabic and Hebrew texts.
OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
HARMLESS = frozenset("\n\t\u061c\u200e\u200f")
LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
MAILBOX = re.compile(r"[\w.+-]+@[\w-]+\.\w")
# With its country's or area's prefix, or said to be one: "1,280" and "2015–2019" are none.
TELEPHONE = re.compile(
    r"(?<![\w.,])(?:\+|00)\d(?:[ ()./-]?\d){6,14}(?!\d)"
    r"|(?<![\w.,+])\(?0\d{1,4}\)?[ /-]{1,3}\d(?:[ /-]?\d){4,10}(?!\d)"
    r"|\b(?:tel|phone|mobile|cell|whatsapp)\b\W{0,4}\+?\d(?:[ ()./-]?\d){5,14}",
    re.IGNORECASE,
)

SENTENCES = {
    "direction": _("This holds a hidden mark that turns the direction of the text. Please type it by hand."),
    "hidden": _("This holds characters that cannot be seen. Please type it by hand."),
    "long": _("This is %(length)s characters long; there is room for %(longest)s. Please shorten it."),
    "letters": _("This has no letters. Please write it in words."),
    "telephone": _(
        "This seems to hold a telephone number (%(found)s). Please take it out: a person’s number must not become "
        "public, and readers reach the city through the site."
    ),
    "mailbox": _(
        "This holds a mail address. Please take it out: it must not become public, and readers reach the city through "
        "the site."
    ),
    "links": _("This holds %(count)s links; there is room for %(most)s. Please name the pages as sources instead."),
}


class ProseField(forms.CharField):
    """Text of several lines, counted in characters. HTML in it is text like any other.

    ``missing`` is the sentence for an empty one.
    """

    def __init__(self, *, longest: int = LONGEST, missing="", rows: int = 6, **kwargs):
        super().__init__(widget=forms.Textarea({"rows": rows}), **kwargs)
        self.longest, self.missing = longest, missing

    def clean(self, value):
        text = unicodedata.normalize("NFC", "\n".join(self.to_python(value).splitlines())).strip()
        if not text:
            if self.required:
                raise ValidationError(self.missing, code="required")
            return ""
        if found := wrong_with(text, self.longest):
            code, facts = found
            raise ValidationError(SENTENCES[code], code=code, params=facts)
        return text


def wrong_with(text: str, longest: int) -> tuple[str, dict] | None:
    """``(code, facts)`` of the first thing that is wrong with a text; None where nothing is."""
    links = len(LINK.findall(text))
    telephone = TELEPHONE.search(unicodedata.normalize("NFKC", text))
    checks = {
        "direction": (not OVERRIDES.isdisjoint(text), {}),
        "hidden": (has_hidden("".join(mark for mark in text if mark not in HARMLESS)), {}),
        "letters": (not any(map(str.isalpha, text)), {}),
        "long": (len(text) > longest, {"length": len(text), "longest": longest}),
        "links": (links > MOST_LINKS, {"count": links, "most": MOST_LINKS}),
        "mailbox": (MAILBOX.search(text), {}),
        "telephone": (telephone, {"found": telephone and telephone[0].strip()}),
    }
    return next(((code, facts) for code, (is_wrong, facts) in checks.items() if is_wrong), None)
