"""Which documents the address of the library asks for, and how that reads in words."""

from functools import cached_property

from django.http import QueryDict
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from practices.directory.summary import Chip, either, phrases
from practices.documents.index import DocumentIndex, DocumentRow
from practices.library.facets import chips, groups, matches
from practices.library.selection import LibrarySelection, read_selection
from practices.models.library.document import Kind
from practices.vocabularies import THEMES
from practices.vocabularies.facets import Group
from practices.vocabularies.languages import name_in_sentence, name_of

TITLES = {
    "kind": gettext_lazy("Kind"),
    "theme": gettext_lazy("Theme"),
    "organisation": gettext_lazy("Organisation"),
    "year": gettext_lazy("Year"),
    "language": gettext_lazy("Language"),
}
OPENED = ("kind", "theme")
UNKNOWN = "unknown"


class FoundDocuments:
    """``rows`` holds what the selection asks for: what fits the words best first, then the newest."""

    def __init__(self, index: DocumentIndex, query: QueryDict):
        self.index = index
        self.selection = read_selection(LibrarySelection, query, self.known)
        self.among = index.matching(self.selection.words)
        self.rows: list[DocumentRow] = [row for row in self.among if matches(row, self.selection)]

    @cached_property
    def known(self) -> dict[str, list[str]]:
        """The codes of each facet that some document has, in their order in the form."""
        present = {
            name: {code for row in self.index.rows for code in row.codes[name]} for name in LibrarySelection.names
        }
        return {
            "kind": [code for code in Kind.values if code in present["kind"]],
            "theme": [code for code in THEMES.codes if code in present["theme"]],
            "organisation": sorted(present["organisation"], key=self._most_first),
            "year": sorted(present["year"] - {UNKNOWN}, reverse=True) + [UNKNOWN] * (UNKNOWN in present["year"]),
            "language": sorted(present["language"], key=name_of),
            "city": sorted(present["city"]),
        }

    def _most_first(self, code: str) -> tuple[int, str]:
        return -sum(code in row.codes["organisation"] for row in self.index.rows), self.index.organisations[code]

    def label(self, name: str, code: str) -> str:
        if name == "kind":
            return str(Kind(code).label)
        if name == "theme":
            return THEMES.label(code)
        if name == "organisation":
            return self.index.organisations[code]
        if name == "language":
            return name_of(code)
        if name == "city":
            names = self.index.cities[code]
            return names.get(get_language()) or names[""]
        return _("Not known") if code == UNKNOWN else code

    @property
    def groups(self) -> list[Group]:
        return groups(self.among, self.selection, TITLES, self.known, self.label, OPENED)

    @property
    def chips(self) -> list[Chip]:
        return chips(self.selection, self.label)

    @property
    def heading(self) -> str:
        """Such as "3 documents about housing by UNHCR from 2018 in Spanish"; the name of the library for all."""
        if not self.selection.narrows:
            return _("The library")
        count = len(self.rows)
        parts = [ngettext("%(count)d document", "%(count)d documents", count) % {"count": count}]
        if self.selection.words:
            parts.append(pgettext("documents …", "matching “%(words)s”") % {"words": self.selection.words})
        # Looked up one by one, so that the sentences can be found for translation.
        sentences = {
            "kind": pgettext("documents …", "of the kind “%(values)s”"),
            "theme": pgettext("documents …", "about %(values)s"),
            "organisation": pgettext("documents …", "by %(values)s"),
            "year": pgettext("documents …", "from %(values)s"),
            "language": pgettext("documents …", "in %(values)s"),
            "city": pgettext("documents …", "naming %(values)s"),
        }
        for name, sentence in sentences.items():
            if codes := self.selection.codes(name):
                parts.append(sentence % {"values": either([self._in_sentence(name, code) for code in codes])})
        return " ".join(parts)

    def _in_sentence(self, name: str, code: str) -> str:
        if name == "theme":
            return phrases(get_language(), False)[1]["theme"][code]
        if name == "language":
            return name_in_sentence(code)
        return _("an unknown year") if code == UNKNOWN else self.label(name, code)
