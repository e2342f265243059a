"""Reading the structure of a PDF back, as a screen reader does, and what is wrong with it (ISO 32000-1, 14.7 and 14.8)."""

from dataclasses import dataclass, field
from io import BytesIO

import pikepdf

# Operators that put something on the page: letters, lines and grounds, pictures.
LETTERS = {"Tj", "TJ", "'", '"'}
SHAPES = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh"}
PICTURES = {"Do", "INLINE IMAGE"}


@dataclass
class Node:
    """An element with its kids; ``pieces`` are the (page, number) of what is drawn for it, from 0."""

    role: str
    row: pikepdf.Object
    kids: list["Node"] = field(default_factory=list)
    pieces: list[tuple[int, int]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def walk(self):
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def all(self, role: str) -> list["Node"]:
        return [node for node in self.walk() if node.role == role]

    @property
    def text(self) -> str:
        return str(self.row.get("/Alt", ""))


class TaggedPdf:
    def __init__(self, file: bytes):
        self.pdf = pikepdf.open(BytesIO(file))
        self.pages = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages)}
        root = self.pdf.Root.get("/StructTreeRoot")
        self.tree = self.node(root.K[0]) if root else None

    def node(self, row) -> Node:
        node = Node(str(row.S)[1:], row)
        for kid in row.K:
            kind = str(kid.get("/Type"))
            if kind == "/StructElem":
                node.kids.append(self.node(kid))
            elif kind == "/MCR":
                node.pieces.append((self.pages[kid.Pg.objgen], int(kid.MCID)))
            else:
                node.links.append(str(kid.Obj.A.URI))
        return node

    def roles(self) -> list[str]:
        return [node.role for node in self.tree.walk()]

    def faults(self) -> list[str]:
        """What a checker of PDF/UA would object to, as sentences; [] where nothing is wrong."""
        if self.tree is None:
            return ["There is no structure."]
        return [*self.faults_of_document(), *self.faults_of_tree(), *self.faults_of_pages()]

    def faults_of_document(self):
        root = self.pdf.Root
        if not root.get("/Lang"):
            yield "The document has no language."
        if not self.pdf.docinfo.get("/Title") or not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
            yield "The title is not shown."
        if not root.get("/MarkInfo", {}).get("/Marked"):
            yield "It does not say that it is tagged."

    def faults_of_tree(self):
        level = 0
        for node in self.tree.walk():
            for kid in node.kids:
                if kid.row.P.objgen != node.row.objgen:
                    yield f"A {kid.role} has another parent than its {node.role}."
            if node.role == "Figure" and not node.text:
                yield "A figure has no description."
            if node.role == "Link" and not (node.links and node.pieces):
                yield "A link leads nowhere, or has no words."
            if node.role[0] == "H" and node.role[1:].isdigit():
                if int(node.role[1:]) > level + 1:
                    yield f"A heading {node.role} follows one of level {level}."
                level = int(node.role[1:])

    def faults_of_pages(self):
        parents = dict(zip(*[iter(self.pdf.Root.StructTreeRoot.ParentTree.Nums)] * 2, strict=True))
        nodes = {piece: node for node in self.tree.walk() for piece in node.pieces}
        for number, page in enumerate(self.pdf.pages):
            row = parents[page.obj.StructParents]
            for operator, mark in painted(page):
                if mark == "Artifact":
                    continue
                node = nodes.get((number, mark))
                if node is None or row[mark].objgen != node.row.objgen:
                    yield f"What {operator} paints on page {number + 1} belongs to nothing."
                elif operator not in LETTERS and node.role != "Figure":
                    yield f"A picture on page {number + 1} is no figure."
            for area in page.get("/Annots", []):
                if "/StructParent" not in area or str(parents[area.StructParent].S) != "/Link":
                    yield f"A link on page {number + 1} belongs to nothing."


def painted(page) -> list[tuple[str, int | str | None]]:
    """(operator, the number of its piece, "Artifact" or None) for all that is put on the page."""
    marks, found = [], []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "BDC":
            marks.append(int(operands[1].MCID))
        elif name == "BMC":
            marks.append(str(operands[0])[1:])
        elif name == "EMC":
            marks.pop()
        elif name in LETTERS | SHAPES | PICTURES:
            found.append((name, marks[-1] if marks else None))
    return found
