"""How good the search is: what it finds, against needs whose answers were written down before it was tuned.

``judged/needs.jsonl`` (five languages, some misspelt) and ``judged/unspoken.jsonl`` (languages the site does not speak)
were graded over all entries, by reading them: 2 answers the need, 1 helps. ``judged/trial.jsonl`` was graded over the
first 96 by somebody else and over the later ones here. The two older sets know only "answers".

Since both sets of five languages have been read, a hash parts them into needs that the search is tuned on and needs that
only check it (``half_of``). ``judged/fresh.jsonl`` is tuned on as a whole. Of ``judged/unseen.jsonl`` and
``judged/strangers.jsonl`` nobody who changes the search looks at more than the means.
"""

import hashlib
import json
import re
import sqlite3
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from math import log2
from pathlib import Path
from statistics import mean
from types import SimpleNamespace

from django.utils.translation import override

from practices.directory.close_in_meaning import close_in_meaning
from practices.directory.found import find
from practices.directory.selection import Selection
from practices.models import Practice
from practices.search import embeddings, fold
from practices.search.query import read

LANGUAGES = ("en", "fr", "es", "ar", "pt")
SHOWN, FIRST = 10, 3
NEVER_SHOWN = ("unseen", "strangers")  # need by need, lest they be tuned on
SETS = ("needs", "trial", "unspoken", "fresh", *NEVER_SHOWN)
KINDS = {
    "concept": "in other words",
    "question": "a question",
    "short": "two or three words",
    "word": "one word",
    "place": "a place",
    "programme": "a programme",
    "typo": "misspelt",
}

type Figures = tuple[float, float, float | None, float]


def judged(name: str) -> list[dict]:
    lines = (Path(__file__).parent / "judged" / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def half_of(need: dict) -> str:
    return ("tuned on", "checked on")[hashlib.sha256(need["q"].encode()).digest()[0] % 2]


def by_words(need: dict) -> list[str]:
    """The first ten by their words alone, as the directory orders them where nothing is embedded."""
    reading = read(need["q"], need["lang"])
    practices = Practice.objects.published().matching(reading).sorted_by("match", reading)
    return list(practices.values_list("slug", flat=True)[:SHOWN])


def by_site(need: dict, further=lambda found: []) -> list[str]:
    """The first ten, as the directory's page shows them."""
    with override(need["lang"] if need["lang"] in LANGUAGES else "en"):
        found = find(Selection(words=fold(need["q"])))
        keys = found.keys(slice(0, SHOWN)) + further(found)
    slugs = dict(Practice.objects.values_list("pk", "slug"))
    return [slugs[pk] for pk in keys]


def by_site_and_meaning(need: dict) -> list[str]:
    """The same, filled up to ten from the list "Close in meaning", as the page shows both."""
    return by_site(need, close_in_meaning)


def seconds_of_meaning(size: int) -> list[float]:
    """What the second list takes of the processor for each judged need, sorted: embedding it, and comparing so many entries.

    A clock on the wall would measure what else the machine does.
    """
    import numpy

    from practices.directory.index.meanings import Meanings

    vectors = numpy.random.default_rng(1).normal(size=(size, embeddings.VECTORS, embeddings.SIZE))
    bitmaps, meanings = SimpleNamespace(rows=[SimpleNamespace(pk=at) for at in range(size)]), Meanings()
    meanings.bitmaps, meanings.vectors = bitmaps, embeddings.in_bytes(embeddings.centred(vectors))
    everything, seconds = (1 << size) - 1, []
    for need in [need for name in SETS for need in judged(name)]:
        began = time.process_time()
        meanings.closest(bitmaps, embeddings.encoder.query(need["q"]), everything, SHOWN)
        seconds.append(time.process_time() - began)
    return sorted(seconds)


def by_fts5() -> Callable[[dict], list[str]]:
    """SQLite's full-text search as it comes: English stems, any of the words, bm25."""
    index = sqlite3.connect(":memory:")
    index.execute("CREATE VIRTUAL TABLE texts USING fts5(slug UNINDEXED, words, tokenize='porter unicode61')")
    for practice in Practice.objects.published().select_related("city"):
        texts = (practice.title, practice.summary, practice.challenge, practice.approach, practice.results)
        words = [*texts, practice.lessons, practice.what_did_not_work, practice.city.keywords, practice.lead]
        words += [*practice.partners, *practice.conditions]
        index.execute("INSERT INTO texts VALUES (?, ?)", (practice.slug, "\n".join(words)))

    def find(need: dict) -> list[str]:
        query = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", need["q"]))
        rows = index.execute(f"SELECT slug FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT {SHOWN}", (query,))
        return [slug for (slug,) in rows]

    return find


def figures_of(slugs: list[str], relevant: dict[str, int]) -> Figures:
    """Recall and nDCG of the first ten, whether one of the first three answers (None where nothing does), and emptiness."""
    shown = slugs[:SHOWN]
    recall = sum(slug in relevant for slug in shown) / min(SHOWN, len(relevant))
    best = sorted(relevant.values(), reverse=True)
    ndcg = gain([relevant.get(slug, 0) for slug in shown]) / gain(best[:SHOWN])
    success = float(any(relevant.get(slug) == 2 for slug in slugs[:FIRST])) if 2 in best else None
    return recall, ndcg, success, float(not slugs)


def gain(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / log2(at + 2) for at, grade in enumerate(grades))


def measured(needs: list[dict], find: Callable[[dict], list[str]]) -> dict[str, Figures]:
    """Language, kind, half, or "all" → mean recall@10, nDCG@10, success@3 and part without a result."""
    rows = defaultdict(list)
    for need in needs:
        figures = figures_of(find(need), need["rel"])
        for name in (need["lang"], "all", KINDS[need["kind"]], half_of(need)):
            rows[name].append(figures)
    return {
        name: tuple(mean(value for value in column if value is not None) for column in zip(*figures, strict=True))
        for name, figures in rows.items()
    }


def report(title: str, figures: dict[str, Figures]) -> str:
    lines = [f"| {title} | recall@10 | nDCG@10 | success@3 | nothing found |", "|---|---|---|---|---|"]
    known = ("all", "tuned on", "checked on", *LANGUAGES, *KINDS.values())
    order = [*known[:8], *sorted(figures.keys() - set(known)), *known[8:]]
    for name in order:
        if name in figures:
            recall, ndcg, success, empty = figures[name]
            lines.append(f"| {name} | {recall:.3f} | {ndcg:.3f} | {success:.3f} | {empty:.1%} |")
    return "\n".join(lines)
