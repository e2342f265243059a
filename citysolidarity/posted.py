"""What a visitor typed and the site could not keep, so that it can be given back."""

import re
from typing import NamedTuple

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

CSRF_FIELD = "csrfmiddlewaretoken"
# Never shown back: the answer may stay open on a shared screen.
SECRET = re.compile(r"passw|secret|otp", re.IGNORECASE)
LONG = 60  # characters; longer texts get a box of several lines


class PostedField(NamedTuple):
    """One value of the form: its name, a label made of it, and the text."""

    name: str
    label: str
    value: str

    @property
    def rows(self) -> int:
        """The lines its box needs, between 1 and 12."""
        lines = self.value.count("\n") + 1 + len(self.value) // LONG
        return min(lines, 12)


class Posted(NamedTuple):
    """The values of a form, and whether sending them again would send all of it."""

    fields: list[PostedField]
    is_whole: bool


def posted(request: HttpRequest) -> Posted:
    """What was typed, without the form's token, passwords and files; empty if it cannot be read."""
    try:
        values, files = request.POST, request.FILES
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return Posted([], is_whole=False)
    names = [name for name in values if name != CSRF_FIELD]
    kept = [name for name in names if not SECRET.search(name)]
    fields = [PostedField(name, label_of(name), value) for name in kept for value in values.getlist(name)]
    return Posted(fields, is_whole=len(kept) == len(names) and not files)


def label_of(name: str) -> str:
    """The field's name in plain letters: the form itself, with its labels, is out of reach."""
    return re.sub(r"[\W_]+", " ", name).strip().capitalize()
