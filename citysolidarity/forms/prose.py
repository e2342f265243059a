"""A few paragraphs that may become public: what they must not hold, with a sentence for each fault."""

import re
from collections.abc import Iterator

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.bounds import TOO_LONG, composed
from citysolidarity.forms.line import LOST
from citysolidarity.forms.telephone import telephone_in

LONGEST = 4_000  # characters: some 600 words
MOST_LINKS = 3
LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
# Only the last character before the @ is looked at: a run of them would be read again from each of its letters on.
MAILBOX = re.compile(r"[\w.+-]@(?:[\w-]+\.)+[^\W\d_]{2}")

SENTENCES = {
    "long": TOO_LONG,
    "lost": LOST,
    "letters": _("This has no letters. Please write it in words."),
    "telephone": _(
        "This seems to contain a telephone number (%(found)s). Please remove it: a person’s number must not become "
        "public, and readers can contact the city through this site."
    ),
    "mailbox": _(
        "This contains an e-mail address. Please remove it: it must not become public, and readers can contact the "
        "city through this site."
    ),
    "links": _("This contains %(count)s links; the limit is %(most)s. Please name the pages as sources instead."),
}


class ProseField(forms.CharField):
    """Text of several lines; HTML in it is text like any other. ``missing`` is the sentence for an empty one."""

    def __init__(self, *, longest: int = LONGEST, missing="", rows: int = 6, **kwargs):
        super().__init__(widget=forms.Textarea({"rows": rows}), error_messages={"required": missing}, **kwargs)
        self.longest = longest

    def clean(self, value):
        text = "\n".join(composed(self.to_python(value), self.longest).splitlines()).strip()
        self.validate(text)
        if text and (fault := next(faults(text, self.longest), None)):
            code, facts = fault
            raise ValidationError(SENTENCES[code], code=code, params=facts)
        return text


def faults(text: str, longest: int) -> Iterator[tuple[str, dict]]:
    """``(code, params)`` of each fault; the length comes first, and the costly checks last."""
    if len(text) > longest:
        yield "long", {"length": len(text), "longest": longest}
    if "\ufffd" in text:
        yield "lost", {}
    if not any(map(str.isalpha, text)):
        yield "letters", {}
    if (links := len(LINK.findall(text))) > MOST_LINKS:
        yield "links", {"count": links, "most": MOST_LINKS}
    if MAILBOX.search(text):
        yield "mailbox", {}
    if telephone := telephone_in(text):
        yield "telephone", {"found": telephone}
