"""The words of the directory's field explained: for the page, beside filters and forms, and for translations.

The list is ``data/glossary.csv``, what it rests on ``data/glossary_sources.csv``.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from citysolidarity.languages.alphabet import alphabetical
from practices.vocabularies.countries import read_table
from practices.vocabularies.languages import of_the_page

ORIGINAL = "en"  # the language in which the definitions were written
GROUPS: dict[str, Promise] = {
    "people": gettext_lazy("People and their protection"),
    "situations": gettext_lazy("Situations"),
    "solutions": gettext_lazy("Solutions"),
    "city": gettext_lazy("Work in cities"),
}


@dataclass(frozen=True)
class GlossarySource:
    key: str
    title: str
    publisher: str
    year: str
    url: str


@dataclass(frozen=True)
class Reference:
    """A source and the place in it: ``kind`` is article, paragraph, paragraphs or nothing."""

    source: GlossarySource
    kind: str
    numbers: str

    @property
    def place(self) -> str:
        if self.kind == "article":
            return _("article %(number)s") % {"number": self.numbers}
        if self.kind == "paragraph":
            return _("paragraph %(number)s") % {"number": self.numbers}
        return _("paragraphs %(numbers)s") % {"numbers": self.numbers} if self.kind else ""


@dataclass(frozen=True)
class GlossaryTerm:
    """``tag`` is facet/code of the controlled word that means the same, or nothing; the texts are by language.

    ``forms`` are the ways to write the term that its translations have agreed on, each word the beginning of a word.
    """

    code: str
    group: str
    tag: str
    references: tuple[Reference, ...]
    names: dict[str, str]
    definitions: dict[str, str]
    forms: dict[str, tuple[str, ...]]

    @property
    def language(self) -> str:
        """The language in which it is shown: the page's own, where the list has it."""
        return page if (page := of_the_page()) in self.names else ORIGINAL

    @property
    def name(self) -> str:
        return self.names[self.language]

    @property
    def definition(self) -> str:
        return self.definitions[self.language]

    @property
    def short(self) -> str:
        """The first sentence of the definition, which can stand by itself."""
        first, stop, _rest = self.definition.partition(". ")
        return first + "." if stop else first

    @property
    def facet(self) -> str:
        return self.tag.partition("/")[0]

    @property
    def tag_code(self) -> str:
        return self.tag.partition("/")[2]


def read_terms(sources: dict[str, GlossarySource]) -> tuple[GlossaryTerm, ...]:
    terms = {}
    for code, written_in, name, definition, forms, group, tag, keys in read_table("glossary.csv"):
        if written_in == ORIGINAL:
            references = tuple(reference(text, sources) for text in keys.split("|"))
            terms[code] = GlossaryTerm(code, group, tag, references, {}, {}, {})
        term = terms[code]
        term.names[written_in], term.definitions[written_in] = name, definition
        term.forms[written_in] = tuple(forms.split("|")) if forms else ()
    return tuple(terms.values())


def reference(text: str, sources: dict[str, GlossarySource]) -> Reference:
    """``"refugee-convention article 33"`` → the source and the place."""
    key, _blank, place = text.partition(" ")
    kind, _blank, numbers = place.partition(" ")
    return Reference(sources[key], kind, numbers)


SOURCES = tuple(GlossarySource(*row) for row in read_table("glossary_sources.csv"))
TERMS = read_terms({source.key: source for source in SOURCES})


def explaining(facet: str, codes: Collection[str] = ()) -> list[GlossaryTerm]:
    """The terms that explain a facet's values, in the order of the vocabulary; only those of ``codes`` if there are any."""
    return [term for term in TERMS if term.facet == facet and (not codes or term.tag_code in codes)]


def in_groups() -> list[tuple[str, Promise, list[GlossaryTerm]]]:
    """``(key, heading, terms)``; the terms from A to Z of the page's language."""
    ordered = sorted(TERMS, key=lambda term: alphabetical(term.name))
    return [(key, heading, [term for term in ordered if term.group == key]) for key, heading in GROUPS.items()]
