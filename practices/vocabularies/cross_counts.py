"""Counting how many practices each theme has for each population; knows no model and no request."""

from practices.vocabularies import POPULATIONS, THEMES
from practices.vocabularies.facets import bounds


def cross_counting_query(tags_sql: str) -> tuple[str, list[int]]:
    """One SQL query and its parameters: (theme number, population number, count); 0 stands for any.

    ``tags_sql`` selects ``tags smallint[]``, one row for each practice.
    """
    query = f"""
        WITH held (tags) AS ({tags_sql})
        SELECT theme, population, count(*)
        FROM held, unnest(tags || 0::smallint) AS theme, unnest(tags || 0::smallint) AS population
        WHERE (theme = 0 OR theme BETWEEN %s AND %s) AND (population = 0 OR population BETWEEN %s AND %s)
        GROUP BY theme, population"""
    return query, [*bounds(THEMES.name), *bounds(POPULATIONS.name)]


def counts_by_code(rows) -> dict[tuple[str, str], int]:
    names = {0: ""} | {
        number: code for vocabulary in (THEMES, POPULATIONS) for code, number in vocabulary.numbers.items()
    }
    return {(names[theme], names[population]): count for theme, population, count in rows}
