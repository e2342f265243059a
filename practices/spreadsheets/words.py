"""Codes by the words that people write for them: "Housing" for ``housing``, "SDG 11", "<50k", "Running"."""

import re
from collections.abc import Iterable

from practices.search.place_names import fold

SHORT = {"k": "000", "m": "000000", "million": "000000", "millions": "000000"}
# Said of the same everywhere.
ALSO = {
    "ongoing": "running, active, in progress, current, on going",
    "completed": "ended, finished, closed, complete, over, done",
    "unknown": "unclear, n a, na",
    "large-scale-arrival": "many people arriving at once",
    "resettlement": "resettlement by government",
}


def key_of(text: str) -> str:
    """A word as it is compared: without case, accents and signs; sums in figures alone."""
    text = text.casefold().replace("&", " and ").replace("<", " under ").replace(">", " over ")
    text = re.sub(r"(?<=\d)[ ,.\u00a0\u202f'’](?=\d{3}\b)", "", text)
    text = re.sub(
        r"(\d)\s*(k|m|millions?)\b",
        lambda sum_: sum_[1] + SHORT[sum_[2]],
        text,
    )
    words = fold(re.sub(r"[\W_]+", " ", text)).split()
    return " ".join(words).removesuffix(" a year").removesuffix(" per year")


def code_of(choices: Iterable[tuple], text: str):
    """The code that a text names by itself, its label or both ("11 – Sustainable cities"); None where it names none."""
    choices = [(code, str(label)) for code, label in choices if code is not None]
    by_key = {key_of(label): code for code, label in choices}
    by_key |= {key_of(word): code for code, _label in choices for word in ALSO.get(str(code), "").split(", ") if word}
    by_key |= {key_of(str(code)): code for code, _label in choices}
    key = key_of(text)
    if key in by_key:
        return by_key[key]
    numbered = re.fullmatch(
        r"(?:sdg|goal|objective|level)?\s{0,3}(\d{1,2})(?:(?:\.0+)?|[.:)–—-]?\s.*)", text.strip().casefold()
    )
    return by_key.get(numbered[1]) if numbered and numbered[1] in by_key else None


def codes_of(choices: Iterable[tuple], text: str) -> list[str]:
    """The codes of a cell with several, parted by commas, semicolons or lines; a label may hold a comma itself.

    What is no word of ours stands there as it was written.
    """
    choices, found = list(choices), []
    for part in re.split(r"[;\n]", text):
        words = part.split(",")
        while words:
            # The longest run of words first: "Rights, status & documents".
            runs = (",".join(words[:end]).strip() for end in range(len(words), 0, -1))
            codes = [(run.count(",") + 1, code) for run in runs if run and (code := code_of(choices, run)) is not None]
            length, code = codes[0] if codes else (1, words[0].strip())
            words = words[length:]
            if code != "":
                found.append(str(code))
    return found
