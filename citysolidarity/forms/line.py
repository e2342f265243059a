"""One line of text that may become public: what it must not hold, with a sentence for each fault."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.bounds import TOO_LONG, composed
from citysolidarity.forms.formula_guard import is_formula
from citysolidarity.forms.scripts import scripts_of
from citysolidarity.forms.visible import DIRECTION

LONGEST_NAME = 120  # characters; of persons, offices and places
SUFFIXES = "com|org|net|info|io|gov|edu|int|eu|biz|app|xyz|top|site|online|link|click|shop|ru|cn"
# An address wherever it stands; a dot and a slash alone make none ("St.Gilles/Sint-Gillis"). Only the last letter before
# a dot is looked at: a whole word there would be read again from each of its hyphens on.
ADDRESS = re.compile(
    rf"://|\bwww\.\w|\w\.(?:{SUFFIXES}|ly|me|co|gl)/(?-i:[a-z0-9?#])|@(?:[\w-]+\.)+[^\W\d_]{{2}}",
    re.IGNORECASE,
)
# The name of a site: some bodies are called so ("Airbnb.org"), cities and their officers are not.
SITE_NAME = re.compile(rf"\w\.(?:{SUFFIXES})\b", re.IGNORECASE)
TAG = re.compile(r"<[/!?]?[a-z]|<!--", re.IGNORECASE)
# What stands before each line of a list that was typed or pasted. A sign before a figure belongs to it ("+5 %").
BULLET = re.compile(r"^\s*(?:[-–—−•·∙*‣⁃▪▫■□●○◦►▸➢➤✓✔❖→](?:\s+|(?=[^\W\d_])|$)|\+\s+(?=\D))")
# What a line of a text may hold, and the name of a city, an office or a person may not.
FREE = frozenset({"formula", "site"})


class LineField(forms.CharField):
    """``missing`` is the sentence for an empty line, ``allowed`` the codes of SENTENCES that are no fault in it."""

    def __init__(self, *, longest: int = LONGEST_NAME, missing="", allowed=frozenset(), **kwargs):
        super().__init__(error_messages={"required": missing}, **kwargs)
        self.longest, self.allowed = longest, allowed

    def clean(self, value):
        line = without_bullet(composed(self.to_python(value), self.longest, lines=False)).strip()
        self.validate(line)
        if line and (fault := wrong_with(line, self.longest, self.allowed)):
            code, sentence = fault
            raise ValidationError(sentence, code=code, params={"longest": self.longest, "length": len(line)})
        return " ".join(line.split())

    def widget_attrs(self, widget):
        # No maxlength: the browser would cut a pasted text without saying so.
        return super().widget_attrs(widget) | {"autocomplete": "off"}


# A mark of direction is not seen, and must hide nothing from the checks.
NO_MARKS = dict.fromkeys(map(ord, DIRECTION))
LOST = _("A character was lost in copying where you see �. Please type it again.")
SENTENCES = {
    "long": TOO_LONG,
    "lines": _("This has several lines. Please write it on one line."),
    "lost": LOST,
    "formula": _("This begins like a spreadsheet formula (=, +, - or @). Please begin with a letter."),
    "address": _(
        "This contains a web or e-mail address. Please enter only the name; there is a separate field for the page."
    ),
    "site": _(
        "This contains a web or e-mail address. Please enter only the name; there is a separate field for the page."
    ),
    "markup": _("This contains < or >. Please remove them."),
    "scripts": _("One word here mixes letters of different scripts that look alike. Please type it in one script."),
    "letters": _("This has no letters. Please write the name in words."),
}


def wrong_with(line: str, longest: int, allowed=frozenset()):
    """``(code, sentence)`` of the first fault, or None. The length comes first: no other check sees a long line."""
    seen = line.translate(NO_MARKS)
    checks = {
        "long": lambda: len(line) > longest,
        "lines": lambda: len(line.splitlines()) > 1,
        "lost": lambda: "\ufffd" in line,
        "formula": lambda: is_formula(seen),
        "address": lambda: ADDRESS.search(unicodedata.normalize("NFKC", seen)),
        "site": lambda: SITE_NAME.search(unicodedata.normalize("NFKC", seen)),
        "markup": lambda: TAG.search(line),
        "scripts": lambda: any(len(scripts_of(word)) > 1 for word in re.findall(r"\w+", seen)),
        "letters": lambda: not any(map(str.isalpha, line)),
    }
    wrong = (code for code, is_wrong in checks.items() if code not in allowed and is_wrong())
    return next(((code, SENTENCES[code]) for code in wrong), None)


def without_bullet(line: str) -> str:
    """The line without the sign by which a list shows where its lines begin."""
    return BULLET.sub("", line, count=1)
