"""The SQL by which entries are matched with a search, ranked and marked."""

from collections.abc import Mapping

from django.db.models import BooleanField, Expression, F, FloatField, Func, IntegerField, TextField, Value

from practices.search import MARK_END, MARK_START
from practices.search.reading import Reading

# A search that finds fewer than a first page of ten also shows what fits most of it.
FEW = 10
# Beyond so many matches the full vectors are left unread: they lie out of line.
MANY = 1_000
# What a word counts in a title, a summary, a name and a text (ts_rank's weights stand the other way round).
BRIEF, FULL = "{0.1, 0.2, 0.4, 1.0}", "{0.5, 0.5, 0.5, 1.0}"
OWN_WORDS = 0.3  # on top, where the visitor's own word stands and not one that means the same

_PUBLIC = "published_at IS NOT NULL AND archived_at IS NULL"


class Fits(Func):
    """Whether a vector fits what is asked; where all of it fits few entries, whether it fits most of it."""

    output_field = BooleanField()

    def __init__(self, vector: F, reading: Reading):
        if reading.relaxed:
            self.template = (
                f"%(expressions)s @@ (CASE WHEN (SELECT count(*) FROM (SELECT FROM practices_practice WHERE {_PUBLIC} "
                f"AND search @@ %%s::tsquery LIMIT {FEW}) AS full_fit) < {FEW} THEN %%s ELSE %%s END)::tsquery"
            )
            self.queries = (reading.matching, reading.relaxed, reading.matching)
        else:
            self.template, self.queries = "%(expressions)s @@ %%s::tsquery", (reading.matching,)
        super().__init__(vector)

    def as_sql(self, compiler, connection, **context):
        sql, parameters = super().as_sql(compiler, connection, **context)
        return sql, (*parameters, *self.queries)


class Rank(Func):
    """How well an entry fits: for each thing asked for, by where it stands, the rarer words the more."""

    output_field = FloatField()

    def __init__(self, reading: Reading):
        wanted = [clause for clause in reading.clauses if not clause.is_excluded]
        self.queries = [query for clause in wanted for query in (clause.matching, clause.own)]
        full = [clause.matching for clause in wanted]
        self.steps = [
            f"{clause.weight:.5f} * (ts_rank('{BRIEF}', %(brief)s, %%s::tsquery) "
            f"+ {OWN_WORDS} * ts_rank('{BRIEF}', %(brief)s, %%s::tsquery))"
            for clause in wanted
        ]
        self.texts = [f"{clause.weight:.5f} * ts_rank('{FULL}', %(full)s, %%s::tsquery)" for clause in wanted]
        self.queries += [reading.matching, *full]
        super().__init__(F("text__brief"), F("search"))

    def as_sql(self, compiler, connection, **context):
        (brief, _), (full, _) = (compiler.compile(one) for one in self.source_expressions)
        columns = {"brief": brief, "full": full}
        titles = " + ".join(step % columns for step in self.steps) or "0"
        texts = " + ".join(step % columns for step in self.texts) or "0"
        few = (
            f"(SELECT count(*) FROM (SELECT FROM practices_practice WHERE search @@ %s::tsquery LIMIT {MANY}) AS found)"
        )
        return f"({titles} + CASE WHEN {few} < {MANY} THEN {texts} ELSE 0 END)", tuple(self.queries)


class Score(Func):
    """The sum of the points that an entry's tags are worth (int); ``points`` maps tag numbers to points."""

    output_field = IntegerField()
    template = (
        "(SELECT coalesce(sum(points), 0)::int FROM unnest(%(expressions)s) AS tag "
        "JOIN unnest(%%s::smallint[], %%s::int[]) AS worth (tag, points) USING (tag))"
    )

    def __init__(self, tags: F, points: Mapping[int, int]):
        self.worth = [list(points.keys()), list(points.values())]
        super().__init__(tags)

    def as_sql(self, compiler, connection, **context):
        sql, parameters = super().as_sql(compiler, connection, **context)
        return sql, (*parameters, *self.worth)


def marked(text: Expression, language: Expression, reading: Reading) -> Func:
    """The whole text, which is in this language, with the words found between MARK_START and MARK_END."""
    return Func(
        Func(language, function="practices_configuration"),
        text,
        Func(Value(reading.marking), template="%(expressions)s::tsquery"),
        Value(f"StartSel={MARK_START}, StopSel={MARK_END}, HighlightAll=true"),
        function="ts_headline",
        output_field=TextField(),
    )
