"""The needs of town halls, kept in this process: how much each entry gains by those that a question is close to."""

from collections.abc import Sequence
from threading import Lock

from practices.models import Need, NeedPractice
from practices.search import embeddings


class Needs:
    def __init__(self):
        self.lock = Lock()
        self.forget()

    def forget(self) -> None:
        self.number: int | None = None  # of the edition that was read
        self.vectors, self.weights = None, []

    def gains(self, number: int, practices: Sequence[int], question) -> list[float]:
        """What each of the practices with these keys gains at a question (centred); two queries in a new edition."""
        with self.lock:
            if self.number != number:
                self._read(number)
            vectors, weights = self.vectors, self.weights
        gained: dict[int, float] = {}
        for at, close in embeddings.closest_needs(question, vectors):
            for practice, weight in weights[at].items():
                gained[practice] = max(gained.get(practice, 0), close * weight)
        return [gained.get(practice, 0) for practice in practices]

    def _read(self, number: int) -> None:
        packed = dict(Need.objects.of_model().values_list("pk", "embedding"))
        weights: dict[int, dict[int, float]] = {need: {} for need in packed}
        found = NeedPractice.objects.filter(need__in=packed)
        for need, practice, answers in found.values_list("need", "practice", "answers"):
            weights[need][practice] = embeddings.ANSWERING if answers else embeddings.HELPING
        self.vectors = embeddings.needs_unpacked(map(bytes, packed.values()))
        self.number, self.weights = number, list(weights.values())


needs = Needs()
