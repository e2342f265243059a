"""What a curator should look at again before an entry goes out; knows no model and no request."""

import re
from collections.abc import Collection

# A sentence ends before a blank and a capital, a digit or an opening mark: "1.5 million" and "St. Gallen, no." stay whole.
SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[\"“‘(¿¡]?[^\W\d_a-zß-ÿ])|\n+")
YEAR = re.compile(r"(?<![\w.,])(?:19|20)\d\d(?:[–/-]\d{2,4})?(?![\w]|[.,]\d)")
# Not the figures in COVID-19, A/73, G20, SDG 11, 24/7 or the 5th: they count nothing.
NUMBER = re.compile(r"(?<![\w/.,-])(?<!SDG )(?<!No\. )\d+(?:[.,\u00a0\u202f]\d+)*(?![\w/]|[.,]\d)\s?%?")


def numbers_without_year(text: str, figures: Collection[str] = ()) -> list[str]:
    """The sentences that state a number and no year, in their order.

    ``figures`` are the values of the entry's figures, which stand with year and source already. A heuristic for
    people to judge: it also finds ages and addresses, and misses numbers written as words.
    """
    stated = {_bare(value) for value in figures}
    sentences = []
    for sentence in SENTENCE_END.split(text):
        numbers = {_bare(number) for number in NUMBER.findall(YEAR.sub(" ", sentence))}
        if numbers - stated and not YEAR.search(sentence):
            sentences.append(sentence.strip())
    return sentences


def _bare(number: str) -> str:
    return re.sub(r"[\s%.,]", "", number)
