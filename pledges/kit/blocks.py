"""A paper's page, read as headings, paragraphs and list items, so that its files say the same words."""

from dataclasses import dataclass
from html.parser import HTMLParser

BULLET = "•"
HEADINGS = {"h2": 2, "h3": 3}
BLOCKS = {*HEADINGS, "p", "li"}


@dataclass(frozen=True)
class Block:
    """``level`` is that of a heading, else 0. ``label`` stands before an item of a list: a bullet, or its number.

    ``language`` is "" for that of the page; ``address`` is where a link in the block leads, "" without one.
    """

    text: str
    level: int = 0
    label: str = ""
    language: str = ""
    address: str = ""


def blocks_of(html: str) -> list[Block]:
    """The blocks of a paper: ``h2``, ``h3``, ``p`` and ``li``, none within another. Any other markup is read as text."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.blocks


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.blocks: list[Block] = []
        self.block = ""  # the tag of the open block
        self.text: list[str] = []
        self.address = ""
        self.languages = [("", "")]  # of the open tags that have one
        self.lists: list[int] = []  # how many items each open list has so far, -1 for one without numbers

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if attributes.get("lang"):
            self.languages.append((tag, attributes["lang"]))
        if tag in {"ul", "ol"}:
            self.lists.append(0 if tag == "ol" else -1)
        elif tag in BLOCKS:
            self.block, self.text, self.address = tag, [], ""
        elif tag == "a":
            self.address = attributes.get("href", "")

    def handle_data(self, data):
        if self.block:
            self.text.append(data)

    def handle_endtag(self, tag):
        if tag in {"ul", "ol"}:
            self.lists.pop()
        elif tag == self.block:
            self.add(tag)
        if self.languages[-1][0] == tag:
            self.languages.pop()

    def add(self, tag):
        text = " ".join("".join(self.text).split())
        label = self.label() if tag == "li" else ""
        # An address that is written out follows the text as a link.
        shown = text.removesuffix(self.address).strip() if self.address else text
        self.blocks.append(Block(shown, HEADINGS.get(tag, 0), label, self.languages[-1][1], self.address))
        self.block = ""

    def label(self) -> str:
        if self.lists[-1] < 0:
            return BULLET
        self.lists[-1] += 1
        return f"{self.lists[-1]}."
