"""The SQL by which entries are matched with a search, ranked and marked."""

from collections.abc import Mapping

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Expression, F, FloatField, Func, IntegerField, TextField, Value

from practices.search import MARK_END, MARK_START, tsquery
from practices.search.query import Reading

# A search that finds fewer than most of a first page also shows what fits most of it.
FEW = 45
# Beyond so many matches titles and summaries tell them apart; the full vectors, which lie out of line, are left unread.
MANY = 200
# What a word counts in a title, a summary, a name and a text (ts_rank's weights stand the other way round).
# Titles and summaries are counted by themselves; in the whole entry it is enough that a word stands.
BRIEF, FULL = "{0.1, 0.2, 0.4, 1.0}", "{1.0, 1.0, 1.0, 1.0}"
# A card shows where so many of the words asked for lie, those that tell most.
MOST_EXCERPTED = 4

TEXTS = "practices_practicetext"

type Sql = tuple[str, list]  # with its parameters


def fits(key: str, whole: str, reading: Reading) -> Sql:
    """Whether an entry of this key and full vector fits what is asked.

    Where all of it fits few entries: whether it fits as much of it as some entries do.
    """
    if not reading.relaxed:
        return f"{whole} @@ %s::tsquery", [reading.matching]
    # Every thing asked for is looked up by itself: one query for "most of these" takes ten times as long.
    each = f"SELECT practice_id FROM {TEXTS} WHERE is_public AND whole @@ %s::tsquery"
    return (
        f"""{key} IN (
WITH whole AS MATERIALIZED (
    SELECT practice_id FROM {TEXTS} WHERE is_public AND whole @@ %s::tsquery
        AND {counted(FEW)} = {FEW}
), part AS MATERIALIZED (
    SELECT practice_id, count(*) AS fitted FROM ({" UNION ALL ".join(each for _query in reading.relaxed)}) AS found
    WHERE NOT EXISTS (SELECT FROM whole) GROUP BY practice_id
), step AS (
    SELECT fitted, sum(count(*)) OVER (ORDER BY fitted DESC) AS so_many FROM part GROUP BY fitted
)
SELECT practice_id FROM whole
UNION ALL SELECT practice_id FROM part
WHERE fitted >= greatest({reading.enough}, (SELECT max(fitted) FROM step WHERE so_many >= {FEW})))""",
        [reading.matching, reading.matching, *reading.relaxed],
    )


def rank(brief: str, whole: str, reading: Reading) -> Sql:
    """How well an entry fits: for each thing asked for, by where it stands, the rarer words the more."""
    wanted = [clause for clause in reading.clauses if not clause.is_excluded]
    # By themselves, since ts_rank takes longer the more words it looks for: nothing is looked for twice.
    weighed = [(clause.weight + clause.more, clause.own) for clause in wanted]
    weighed += [(clause.weight, clause.kin) for clause in wanted if clause.kin]
    score = " + ".join(f"{weight:.5f} * {part(BRIEF, brief, query)}" for weight, query in weighed) or "0"
    queries = [query for _weight, query in weighed]
    if wanted and reading.least < MANY:
        weighed = [(clause.weight, clause.matching) for clause in wanted]
        weighed += [(clause.more, clause.own) for clause in wanted if clause.more]
        texts = " + ".join(f"{weight:.5f} * {part(FULL, whole, query)}" for weight, query in weighed)
        score += f" + CASE WHEN {counted(MANY)} < {MANY} THEN {texts} ELSE 0 END"
        queries += [reading.matching, *(query for _weight, query in weighed)]
    return f"({score})::float4", queries


def part(weights: str, vector: str, query: str) -> str:
    """What one thing asked for adds to the rank, at most 1.

    ts_rank divides by the number of words that mean the same: a thing would count less the more names it has.
    """
    return f"least(1, {tsquery.size(query)} * ts_rank('{weights}', {vector}, %s::tsquery))"


def counted(most: int) -> str:
    """How many public entries fit a query, counted up to ``most``."""
    return (
        f"(SELECT count(*) FROM (SELECT FROM {TEXTS} WHERE is_public AND whole @@ %s::tsquery LIMIT {most}) AS found)"
    )


class Fits(Func):
    output_field = BooleanField()

    def __init__(self, reading: Reading):
        self.reading = reading
        super().__init__(F("pk"), F("text__whole"))

    def as_sql(self, compiler, connection, **context):
        (key, _), (whole, _) = map(compiler.compile, self.source_expressions)
        return fits(key, whole, self.reading)


class Rank(Func):
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
        Func(Value(reading.marking), language, function="practices_unmarked"),
        Value(f"StartSel={MARK_START}, StopSel={MARK_END}, HighlightAll=true"),
        function="ts_headline",
        output_field=TextField(),
    )


def excerpt(body: Expression, language: Expression, reading: Reading) -> Func:
    """Where the words lie in the body of an entry, in this language, that its title and its summary do not hold; marked."""
    wanted = sorted((clause for clause in reading.clauses if not clause.is_excluded), key=lambda clause: -clause.weight)
    return Func(
        language,
        F("text__brief"),
        F("text__whole"),
        body,
        Value([clause.matching for clause in wanted[:MOST_EXCERPTED]], ArrayField(TextField())),
        Value(
            f"StartSel={MARK_START}, StopSel={MARK_END}, MaxFragments=2, MaxWords=18, MinWords=8,"
            ' FragmentDelimiter=" … "'
        ),
        function="practices_excerpt",
        output_field=TextField(),
    )
