"""What to suggest while somebody types: practices, cities, countries and themes."""

from dataclasses import asdict, dataclass

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _
from text_unidecode import unidecode

from practices.countries import country_name
from practices.languages import of_the_page
from practices.models import City, Practice
from practices.search import fold
from practices.search.grammar import TOKENS
from practices.vocabularies import THEMES

# Fewer letters say too little.
SHORTEST = 2
MOST = {"practice": 5, "city": 4, "country": 3, "theme": 3}
ALIKE_ENOUGH = 0.35


@dataclass(frozen=True)
class Suggestion:
    """Something that fits what was typed: what it is, its name, what tells it apart, and where it leads."""

    kind: str
    text: str
    detail: str
    url: str


def suggestions(typed: str) -> list[dict]:
    """What fits the words typed so far, in the active language; one statement, none for fewer than two letters."""
    words = fold(typed)
    tokens = TOKENS.findall(words)
    if len("".join(tokens)) < SHORTEST:
        return []
    titles, cities, codes = look_up(words, tokens)
    found = [
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
            Suggestion(
                "theme", THEMES.label(code), _("Practices on this theme"), f"{reverse('directory')}?theme={code}"
            )
            for code in themes_named(tokens)
        ),
    ]
    return [asdict(suggestion) for suggestion in found]


def place(city: str, country: str) -> str:
    return f"{city}, {country_name(country)}"


def themes_named(tokens: list[str]) -> list[str]:
    """The codes of the themes in whose name a word begins with each of those typed."""
    found = []
    for code, label in THEMES.choices:
        words = [plain(word) for word in TOKENS.findall(label)]
        if all(any(word.startswith(plain(token)) for word in words) for token in tokens):
            found.append(code)
    return found[: MOST["theme"]]


def plain(words: str) -> str:
    """Small letters without accents; other scripts than Latin stay."""
    return "".join(unidecode(letter) if ord(letter) < 0x250 else letter for letter in words.lower())


def look_up(words: str, tokens: list[str]) -> tuple[list, list, list]:
    """``(slug, title, city, country)``, ``(slug, name, country)`` and codes of countries with an entry."""
    # Names are whole words in the vector, at weight A in a title; the last one may still be on its way.
    *whole, last = [f"'{token}'" for token in tokens]
    prefixes = " & ".join([*(f"{token}:A" for token in whole), f"{last}:*A"])
    given = {
        "prefixes": prefixes,
        "words": words,
        "tokens": tokens,
        "alike": ALIKE_ENOUGH,
        "language": of_the_page(),
        **MOST,
    }
    told: dict[str, list] = {"practice": [], "city": [], "country": []}
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, given)
        for kind, *row in cursor.fetchall():
            told[kind].append(row)
    return told["practice"], [row[:3] for row in told["city"]], [code for *_names, code in told["country"]]


# The pattern operators compare byte by byte and so use an index for "begins with", whatever the collation.
STATEMENT = """
WITH typed AS MATERIALIZED (
    SELECT practices_plain(%(words)s) AS plain, practices_plain(%(prefixes)s)::tsquery AS prefixes
), known AS NOT MATERIALIZED (
    SELECT entry.id, entry.slug, coalesce(told.shown->>'title', entry.title) AS title, entry.published_at,
           entry.city_id, city.name AS city, city.country
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
), alike_named AS (
    SELECT city.id FROM typed JOIN practices_city AS city ON practices_plain(city.name) %% typed.plain
    WHERE NOT EXISTS (SELECT FROM named) AND similarity(practices_plain(city.name), typed.plain) >= %(alike)s
), cities AS MATERIALIZED (
    SELECT city.slug, city.name, city.country
    FROM typed, practices_city AS city
    WHERE city.id IN (SELECT id FROM named UNION SELECT id FROM alike_named)
        AND (city.signed_precision <> '' OR EXISTS (SELECT FROM known WHERE known.city_id = city.id))
    ORDER BY practices_plain(city.name) ^@ typed.plain DESC, city.population DESC NULLS LAST, city.slug
    LIMIT %(city)s
), countries AS MATERIALIZED (
    SELECT substr(concept, 9) AS code FROM called
    WHERE concept ^@ 'country/' AND EXISTS (SELECT FROM known WHERE known.country = substr(called.concept, 9))
    ORDER BY 1 LIMIT %(country)s
)
SELECT 'practice', slug, title, city, country FROM titled
UNION ALL SELECT 'practice', slug, title, city, country FROM alike
UNION ALL SELECT 'city', slug, name, country, '' FROM cities
UNION ALL SELECT 'country', '', '', '', code FROM countries
"""
