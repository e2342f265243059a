"""Every public document of the library in memory, to be searched and counted without a query until something changes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from threading import RLock

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import get_language
from text_unidecode import unidecode

from citysolidarity.caching.edition import edition
from practices.documents.dates import in_words
from practices.models import DocumentCity, DocumentPoint, LibraryDocument
from practices.models.entries.phrases import Phrase
from practices.models.library.document import Kind
from practices.models.library.translations import DocumentTranslation
from practices.models.sentences import AS_WRITTEN, TO_READ, SentencesShown

WORD = re.compile(r"[a-z0-9]+")
COLUMNS = (
    "pk", "slug", "kind", "title", "title_language", "english_title", "publisher", "organisations", "year", "dates",
    "languages", "summary", "themes",
)  # fmt: skip
RELATED = 5


def folded(text: str) -> list[str]:
    """The words of a text in small plain letters: "São Paulo" → ["sao", "paulo"]."""
    return WORD.findall(unidecode(text).lower())


def code_of(organisation: str) -> str:
    """How the address names an organisation: "Council of Europe" → "council-of-europe"."""
    return slugify(unidecode(organisation))


@dataclass
class DocumentRow:
    """A document as the lists show it.

    ``cities`` holds the slugs of those it names that have a public page, with their names; ``readings`` are by language.
    """

    pk: int
    slug: str
    kind: str
    title: str
    title_language: str
    english_title: str
    publisher: str
    organisations: list[str]
    year: int | None
    dates: str
    languages: list[str]
    summary: str
    themes: list[str]
    points: list[str]
    cities: dict[str, dict[str, str]]
    readings: dict[str, SentencesShown]

    @property
    def reading(self) -> SentencesShown:
        """In the language of the page."""
        return self.readings.get(get_language(), AS_WRITTEN)

    @property
    def shown_summary(self) -> Phrase:
        return self.reading.said(self.summary)

    @property
    def other_title(self) -> Phrase | str:
        """What it is called below its title in another language; "" where that needs no other."""
        language = get_language()
        if language not in self._other_titles:
            self._other_titles[language] = self.reading.other_title(self) if self.english_title else ""
        return self._other_titles[language]

    @cached_property
    def _other_titles(self) -> dict[str | None, Phrase | str]:
        """Those asked for so far, by language: a list says each several times."""
        return {}

    @property
    def other_language(self) -> str:
        return self.other_title.language

    def get_absolute_url(self) -> str:
        return reverse("document", args=[self.slug])

    @property
    def when(self) -> str:
        return in_words(self.dates) or (str(self.year) if self.year else "")

    @property
    def kind_name(self) -> str:
        return str(Kind(self.kind).label)

    @cached_property
    def codes(self) -> dict[str, frozenset[str]]:
        """What each facet of the library knows of it."""
        return {
            "kind": frozenset([self.kind]),
            "theme": frozenset(self.themes),
            "organisation": frozenset(map(code_of, self.organisations)),
            "year": frozenset([str(self.year) if self.year else "unknown"]),
            "language": frozenset(self.languages),
            "city": frozenset(self.cities),
        }

    @cached_property
    def _haystacks(self) -> dict[str, tuple[str, ...]]:
        """Words of the title; of it and the publisher; and of all that is searched. Each word stands after a blank.

        By the language of the page, whose translation counts as the original does; "" where there is none.
        """
        title = f"{self.title} {self.english_title}"
        publisher = f"{title} {self.publisher} {' '.join(self.organisations)}"
        texts = [self.english_title, self.summary, *self.points]
        said = {"": ""} | {code: " ".join(map(reading.said, texts)) for code, reading in self.readings.items()}
        return {
            code: tuple(
                " " + " ".join(folded(text))
                for text in (title, publisher, f"{publisher} {self.summary} {' '.join(self.points)} {translated}")
            )
            for code, translated in said.items()
        }

    def rank(self, words: list[str], language: str) -> int | None:
        """0 where the title has all the words (or words that begin with them), then 1 and 2; None where they are not there."""
        haystacks = self._haystacks
        fits = (all(f" {word}" in text for word in words) for text in haystacks.get(language) or haystacks[""])
        return next((rank for rank, fit in enumerate(fits) if fit), None)


class DocumentIndex:
    """The rows, the newest first, as of one edition and one day."""

    def __init__(self, rows: list[DocumentRow]):
        self.rows = rows
        self.organisations = {code_of(name): name for row in rows for name in row.organisations}
        self.cities = {slug: names for row in rows for slug, names in row.cities.items()}

    def matching(self, words: str) -> list[DocumentRow]:
        """Rows with all the words, those with them in the title first; every row where there is no word."""
        asked = folded(words)
        if not asked:
            return [] if words else self.rows
        language = get_language() or ""
        ranked = ((row.rank(asked, language), row) for row in self.rows)
        return [
            row for _rank, row in sorted(((r, row) for r, row in ranked if r is not None), key=lambda pair: pair[0])
        ]

    def related(self, document: LibraryDocument) -> list[DocumentRow]:
        """Documents that share organisations, cities and themes with this one; what few have counts for more."""
        own = next((row for row in self.rows if row.pk == document.pk), None)
        if own is None:
            return []
        shared = ("organisation", "city", "theme")
        codes = {(name, code) for name in shared for code in own.codes[name]}
        numbers = {pair: sum(pair[1] in row.codes[pair[0]] for row in self.rows) for pair in codes}
        scores = {
            row.pk: sum(1 / numbers[name, code] for name, code in codes if code in row.codes[name])
            for row in self.rows
            if row is not own
        }
        best = sorted((row for row in self.rows if scores.get(row.pk)), key=lambda row: -scores[row.pk])
        return best[:RELATED]


def read() -> Iterator[DocumentRow]:
    """Every public document, the newest first (1 query). A sentence that names a hidden city is left out."""
    cities = DocumentCity.objects.filter(document=OuterRef("pk"))
    documents = LibraryDocument.objects.published().newest()
    columns = documents.annotate(
        texts=ArraySubquery(DocumentPoint.objects.filter(document=OuterRef("pk")).values("text")),
        named=ArraySubquery(
            cities.public()
            .filter(city__isnull=False)
            .values(one=JSONObject(slug="city__slug", name="city__name", names="city__names"))
        ),
        hidden=ArraySubquery(cities.hidden().values(one=JSONObject(name="name", own="city__name"))),
        translations_in=ArraySubquery(
            DocumentTranslation.objects.filter(document=OuterRef("pk")).values(one=JSONObject(**TO_READ))
        ),
    ).values_list(*COLUMNS, "texts", "named", "hidden", "translations_in")
    for *values, texts, named, hidden, translations in columns:
        names = [name for pair in hidden for name in pair.values()]
        shown = [text for text in texts if not mentions(text, names)]
        named_cities = {city["slug"]: {"": city["name"]} | city["names"] for city in named}
        readings = {one["language"]: SentencesShown.of(one) for one in translations}
        row = DocumentRow(*values, shown, named_cities, readings)
        if mentions(row.summary, names):
            row.summary = ""
        yield row


def mentions(text: str, names: list[str]) -> bool:
    """Whether one of the names stands in the text."""
    return any(name in text for name in names)


class KeptDocuments:
    """The index of this process, shared by its threads, read anew once the edition or the day is another."""

    def __init__(self):
        self.lock = RLock()
        self.forget()

    def forget(self) -> None:
        with self.lock:
            self.key: tuple[int, int] | None = None
            self.index = DocumentIndex([])

    def as_checked(self) -> DocumentIndex:
        """As of the edition's last check; 1 query where something has changed since, or where nothing is kept."""
        if not settings.SELECTION_INDEX:
            return DocumentIndex(list(read()))
        if edition.row is None:
            edition.check()
        key = edition.require_here().number, edition.today()
        if self.key != key:
            with self.lock:
                if self.key != key:
                    self.index = DocumentIndex(list(read()))
                    self.key = key
        return self.index


documents = KeptDocuments()
