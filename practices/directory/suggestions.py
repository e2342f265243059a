"""What to suggest while somebody types: themes, groups and other controlled words, practices, cities, areas and countries."""

from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from text_unidecode import unidecode

from practices.models import City, Practice
from practices.search import fold
from practices.search.grammar import TOKENS
from practices.search.place_names import fold as fold_name
from practices.vocabularies import facets
from practices.vocabularies.countries import country_name
from practices.vocabularies.languages import of_the_page

# Fewer letters say too little.
SHORTEST = 2
MOST = {"practice": 5, "city": 4, "country": 3, "area": 2, "facet": 3}
ALIKE_ENOUGH = 0.35
# Facets whose controlled words are suggested: those that the search texts hold.
SUGGESTED = ("theme", "population", "group", "context", "instrument")


@dataclass(frozen=True)
class Suggestion:
    kind: str
    text: str
    detail: str
    url: str


def suggestions(typed: str) -> list[dict]:
    """What fits the words typed so far, in the active language; one query, none for fewer than two letters."""
    words = fold(typed)
    tokens = TOKENS.findall(words)
    if len("".join(tokens)) < SHORTEST:
        return []
    rows = look_up(words, tokens)
    titles, cities, codes = rows["practice"], [row[:3] for row in rows["city"]], [row[3] for row in rows["country"]]
    items = [
        *(facet_suggestion(tag, int(count)) for tag, count, *_rest in rows["facet"]),
        *(
            Suggestion("practice", title, place(*at), Practice(slug=slug).get_absolute_url())
            for slug, title, *at in titles
        ),
        *(
            Suggestion("city", name, country_name(code), City(slug=slug).get_absolute_url())
            for slug, name, code in cities
        ),
        *(
            Suggestion(
                "country", country_name(code), _("Practices in this country"), f"{reverse('directory')}?country={code}"
            )
            for code in codes
        ),
        *(
            Suggestion("area", area, place(city, code), f"{reverse('directory')}?{urlencode({'q': area})}")
            for area, _slug, city, code in rows["area"]
        ),
    ]
    return [asdict(suggestion) for suggestion in items]


def place(city: str, country: str) -> str:
    return f"{city}, {country_name(country)}"


def facet_suggestion(tag: str, count: int) -> Suggestion:
    """A controlled word, which leads to the practices that carry it."""
    name, _slash, code = tag.partition("/")
    label = str(facets.BY_NAME[name].vocabulary.label(code))
    number = ngettext("%(count)d practice", "%(count)d practices", count) % {"count": count}
    return Suggestion(name, label, number, f"{reverse('directory')}?{name}={code}")


def labelled(tokens: list[str]) -> list[str]:
    """The controlled words in whose label a word begins with each of those typed, as facet/code."""
    typed = [plain(token) for token in tokens]
    return [
        f"{name}/{code}"
        for name in SUGGESTED
        for code, label in facets.BY_NAME[name].vocabulary.choices
        if all(any(word.startswith(token) for word in map(plain, TOKENS.findall(str(label)))) for token in typed)
    ]


def plain(words: str) -> str:
    """Small letters without accents; other scripts than Latin stay."""
    return "".join(unidecode(letter) if ord(letter) < 0x250 else letter for letter in words.lower())


def look_up(words: str, tokens: list[str]) -> dict[str, list]:
    """Rows of four columns by kind: see the end of the query."""
    # Names are whole words in the vector, at weight A in a title; the last one may still be on its way.
    *whole, last = [f"'{token}'" for token in tokens]
    prefixes = " & ".join([*(f"{token}:A" for token in whole), f"{last}:*A"])
    parameters = {
        "prefixes": prefixes,
        "words": words,
        "tokens": tokens,
        "alike": ALIKE_ENOUGH,
        "language": of_the_page(),
        "key": fold_name(words),
        "tags": labelled(tokens),
        **MOST,
    }
    rows: dict[str, list] = {kind: [] for kind in MOST}
    with connection.cursor() as cursor:
        cursor.execute(QUERY, parameters)
        for kind, *row in cursor.fetchall():
            rows[kind].append(row)
    return rows


# The pattern operators compare byte by byte and so use an index for "begins with", whatever the collation.
QUERY = """
WITH typed AS MATERIALIZED (
    SELECT practices_plain(%(words)s) AS plain, practices_plain(%(prefixes)s)::tsquery AS prefixes
), known AS NOT MATERIALIZED (
    SELECT entry.id, entry.slug, coalesce(told.shown->>'title', entry.title) AS title, entry.published_at,
           entry.city_id, coalesce(nullif(city.names->>%(language)s, ''), city.name) AS city,
           city.country
    FROM practices_practice AS entry JOIN practices_city AS city ON city.id = entry.city_id
        LEFT JOIN practices_practicetranslation AS told ON told.practice_id = entry.id AND told.language = %(language)s
    WHERE entry.published_at IS NOT NULL AND entry.archived_at IS NULL
), titled AS MATERIALIZED (
    SELECT known.slug, known.title, known.city, known.country
    FROM typed JOIN practices_practicetext AS kept ON kept.brief @@ typed.prefixes
        JOIN known ON known.id = kept.practice_id
    ORDER BY practices_plain(known.title) ^@ typed.plain DESC, known.published_at DESC, known.slug
    LIMIT %(practice)s
), fixed AS MATERIALIZED (
    -- Where no title begins so, each word is taken for the likeliest of the lexicon.
    SELECT string_agg(format('%%L:A', found.plain), ' & ')::tsquery AS words
    FROM unnest(%(tokens)s::text[]) AS token, LATERAL (
        SELECT held.plain FROM practices_lexiconword AS held
        WHERE held.plain %% practices_plain(token) AND levenshtein_less_equal(held.plain, practices_plain(token), 2) <= 2
        ORDER BY levenshtein_less_equal(held.plain, practices_plain(token), 2),
                 similarity(held.plain, practices_plain(token)) DESC, held.documents DESC
        LIMIT 1) AS found
    WHERE NOT EXISTS (SELECT FROM titled)
), alike AS MATERIALIZED (
    SELECT known.slug, known.title, known.city, known.country
    FROM fixed JOIN practices_practicetext AS kept ON kept.brief @@ fixed.words
        JOIN known ON known.id = kept.practice_id
    ORDER BY known.published_at DESC, known.slug
    LIMIT %(practice)s
), called AS MATERIALIZED (
    SELECT DISTINCT term.concept FROM typed JOIN practices_term AS term
        ON term.language = '' AND term.head ~>=~ split_part(typed.plain, ' ', 1)
            AND term.head ~<~ (split_part(typed.plain, ' ', 1) || chr(1114111))
            AND practices_plain(term.text) ^@ typed.plain
), named AS (
    SELECT city.id FROM typed JOIN practices_city AS city
        ON practices_plain(city.name) ~>=~ typed.plain AND practices_plain(city.name) ~<~ (typed.plain || chr(1114111))
    UNION
    SELECT city.id FROM called JOIN practices_city AS city ON city.geonames_id = substr(called.concept, 6)::int
    WHERE called.concept ^@ 'city/'
    UNION
    SELECT city.id FROM practices_city AS city JOIN practices_place AS place ON place.geonames_id = city.geonames_id
    WHERE %(key)s <> '' AND position('|' || %(key)s IN place.keys) > 0
), alike_named AS (
    SELECT city.id FROM typed JOIN practices_city AS city ON practices_plain(city.name) %% typed.plain
    WHERE NOT EXISTS (SELECT FROM named) AND similarity(practices_plain(city.name), typed.plain) >= %(alike)s
), cities AS MATERIALIZED (
    SELECT city.slug, coalesce(nullif(city.names->>%(language)s, ''), city.name) AS name, city.country
    FROM typed, practices_city AS city
    WHERE city.id IN (SELECT id FROM named UNION SELECT id FROM alike_named)
        AND (city.signed_precision <> '' OR EXISTS (SELECT FROM known WHERE known.city_id = city.id))
    ORDER BY practices_plain(city.name) ^@ typed.plain DESC, city.population DESC NULLS LAST, city.slug
    LIMIT %(city)s
), countries AS MATERIALIZED (
    SELECT substr(concept, 9) AS code FROM called
    WHERE concept ^@ 'country/' AND EXISTS (SELECT FROM known WHERE known.country = substr(called.concept, 9))
    ORDER BY 1 LIMIT %(country)s
), meant AS MATERIALIZED (
    SELECT DISTINCT tag FROM typed JOIN practices_term AS term
        ON term.language <> '' AND term.tag <> '' AND practices_plain(term.text) ^@ typed.plain
    UNION SELECT unnest(%(tags)s::text[])
), facets AS MATERIALIZED (
    SELECT tag, count(*) AS practices FROM meant JOIN practices_practicetext AS kept
        ON kept.is_public AND kept.brief @@ format('%%L', tag)::tsquery
    GROUP BY tag ORDER BY tag = ANY(%(tags)s::text[]) DESC, practices DESC, tag LIMIT %(facet)s
), areas AS MATERIALIZED (
    SELECT DISTINCT entry.area, coalesce(nullif(city.names->>%(language)s, ''), city.name) AS name, city.country
    FROM typed JOIN practices_practice AS entry ON position(' ' || typed.plain IN ' ' || practices_plain(entry.area)) > 0
        JOIN known ON known.id = entry.id JOIN practices_city AS city ON city.id = entry.city_id
    ORDER BY 1 LIMIT %(area)s
)
SELECT 'facet', tag, practices::text, '', '' FROM facets
UNION ALL SELECT 'area', area, '', name, country FROM areas
UNION ALL SELECT 'practice', slug, title, city, country FROM titled
UNION ALL SELECT 'practice', slug, title, city, country FROM alike
UNION ALL SELECT 'city', slug, name, country, '' FROM cities
UNION ALL SELECT 'country', '', '', '', code FROM countries
"""
