"""What a visitor typed and the site could not save, to be shown again."""

import re
from typing import NamedTuple

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.http import escape_leading_slashes

CSRF_FIELD = "csrfmiddlewaretoken"
# Never shown again: the page may stay open on a shared screen.
SECRET = re.compile(r"passw|secret|otp", re.IGNORECASE)
MOST_FIELDS = 300  # no form of ours has half as many, and a page of thousands would take seconds
LONG = 60  # characters; longer texts get a box of several lines


class PostedField(NamedTuple):
    name: str
    label: str
    value: str

    @property
    def rows(self) -> int:
        return min(self.value.count("\n") + 1 + len(self.value) // LONG, 12)


class Posted(NamedTuple):
    """The values of a form, and whether they are all of it."""

    fields: list[PostedField]
    is_whole: bool

    def context(self, request: HttpRequest) -> dict:
        """What a page needs to show the fields and to send them again."""
        # An address with two leading slashes would be another host's.
        address = escape_leading_slashes(request.get_full_path())
        return {"fields": self.fields, "can_resend": self.is_whole, "address": address}


def posted(request: HttpRequest) -> Posted:
    """The fields without token, passwords and files; none if the form cannot be read or has more than MOST_FIELDS."""
    try:
        values, files = request.POST, request.FILES
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return Posted([], is_whole=False)
    if sum(len(texts) for _name, texts in values.lists()) > MOST_FIELDS:
        return Posted([], is_whole=False)
    names = [name for name in values if name != CSRF_FIELD]
    shown = [name for name in names if not SECRET.search(name)]
    fields = [PostedField(name, label_of(name), value) for name in shown for value in values.getlist(name)]
    return Posted(fields, is_whole=len(shown) == len(names) and not files)


def label_of(name: str) -> str:
    """A label made of the field's name, because the form with its labels is not known here."""
    return re.sub(r"[\W_]+", " ", name).strip().capitalize()
