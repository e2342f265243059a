"""A made-up directory of any size, the same for the same seed. Its shape follows the recipe of the performance notes.

Texts are of real words by their real frequency, with a quarter of words that this directory is about.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from math import log
from random import Random

from django.db import connection, transaction

from practices import vocabularies
from practices.models import City, Practice, Source
from practices.vocabularies.countries import COUNTRY_CODES
from tests.bench import saving

SEED = 20_180_620
LANGUAGES = {"en": 0.55, "es": 0.17, "fr": 0.13, "pt": 0.08, "ar": 0.07}
NOW = datetime(2026, 11, 1, tzinfo=UTC)
DOMAIN = {
    "en": "housing refugees school language integration women children work health shelter city community training"
    " asylum welcome employment education rights participation volunteers mentors municipality newcomers families",
    "es": "vivienda refugiados escuela idioma integración mujeres niños trabajo salud albergue ciudad comunidad"
    " formación asilo acogida empleo educación derechos participación voluntarios familias municipio",
    "fr": "logement réfugiés école langue intégration femmes enfants travail santé abri ville communauté formation"
    " asile accueil emploi éducation droits participation bénévoles familles municipalité",
    "pt": "habitação refugiados escola língua integração mulheres crianças trabalho saúde abrigo cidade comunidade"
    " formação asilo acolhimento emprego educação direitos participação voluntários famílias município",
    "ar": "السكن اللاجئين المدرسة اللغة الاندماج النساء الأطفال العمل الصحة المأوى المدينة المجتمع التدريب"
    " اللجوء الترحيب التوظيف التعليم الحقوق المشاركة المتطوعين الأسر البلدية",
}


class Weighted:
    """Draws from values by weight."""

    def __init__(self, values, weights):
        self.values, self.weights = list(values), list(accumulate(weights))

    def one(self, chance: Random):
        return chance.choices(self.values, cum_weights=self.weights)[0]

    def some(self, chance: Random, count: int) -> list:
        """``count`` different values, or all of them."""
        found: dict = {}
        while len(found) < min(count, len(self.values)):
            found[self.one(chance)] = None
        return list(found)

    def many(self, chance: Random, count: int) -> list:
        """``count`` values, repeats allowed."""
        return chance.choices(self.values, cum_weights=self.weights, k=count)


def zipf(values, exponent: float) -> Weighted:
    """The nth value is drawn 1/n^exponent as often as the first."""
    values = list(values)
    return Weighted(values, [1 / rank**exponent for rank in range(1, len(values) + 1)])


def domain_words(language: str) -> Weighted:
    """Words of a language when there is no list of its frequent ones at hand."""
    return zipf(DOMAIN[language].split(), 0.5)


class Synthetic:
    """Draws cities and practices. ``common`` gives a language's frequent words; ``length`` bounds a text in words."""

    def __init__(self, size: int, common: Callable[[str], Weighted] = domain_words, length: tuple = (200, 400)):
        self.size, self.length, self.chance = size, length, Random(SEED)
        self.common = {language: common(language) for language in LANGUAGES}
        self.domain = {language: domain_words(language) for language in LANGUAGES}
        self.languages = Weighted(LANGUAGES, LANGUAGES.values())
        order = Random(SEED)
        countries = order.sample(sorted(COUNTRY_CODES), 120)
        self.countries = zipf(countries, 0.9)
        self.themes, self.instruments = zipf(vocabularies.THEMES.codes, 0.8), zipf(vocabularies.INSTRUMENTS.codes, 1.1)
        self.others = {
            name: zipf(vocabulary.codes, 0.6)
            for name, vocabulary in (
                ("populations", vocabularies.POPULATIONS),
                ("groups", vocabularies.GROUPS),
                ("contexts", vocabularies.CONTEXTS),
                ("gcr_objectives", vocabularies.GCR_OBJECTIVES),
                ("sdgs", vocabularies.SDGS),
            )
        }

    def text(self, language: str, count: int) -> str:
        """So many words, a quarter of them of the domain."""
        chance = self.chance
        found = self.common[language].many(chance, count)
        known = [at for at in range(count) if chance.random() < 0.25]
        for at, word in zip(known, self.domain[language].many(chance, len(known)), strict=True):
            found[at] = word
        return " ".join(found)

    def cities(self) -> list[City]:
        """max(400, size/4) cities, at most 6,000, in 120 countries."""
        chance, found = self.chance, []
        for at in range(min(6_000, max(400, self.size // 4))):
            country = self.countries.one(chance)
            name = f"{chance.choice('ABCDEFGÉÖŠZ')}{self.domain['es'].one(chance)} {at}"
            signed = chance.random() < 0.4
            found.append(
                City(
                    slug=f"city-{at}-{country.lower()}",
                    name=name,
                    keywords=name,
                    country=country,
                    latitude=chance.uniform(-50, 65),
                    longitude=chance.uniform(-170, 175),
                    population=int(chance.lognormvariate(12, 1.5)) if chance.random() < 0.9 else None,
                    signed_precision="unknown" if signed else "",
                )
            )
        return found

    def practices(self, cities: list[City]) -> Iterator[dict]:
        """Published practices, each as columns and values, numbered from 1."""
        chance = self.chance
        ages = [None, *(timedelta(days=days) for days in (100, 300, 500, 700, 900))]
        for number in range(1, self.size + 1):
            language = self.languages.one(chance)
            status = chance.choices(vocabularies.STATUSES.codes, (60, 25, 15))[0]
            started = None if chance.random() < 0.1 else max(1950, 2026 - geometric(chance, 0.11))
            age = chance.choice(ages)
            yield {
                "id": number,
                "slug": f"practice-{number}",
                "city_id": chance.choice(cities).pk,
                "language": language,
                "title": self.text(language, chance.randint(4, 8))[:120].strip(),
                "summary": self.text(language, 40)[:280].strip(),
                "approach": self.text(language, chance.randint(*self.length)),
                "themes": self.themes.some(chance, chance.choices((1, 2, 3), (4, 4, 2))[0]),
                "instrument": self.instruments.one(chance),
                "status": status,
                "started": started,
                "ended": min(2026, (started or 2010) + 5) if status == "completed" else None,
                "published_at": NOW - timedelta(minutes=chance.randrange(3_000_000)),
                "confirmed_at": None if age is None else NOW - age - timedelta(seconds=chance.randrange(200 * 86_400)),
                **{
                    name: drawn.some(chance, chance.randint(1, 2 if name in {"contexts", "gcr_objectives"} else 4))
                    for name, drawn in self.others.items()
                },
            }

    def sources(self) -> Iterator[dict]:
        """One for each practice."""
        for number in range(1, self.size + 1):
            yield {
                "id": number,
                "practice_id": number,
                "title": "A report",
                "publisher": "The city",
                "url": "https://example.org/",
            }

    def fill(self, told: Callable[[int, str], None] = lambda count, done: None) -> None:
        """Saves all of it; ``told`` hears how many practices are drawn, then saved. The tables must be empty."""
        with transaction.atomic(), saving.indexes_at_the_end():
            cities = City.objects.bulk_create(self.cities(), batch_size=1_000)
            saving.save(Source, self.sources())
            saving.save(Practice, self.practices(cities), told)
        with connection.cursor() as cursor:
            if not connection.in_atomic_block:
                cursor.execute("VACUUM ANALYZE")


def geometric(chance: Random, p: float) -> int:
    """How many tries fail before the first that succeeds, each with probability ``p``."""
    return int(log(1 - chance.random()) / log(1 - p))
