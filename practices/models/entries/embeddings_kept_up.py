"""Embeds what has changed whenever the worker has nothing else to do."""

from django.db import models

from citysolidarity.caching.edition import edition
from practices.models.entries.embedding import PracticeEmbedding
from practices.models.entries.need import Need
from practices.search import embeddings


class EmbeddingsKeptUp:
    """Holds them until none is missing: saved one by one, they would end every kept page and copy for minutes."""

    SECONDS = 0.5  # of each round: letters wait meanwhile
    MOST_HELD = 200  # rows, made in some eight minutes

    def __init__(self):
        self.forget()

    def forget(self) -> None:
        self.number: int | None = None  # of the edition in which nothing was missing
        self.held: dict[type[models.Model], list[models.Model]] = {PracticeEmbedding: [], Need: []}

    def __call__(self, **kwargs) -> None:
        """A query while nothing changes."""
        if not embeddings.is_available() or edition.check() == self.number:
            return
        number = edition.row.number
        for model, held in self.held.items():
            made = model.objects.made(self.SECONDS, held)
            held += made
            if made and len(held) < self.MOST_HELD:
                return
            # Let go first: what cannot be saved is missing again in the next round.
            self.held[model] = []
            if held:
                model.objects.keep(held)
            if made:
                return
        self.number = number


keep_embeddings_up = EmbeddingsKeptUp()
