"""What the search knows of words: which occur, and which mean the same in another language."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class LexiconWord(models.Model):
    """A word that occurs in published entries, in their cities' names or among the terms.

    Kept by a database trigger (``migrations/0003_search_texts.py``) and by ``practices.loading.terms``. Misspelt words are
    corrected to these.
    """

    word = models.CharField(max_length=60)
    plain = models.CharField(max_length=60)  # without accents, as words are compared
    # Words that sound alike have the same; made by a function of the database (``migrations/0033_sounds_and_excerpts.py``).
    sound = models.GeneratedField(
        expression=models.Func("plain", function="practices_sound"), output_field=models.TextField(), db_persist=True
    )
    stem = models.CharField(max_length=60, blank=True)
    language = models.CharField(max_length=7, blank=True)  # "" for names
    documents = models.PositiveIntegerField(default=0)  # published entries that hold it
    is_term = models.BooleanField(default=False)  # stays, even where no entry holds it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "language"], name="lexicon_word_once")]
        indexes = [
            GinIndex(OpClass("plain", name="gin_trgm_ops"), name="lexicon_alike"),
            models.Index(fields=["plain"], name="lexicon_plain"),
            models.Index(fields=["stem", "language"], name="lexicon_stem"),
            models.Index(fields=["sound"], name="lexicon_sound"),
        ]

    def __str__(self):
        return self.word


class Term(models.Model):
    """A word or a few for a concept, in one language; "" for what places are called in any of them."""

    concept = models.CharField(max_length=60)
    language = models.CharField(max_length=7, blank=True)
    text = models.CharField(max_length=120)
    # A controlled word of the same meaning, as facet/code.
    tag = models.CharField(max_length=60, blank=True)
    position = models.PositiveSmallIntegerField(default=0)  # 0: the usual word for the concept in this language
    stems = ArrayField(models.TextField(), default=list, db_default=[])
    # The same with the small words between them, whole.
    every = ArrayField(models.TextField(), default=list, db_default=[])
    query = models.TextField(default="", db_default="")  # what finds it in texts of its language
    head = models.TextField(default="", db_default="")  # the first stem, by which a term is looked up

    class Meta:
        indexes = [
            models.Index(fields=["language", "head"], name="term_head"),
            models.Index(fields=["concept"], name="term_concept"),
        ]

    def __str__(self):
        return self.text


class PracticeText(models.Model):
    """What the database keeps of an entry's words, beside it and short; see ``migrations/0003_search_texts.py``.

    ``whole`` is the entry's ``search`` again: rows this narrow are matched and ranked several times as fast.
    """

    # Without a constraint of the database's: a trigger takes the row away with its entry, whoever deletes that.
    practice = models.OneToOneField(
        "practices.Practice", models.DO_NOTHING, primary_key=True, related_name="text", db_constraint=False
    )
    is_public = models.BooleanField(default=False, db_default=False)
    brief = SearchVectorField(null=True)
    whole = SearchVectorField(null=True)
    lexis = ArrayField(models.TextField(), default=list)

    class Meta:
        indexes = [GinIndex(fields=["whole"], name="practice_whole")]

    def __str__(self):
        return f"text {self.pk}"
