"""Which networks the address asks for, and how that reads in words."""

from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from practices.directory.summary import Chip, either
from practices.documents.index import folded
from practices.library.facets import chips, groups, matches
from practices.library.selection import NetworkSelection, read_selection
from practices.models import Network
from practices.models.cities.network import NetworkKind, NetworkRegion
from practices.vocabularies.facets import Group

TITLES = {"region": gettext_lazy("Where it works"), "kind": gettext_lazy("Kind")}
LABELS = {"region": NetworkRegion, "kind": NetworkKind}


class FoundNetworks:
    """``rows`` holds the networks that the address asks for, A to Z, with their counts (1 query)."""

    def __init__(self, query: QueryDict):
        self.everything = [network.as_read() for network in Network.objects.with_counts().in_language()]
        for network in self.everything:
            network.codes = {
                "kind": frozenset(filter(None, [network.kind])),
                "region": frozenset(filter(None, [network.region])),
            }
        self.selection = read_selection(NetworkSelection, query, self.known)
        asked = folded(self.selection.words)
        self.among = [network for network in self.everything if fits(network, asked)]
        if self.selection.words and not asked:
            self.among = []
        self.rows = [network for network in self.among if matches(network, self.selection)]

    @cached_property
    def known(self) -> dict[str, list[str]]:
        present = {name: {code for row in self.everything for code in row.codes[name]} for name in LABELS}
        return {name: [code for code in labels.values if code in present[name]] for name, labels in LABELS.items()}

    def label(self, name: str, code: str) -> str:
        return str(LABELS[name](code).label)

    @property
    def groups(self) -> list[Group]:
        return groups(self.among, self.selection, TITLES, self.known, self.label, TITLES)

    @property
    def chips(self) -> list[Chip]:
        return chips(self.selection, self.label)

    @property
    def heading(self) -> str:
        """Such as "3 networks of the kind “Alliance”, at work in Europe"; "Networks of cities" for all."""
        if not self.selection.narrows:
            return _("Networks of cities")
        count = len(self.rows)
        parts = [ngettext("%(count)d network", "%(count)d networks", count) % {"count": count}]
        if self.selection.words:
            parts.append(pgettext("networks …", "matching “%(words)s”") % {"words": self.selection.words})
        sentences = {
            "kind": pgettext("networks …", "of the kind “%(values)s”"),
            "region": pgettext("networks …", "(where they work: %(values)s)"),
        }
        for name, sentence in sentences.items():
            if codes := self.selection.codes(name):
                parts.append(sentence % {"values": either([self.label(name, code) for code in codes])})
        return " ".join(parts)


def fits(network: Network, words: list[str]) -> bool:
    """Whether each of the words, or one that begins with it, stands in its names or its description, as it is read or written."""
    texts = network.name, network.original_name, network.description, network.description.original
    text = " " + " ".join(folded(" ".join(texts)))
    return all(f" {word}" in text for word in words)
