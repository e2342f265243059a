"""What the public forms refuse of the paragraphs in a folder of texts, to be read by a person.

    .venv/bin/python -m tests.rig.paragraphs /usr/share/doc --most 5000

Reads .txt, .md, .rst, .po, .json, .jsonl and .gz files and files without an ending, in an order drawn by ``--seed``,
and takes each paragraph of a few words that fits into a field. Prints how many were refused, for which reason, and each
refused telephone number with what stands around it: the others are told by what they hold (an @ and a domain, more than
three links). Exits with 1 where a refusal names what is not in the text.
"""

import argparse
import gzip
import json
import os
import random
import re
import secrets
import sys
from collections import Counter
from pathlib import Path

ENDINGS = {"", ".txt", ".md", ".rst", ".po", ".json", ".jsonl", ".gz", ".html", ".csv"}
LARGEST = 3_000_000  # bytes of a file that are read
LEAST_WORDS, LONGEST = 8, 4_000
MOST_OF_A_FILE = 40  # paragraphs, so that no single file is most of what is read
# What a refusal must be able to show.
HOLDS = {
    "mailbox": re.compile(r"[\w.+-]@[\w.-]*[^\W\d_]{2}"),
    "links": re.compile(r"https?://|www\.", re.IGNORECASE),
    "lost": re.compile("\ufffd"),
}


def files_in(folder: Path, seed: int) -> list[Path]:
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in ENDINGS and path.is_file())
    random.Random(seed).shuffle(found)
    return found


def text_of(path: Path) -> str:
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            text = file.read(LARGEST).decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError, ValueError):
        return ""  # not a text of ours to read
    return "\n\n".join(strings(text)) if path.suffix in (".json", ".jsonl") else text


def strings(text: str):
    """The texts in lines of JSON."""
    for line in text.splitlines():
        try:
            waiting = [json.loads(line)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.pop()
            if isinstance(value, str):
                yield value
            elif isinstance(value, dict | list):
                waiting.extend(value.values() if isinstance(value, dict) else value)


def paragraphs_of(text: str) -> list[str]:
    """Paragraphs of prose: most of their characters are letters and blanks, and they have some words."""
    found = []
    for part in re.split(r"\n[ \t\r]*\n", text.replace("\r\n", "\n")):
        paragraph = part.strip()
        words = re.findall(r"[^\W\d_]{2,}", paragraph[:LONGEST])
        if len(paragraph) <= LONGEST and len(words) >= LEAST_WORDS:
            letters = sum(mark.isalpha() or mark.isspace() for mark in paragraph)
            if letters >= 0.75 * len(paragraph):
                found.append(paragraph)
    return found


def drawn(folders: list[Path], most: int, seed: int) -> list[str]:
    chance, found = random.Random(seed), {}
    for folder in folders:
        for path in files_in(folder, seed):
            paragraphs = paragraphs_of(text_of(path))
            chance.shuffle(paragraphs)
            for paragraph in paragraphs[:MOST_OF_A_FILE]:
                found.setdefault(paragraph, path)
            if len(found) >= most:
                return list(found)[:most]
    return list(found)


def refusals(paragraphs: list[str]) -> list[tuple[str, str, str]]:
    """``(code, what was found, paragraph)`` of every paragraph that a field for prose refuses."""
    from django.core.exceptions import ValidationError

    from citysolidarity.forms.prose import LONGEST as ROOM
    from citysolidarity.forms.prose import ProseField

    field, found = ProseField(longest=ROOM), []
    for paragraph in paragraphs:
        try:
            field.clean(paragraph)
        except ValidationError as refusal:
            found.append((refusal.code, str((refusal.params or {}).get("found", "")), paragraph))
    return found


def is_shown(code: str, paragraph: str) -> bool:
    """Whether a paragraph holds what it was refused for; telephone numbers are for a person to judge."""
    if code == "links":
        return len(HOLDS["links"].findall(paragraph)) > 3
    return code == "telephone" or (code in HOLDS and bool(HOLDS[code].search(paragraph)))


def around(paragraph: str, found: str) -> str:
    at = max(paragraph.find(found[:4]), 0)
    return " ".join(paragraph[max(at - 60, 0) : at + 60].split())


def main(arguments=None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--most", type=int, default=3_000, help="paragraphs (3000)")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    os.environ.setdefault("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citysolidarity.settings")
    os.environ.setdefault("DEVELOPMENT", "1")
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(64))
    import django

    django.setup()
    paragraphs = drawn(given.folders, given.most, given.seed)
    refused = refusals(paragraphs)
    sys.stdout.write(
        f"{len(paragraphs):,} paragraphs; {len(refused):,} refused: {dict(Counter(code for code, *_ in refused))}\n"
    )
    for code, found, paragraph in refused:
        if code == "telephone":
            sys.stdout.write(f"  telephone {found!r}: …{around(paragraph, found)}…\n")
    unshown = [(code, paragraph) for code, _found, paragraph in refused if not is_shown(code, paragraph)]
    for code, paragraph in unshown:
        sys.stdout.write(f"  FALSE {code}: {paragraph[:200]!r}\n")
    return 1 if unshown else 0


if __name__ == "__main__":
    sys.exit(main())
