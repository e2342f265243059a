"""The SQL by which entries are matched with a search, ranked and marked."""

from collections.abc import Mapping

from django.db.models import BooleanField, Expression, F, FloatField, Func, IntegerField, TextField, Value

from practices.search import MARK_END, MARK_START
from practices.search.reading import Reading

# A search that finds fewer than a first page of ten also shows what fits most of it.
FEW = 10
# Beyond so many matches titles and summaries tell them apart; the full vectors, which lie out of line, are left unread.
MANY = 200
# What a word counts in a title, a summary, a name and a text (ts_rank's weights stand the other way round).
BRIEF, FULL = "{0.1, 0.2, 0.4, 1.0}", "{0.5, 0.5, 0.5, 1.0}"
OWN_WORDS = 0.3  # on top, where the visitor's own word stands and not one that means the same

type Sql = tuple[str, list]  # with its parameters


def fits(whole: str, reading: Reading) -> Sql:
    """Whether the full vector fits what is asked; where all of it fits few entries, whether it fits most of it."""
    if not reading.relaxed:
        return f"{whole} @@ %s::tsquery", [reading.matching]
    return (
        f"{whole} @@ (CASE WHEN {counted(FEW)} < {FEW} THEN %s ELSE %s END)::tsquery",
        [reading.matching, reading.relaxed, reading.matching],
    )


def rank(brief: str, whole: str, reading: Reading) -> Sql:
    """How well an entry fits: for each thing asked for, by where it stands, the rarer words the more."""
    wanted = [clause for clause in reading.clauses if not clause.is_excluded]
    titles = [
        f"{clause.weight:.5f} * (ts_rank('{BRIEF}', {brief}, %s::tsquery)"
        f" + {OWN_WORDS} * ts_rank('{BRIEF}', {brief}, %s::tsquery))"
        for clause in wanted
    ]
    said, queries = " + ".join(titles) or "0", [query for one in wanted for query in (one.matching, one.own)]
    if wanted and reading.least < MANY:
        texts = " + ".join(f"{clause.weight:.5f} * ts_rank('{FULL}', {whole}, %s::tsquery)" for clause in wanted)
        said += f" + CASE WHEN {counted(MANY)} < {MANY} THEN {texts} ELSE 0 END"
        queries += [reading.matching, *(clause.matching for clause in wanted)]
    return f"({said})::float4", queries


def counted(most: int) -> str:
    """How many public entries fit a query, counted up to ``most``."""
    return (
        "(SELECT count(*) FROM (SELECT FROM practices_practicetext"
        f" WHERE is_public AND whole @@ %s::tsquery LIMIT {most}) AS found)"
    )


class Fits(Func):
    """``fits`` of the full vector beside an entry."""

    output_field = BooleanField()

    def __init__(self, reading: Reading):
        self.reading = reading
        super().__init__(F("text__whole"))

    def as_sql(self, compiler, connection, **context):
        [(whole, _)] = map(compiler.compile, self.source_expressions)
        return fits(whole, self.reading)


class Rank(Func):
    """``rank`` of the vectors beside an entry."""

    output_field = FloatField()

    def __init__(self, reading: Reading):
        self.reading = reading
        super().__init__(F("text__brief"), F("text__whole"))

    def as_sql(self, compiler, connection, **context):
        (brief, _), (whole, _) = map(compiler.compile, self.source_expressions)
        return rank(brief, whole, self.reading)


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
