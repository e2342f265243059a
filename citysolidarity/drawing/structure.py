"""What on a PDF's pages is a heading, a paragraph, a list, a table or a picture, for those who hear it read aloud.

fpdf2 writes no such tree. So the drawing says where each piece begins and ends, and pikepdf writes the tree into the
finished file. Roles, attributes and numbers are those of ISO 32000-1, 14.7 and 14.8.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, Pdf


@dataclass(frozen=True)
class Piece:
    """What is drawn between two marks on a page; ``number`` counts from 0 on each page."""

    page: int
    number: int


@dataclass(frozen=True)
class LinkArea:
    """The rectangle of a link: the ``number``-th of its page, from 0."""

    page: int
    number: int
    address: str


@dataclass
class Element:
    """``attributes`` by their owner, such as ``{"Table": {"Scope": "Column"}}``; a text among them is a name.

    ``description`` stands for a picture. ``spoken`` is the text where its glyphs do not give it back in order.
    """

    role: str
    language: str = ""
    description: str = ""
    spoken: str = ""
    attributes: dict[str, dict] = field(default_factory=dict)
    kids: list["Element | Piece | LinkArea"] = field(default_factory=list)


class Structure:
    """The tree while the pages are drawn."""

    def __init__(self):
        self.document = Element("Document")
        self.open = [self.document]
        self.pieces: defaultdict[int, int] = defaultdict(int)  # page → pieces so far
        self.links: defaultdict[int, int] = defaultdict(int)

    @contextmanager
    def element(self, role: str, **more) -> Iterator[Element]:
        element = Element(role, **more)
        self.open[-1].kids.append(element)
        self.open.append(element)
        yield element
        self.open.pop()

    def next_piece(self, page: int) -> Piece:
        piece = Piece(page, self.pieces[page])
        self.pieces[page] += 1
        self.open[-1].kids.append(piece)
        return piece

    def next_link(self, page: int, address: str) -> None:
        self.open[-1].kids.append(LinkArea(page, self.links[page], address))
        self.links[page] += 1


def with_structure(file: bytes, structure: Structure) -> bytes:
    """The PDF with its tree, readable in the order in which it was drawn; its title stands in the window's bar."""
    with Pdf.open(BytesIO(file)) as pdf:
        TreeWriter(pdf).write(structure.document)
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        written = BytesIO()
        pdf.save(written, deterministic_id=True)
        return written.getvalue()


class TreeWriter:
    def __init__(self, pdf: Pdf):
        self.pdf = pdf
        self.parents: list[Object] = []  # of each page, the elements of its pieces; then the element of each link

    def write(self, document: Element) -> None:
        for number, page in enumerate(self.pdf.pages):
            page.obj.StructParents, page.obj.Tabs = number, Name.S
            self.parents.append(self.pdf.make_indirect(Array()))
        root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        root.K = Array([self.written(document, root)])
        numbered = [value for pair in enumerate(self.parents) for value in pair]
        root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=Array(numbered)))
        root.ParentTreeNextKey = len(self.parents)
        self.pdf.Root.StructTreeRoot = root

    def written(self, element: Element, parent: Object) -> Object:
        row = self.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{element.role}"), P=parent))
        if element.language:
            row.Lang = element.language
        if element.description:
            row.Alt = element.description
        if element.spoken:
            row.ActualText = element.spoken
        if element.attributes:
            row.A = Array([attributes_of(owner, values) for owner, values in element.attributes.items()])
        row.K = Array([self.kid(kid, row) for kid in element.kids])
        return row

    def kid(self, kid: Element | Piece | LinkArea, parent: Object) -> Object:
        if isinstance(kid, Element):
            return self.written(kid, parent)
        page = self.pdf.pages[kid.page - 1].obj
        if isinstance(kid, Piece):
            # The numbers of a page's pieces follow the order of the tree, so each finds its place at the end.
            self.parents[kid.page - 1].append(parent)
            return Dictionary(Type=Name.MCR, Pg=page, MCID=kid.number)
        area = page.Annots[kid.number]
        area.StructParent, area.Contents = len(self.parents), kid.address
        self.parents.append(parent)
        return Dictionary(Type=Name.OBJR, Pg=page, Obj=area)


def attributes_of(owner: str, values: dict) -> Dictionary:
    named = {
        f"/{name}": Name(f"/{value}") if isinstance(value, str) else Array(value) if isinstance(value, list) else value
        for name, value in values.items()
    }
    return Dictionary({"/O": Name(f"/{owner}"), **named})
