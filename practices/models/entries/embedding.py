"""What the worker keeps of an entry's meaning: its embeddings, made anew when its text changes."""

import logging
import time
from collections.abc import Iterable, Iterator

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, StringAgg, Subquery, Value
from django.db.models.functions import MD5, Concat

from practices.models.entries.keywords import PracticeKeywords
from practices.models.entries.practice import Practice
from practices.search import embeddings

# In the order in which they are embedded.
SECTIONS = ("challenge", "approach", "results", "lessons", "what_did_not_work")
# So many are read at a time: a change in the meantime is seen soon.
AT_A_TIME = 20
logger = logging.getLogger(__name__)


def text_hash() -> MD5:
    """A hash of everything that is embedded, as an expression."""
    parts = [part for name in ("title", "city__name", "summary", *SECTIONS) for part in (name, Value("\n"))]
    lines = Func(F("phrases"), Value("\n"), function="array_to_string", output_field=models.TextField())
    keywords = PracticeKeywords.objects.filter(practice=OuterRef("pk")).order_by().values("practice")
    every = keywords.annotate(every=StringAgg(lines, Value("\n"), order_by="language")).values("every")
    return MD5(Concat(*parts, Subquery(every), output_field=models.TextField()))


def until_time_is_up[T](rows: Iterable[T], seconds: float) -> Iterator[T]:
    """The first of them, and the next ones until so many seconds are over."""
    deadline = time.monotonic() + seconds
    for row in rows:
        yield row
        if time.monotonic() > deadline:
            return


class EmbeddingQuerySet(models.QuerySet):
    def of_model(self):
        """Those that can be compared with what the present model makes of a question."""
        return self.filter(model=embeddings.MODEL)

    def missing(self):
        """Public practices with a text that is not embedded yet, each with its hash (``hashed``)."""
        practices = Practice.objects.published().annotate(hashed=text_hash())
        same = self.of_model().filter(practice=OuterRef("pk"), text_hash=OuterRef("hashed"))
        return practices.filter(~Exists(same)).order_by("pk")

    def made(self, seconds: float = float("inf"), besides=()) -> list["PracticeEmbedding"]:
        """Rows of what is missing, ``besides`` these, not saved; made for so long, one at least."""
        wanted = self.missing().exclude(pk__in=[row.practice_id for row in besides])
        wanted = wanted.select_related("city").prefetch_related("keywords")
        wanted = wanted.only("title", "summary", *SECTIONS, "city__name")[:AT_A_TIME]
        return [self.model.of(practice) for practice in until_time_is_up(wanted, seconds)]

    def keep(self, rows: list["PracticeEmbedding"]) -> int:
        """Save them at once, in place of older ones; returns how many. It moves the edition, and ends every kept page.

        Those of entries that have gone meanwhile are left out.
        """
        there = set(Practice.objects.filter(pk__in=[row.practice_id for row in rows]).values_list("pk", flat=True))
        rows = [row for row in rows if row.practice_id in there]
        columns = ["text_hash", "vectors"]
        self.bulk_create(rows, update_conflicts=True, unique_fields=["practice", "model"], update_fields=columns)
        return len(rows)


class PracticeEmbedding(models.Model):
    """One row for an entry and a model: those of a new model are made beside the old ones."""

    practice = models.ForeignKey("practices.Practice", models.CASCADE, related_name="+")
    model = models.CharField(max_length=60)
    text_hash = models.CharField(max_length=32)
    vectors = models.BinaryField()  # see practices.search.embeddings.embedded

    objects = EmbeddingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["practice", "model"], name="embedding_once_per_model")]

    def __str__(self):
        return f"{self.model} of {self.practice_id}"

    @classmethod
    def of(cls, practice: Practice) -> "PracticeEmbedding":
        """The embedding of a practice fetched by ``missing``; not saved."""
        head = f"{practice.title}. {practice.city.name}"
        passages = embeddings.passages_of(head, practice.summary, [getattr(practice, name) for name in SECTIONS])
        keywords = [phrase for row in practice.keywords.all() for phrase in row.phrases]
        vectors = embeddings.embedded(passages, keywords)
        return cls(practice=practice, model=embeddings.MODEL, text_hash=practice.hashed, vectors=vectors)
