"""What a page says, as Markdown: its content without navigation, forms and drawings, with links that lead back here."""

from html.parser import HTMLParser
from urllib.parse import urljoin

from practices.entries.markdown import at_the_beginning, in_brackets, within_a_line

# What is no text, or cannot be used outside the page.
LEFT_OUT = {
    "script",
    "style",
    "template",
    "nav",
    "form",
    "search",
    "button",
    "select",
    "svg",
    "dialog",
    "noscript",
    "iframe",
}
VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = {"p", "div", "section", "article", "figure", "figcaption", "blockquote", "ul", "ol", "dl", "table", "details",
          "summary", "header", "footer", "aside", "main", "pre", "tr", "li", "dt", "dd", *HEADINGS}  # fmt: skip
# What an element ends that is still open, since HTML lets its end be left out.
CELLS = {"td", "th"}
ENDS = {
    "li": {"li"},
    "td": CELLS,
    "th": CELLS,
    "tr": {*CELLS, "tr"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "p": {"p"},
}


class Twin(HTMLParser):
    """Reads the <main> of a page; ``text`` is what it says. Links are made whole with ``address``, that of the page."""

    def __init__(self, html: str, address: str):
        super().__init__(convert_charrefs=True)
        self.address, self.blocks, self.inline = address, [], []
        self.open: list[str] = []
        self.has_ended = False  # whether an element within the line has just ended: the next one stands apart from it
        self.left_out = 0  # how deep within what is left out
        self.lists: list[int | None] = []  # the number of the last item; None where items have none
        self.marker, self.term, self.row = "", "", []
        self.link: tuple[str, int] | None = None  # its address, and where in ``inline`` its words begin
        self.rows_of_table = 0
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        lines, before = [], ""
        for kind, block in self.blocks:
            lines += [] if not lines else ["\n" if kind == before and kind in {"item", "row"} else "\n\n"]
            lines.append(block)
            before = kind
        return "".join(lines) + "\n"

    # --- what the parser meets ---------------------------------------------------------------

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        if tag in VOID:
            if not self.left_out and "main" in self.open:
                self.meet(tag, facts)
            return
        while self.open and self.open[-1] in ENDS.get(tag, ()):
            self.handle_endtag(self.open[-1])
        self.open.append(tag)
        if self.left_out or tag in LEFT_OUT or "hidden" in facts or facts.get("aria-hidden") == "true":
            self.left_out += 1
        elif "main" in self.open:
            self.begin(tag, facts)

    def handle_startendtag(self, tag, attrs):
        if tag in VOID:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag):
        if tag not in self.open:
            return
        while self.open:
            closed = self.open.pop()
            if self.left_out:
                self.left_out -= 1
            elif "main" in self.open or closed == "main":
                self.end(closed)
            if closed == tag:
                return

    def handle_data(self, data):
        if not self.left_out and "main" in self.open:
            self.inline.append(within_a_line(data))
            self.has_ended = False

    # --- what becomes of it ------------------------------------------------------------------

    def meet(self, tag, facts):
        if tag == "br":
            self.inline.append(" ")
        elif tag == "img" and facts.get("alt"):
            self.inline.append(within_a_line(facts["alt"]))

    def begin(self, tag, facts):
        if tag in BLOCKS:
            self.flush()
        elif self.has_ended:
            self.inline.append(" ")
        if tag in {"ul", "ol"}:
            self.lists.append(0 if tag == "ol" else None)
        elif tag == "li" and self.lists:
            number = self.lists[-1]
            self.lists[-1] = None if number is None else number + 1
            self.marker = "- " if number is None else f"{number + 1}. "
        elif tag == "table":
            self.rows_of_table = 0
        elif tag == "tr":
            self.row = []
        elif tag in CELLS:
            self.inline = []
        elif tag == "a" and facts.get("href", "#")[0] != "#":
            self.link = (urljoin(self.address, facts["href"]), len(self.inline))

    def end(self, tag):
        self.has_ended = tag not in BLOCKS
        if tag == "a" and self.link:
            url, begins = self.link
            said = words(self.inline[begins:])
            if said:
                around = "".join(self.inline[begins:])
                space = " " if around[:1].isspace() else ""
                self.inline[begins:] = [f"{space}[{said}]({in_brackets(url)})"]
            self.link = None
        elif tag in CELLS:
            self.row.append(words(self.inline))
            self.inline = []
        elif tag == "tr" and self.row:
            self.add("row", f"| {' | '.join(self.row)} |")
            self.rows_of_table += 1
            if self.rows_of_table == 1:
                self.add("row", "|" + " --- |" * len(self.row))
        elif tag == "dt":
            self.term, self.inline = words(self.inline), []
        elif tag in HEADINGS:
            self.flush("#" * HEADINGS[tag] + " ")
        elif tag in BLOCKS:
            self.flush()
        if tag in {"ul", "ol"} and self.lists:
            self.lists.pop()

    def flush(self, before: str = ""):
        """What was said since the last block is one; in a cell of a table there are none."""
        if not CELLS.isdisjoint(self.open):
            self.inline.append(" ")
            return
        said = words(self.inline)
        self.inline, self.link = [], None
        if not said:
            return
        if before:
            self.add("heading", before + said)
        elif self.term:
            self.add("item", f"- {self.term}: {said}")
            self.term = ""
        elif self.lists:
            indent = "  " * (len(self.lists) - 1)
            self.add("item", indent + (self.marker or "  ") + said)
            self.marker = ""
        else:
            self.add("text", at_the_beginning(said))

    def add(self, kind: str, block: str):
        self.blocks.append((kind, block))


def words(parts: list[str]) -> str:
    return " ".join("".join(parts).split())
