"""The number of its source behind each figure that a text repeats."""

import re
from collections.abc import Iterable

from django.template.loader import render_to_string
from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString

from practices.entries.paragraphs import in_paragraphs
from practices.models import Figure

# A shorter number would be found where another one is meant.
FEWEST_DIGITS = 3
# Languages group digits with one blank or another, and whoever types a number takes any.
BLANK = "[ \xa0\u202f]"


def one_blank(text: str) -> str:
    return re.sub(BLANK, " ", text)


def with_numbers(text: str, figures: Iterable[Figure]) -> SafeString:
    """The text in paragraphs. ``figures`` bear the ``number`` of their source, None where it is not shown.

    Only where a figure is written as it is kept: "11,900" and not "nearly twelve thousand".
    """
    html = linebreaks(in_paragraphs(text), autoescape=True)
    marks = {
        one_blank(escape(figure.value)): figure
        for figure in figures
        if figure.number and sum(map(str.isdigit, figure.value)) >= FEWEST_DIGITS
    }
    if not marks:
        return SafeString(html)
    # Longer ones first: "1,200 families" is looked for before "1,200".
    values = "|".join(re.escape(value).replace(r"\ ", BLANK) for value in sorted(marks, key=len, reverse=True))
    seen = set()

    def numbered(match: re.Match) -> str:
        value = one_blank(match[0])
        if value in seen:
            return match[0]
        seen.add(value)
        return match[0] + render_to_string("practices/entries/number.html", {"part": marks[value]})

    return SafeString(re.sub(rf"(?<![\w.,&#])(?:{values})(?![\w]|[.,]\d)", numbered, html))
