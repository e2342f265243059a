"""One line of text that may one day stand on a public page: what it must not hold, each in a sentence of its own."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST_NAME = 60  # characters; of persons, offices and places
DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Persian and the scripts of India need them inside words.
JOINERS = frozenset("\u200c\u200d")
NEED_JOINERS = frozenset(
    "ARABIC SYRIAC DEVANAGARI BENGALI GURMUKHI GUJARATI ORIYA TAMIL TELUGU KANNADA MALAYALAM SINHALA MYANMAR KHMER "
    "TIBETAN MONGOLIAN".split()
)
# They print as nothing, and Unicode files them under letters and marks all the same.
BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffd")
# Written together with each other, and with Latin letters; nobody takes one for the other.
EAST_ASIAN = {"CJK", "HIRAGANA", "KATAKANA", "BOPOMOFO", "HANGUL"}
ADDRESS = re.compile(
    r"://|\bwww\.|\b[\w-]+\.(?:com|org|net|info|io|gov|edu|int|eu|biz|app|xyz|top|site|online|link|click|shop|ru|cn)\b"
    r"|\b[\w-]+\.[a-z]{2,}/|@[\w-]+\.\w",
    re.IGNORECASE,
)
FORMULA = ("=", "+", "-", "@", "\t")


class LineField(forms.CharField):
    """A line without hidden marks, formulas, links and letters of two scripts in one word.

    ``missing`` is the sentence for an empty one.
    """

    def __init__(self, *, longest: int = LONGEST_NAME, missing="", **kwargs):
        super().__init__(**kwargs)
        self.longest, self.missing = longest, missing

    def clean(self, value):
        line = unicodedata.normalize("NFC", self.to_python(value))
        if not line:
            if self.required:
                raise ValidationError(self.missing, code="required")
            return ""
        if sentence := wrong_with(line, self.longest):
            raise ValidationError(sentence[1], code=sentence[0], params={"longest": self.longest, "length": len(line)})
        return " ".join(line.split())

    def widget_attrs(self, widget):
        # No maxlength: a pasted text would be cut without a word.
        return super().widget_attrs(widget) | {"autocomplete": "off"}


SENTENCES = {
    "direction": _("This holds a hidden mark that turns the direction of the text. Please type it by hand."),
    "hidden": _("This holds characters that cannot be seen. Please type it by hand."),
    "lines": _("This goes over several lines. Please write it on one."),
    "long": _("This is %(length)s characters long; there is room for %(longest)s. Please shorten it."),
    "formula": _("This begins like a formula of a spreadsheet (=, +, - or @). Please begin with a letter."),
    "address": _("This holds a web or mail address. Please write the name alone; there is a field for the page."),
    "markup": _("This holds < or >. Please leave them out."),
    "scripts": _("One word here mixes letters of different scripts that look alike. Please type it in one script."),
    "letters": _("This has no letters. Please write the name in words."),
}


def wrong_with(line: str, longest: int):
    """``(code, sentence)`` of the first thing that is wrong with a line; None where nothing is."""
    checks = {
        "direction": lambda: not DIRECTION.isdisjoint(line),
        "lines": lambda: len(line.splitlines()) > 1,
        "hidden": lambda: has_hidden(line),
        "long": lambda: len(line) > longest,
        "formula": lambda: line.startswith(FORMULA),
        "address": lambda: ADDRESS.search(unicodedata.normalize("NFKC", line)),
        "markup": lambda: "<" in line or ">" in line,
        "scripts": lambda: any(len(scripts_of(word)) > 1 for word in re.findall(r"\w+", line)),
        "letters": lambda: not any(map(str.isalpha, line)),
    }
    return next(((code, SENTENCES[code]) for code, is_wrong in checks.items() if is_wrong()), None)


def has_hidden(line: str) -> bool:
    """Whether a character prints as nothing, the joiners of scripts that need them aside."""
    for at, mark in enumerate(line):
        if mark in JOINERS and at and script_of(line[at - 1]) in NEED_JOINERS:
            continue
        if (
            unicodedata.category(mark) in {"Cc", "Cf", "Co", "Cs", "Cn"}
            or mark in BLANKS
            or "\ufe00" <= mark <= "\ufe0f"
        ):
            return True
    return False


def scripts_of(word: str) -> set[str]:
    """The scripts of a word's letters, without those of East Asia."""
    letters = (letter for letter in unicodedata.normalize("NFKC", word) if unicodedata.category(letter) in LETTERS)
    return {script_of(letter) for letter in letters} - EAST_ASIAN


LETTERS = {"Lu", "Ll", "Lt", "Lo"}


def script_of(letter: str) -> str:
    """A letter's script, as Unicode's names of letters begin."""
    return re.split(r"[ -]", unicodedata.name(letter, ""), maxsplit=1)[0]
