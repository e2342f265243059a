"""A model for tests: a word has a subject, whatever its language, and each subject a direction of its own."""

import numpy
import pytest

from practices.models import PracticeEmbedding
from practices.search import embeddings

SUBJECTS = ("roof unterkunft дах", "school schule школа", "garden garten сад", "und und-nothing-else")


class ToyModel:
    """In place of ``embeddings.encoder``; ``embedded`` counts the texts it was given of entries."""

    def __init__(self):
        self.embedded = 0

    def query(self, text: str):
        words = text.lower().split()
        numbers = numpy.zeros(embeddings.SIZE, numpy.float32)
        for at, subject in enumerate(SUBJECTS):
            numbers[at] = sum(word.strip(".,") in subject.split() for word in words)
        length = numpy.linalg.norm(numbers)
        return numbers / length if length else None

    def passages(self, texts):
        self.embedded += len(texts)
        nothing = numpy.eye(1, embeddings.SIZE, embeddings.SIZE - 1, dtype=numpy.float32)[0]
        return numpy.array([nothing if (found := self.query(text)) is None else found for text in texts])

    queries = passages


@pytest.fixture
def toy_model(monkeypatch):
    model = ToyModel()
    monkeypatch.setattr(embeddings, "encoder", model)
    monkeypatch.setattr(embeddings, "is_available", lambda: True)
    monkeypatch.setattr(embeddings, "centre", lambda: numpy.float32(0))
    return model


def embed_all() -> int:
    done = 0
    while embedded := PracticeEmbedding.objects.keep(PracticeEmbedding.objects.made()):
        done += embedded
    return done
