"""A PDF says what on its pages is a heading, a list, a table or a picture, and in which order it is read."""

from contextlib import nullcontext

import pytest
from fpdf import FPDF

from citysolidarity.drawing.paper import Paper
from citysolidarity.drawing.typefaces import TEXT
from tests.citysolidarity.drawing.tagged import TaggedPdf


@pytest.fixture
def paper(tmp_path):
    paper = Paper(tmp_path, 20)
    paper.set_lang("en")
    paper.set_title("Two pages")
    paper.add_page()
    return paper


def put(paper, text, y):
    paper.typeset(text, TEXT, 11)
    paper.put([text], 20, y, 100, 5, rtl=False, at_right=False)


@pytest.mark.parametrize(
    ("width", "first"), [(40, "https://solidarity.example/"), (60, "https://solidarity.example/ar/signatories/")]
)
def test_an_address_is_broken_after_its_parts(paper, width, first):
    address = "https://solidarity.example/ar/signatories/amman-jo/"
    assert paper.broken(address, TEXT, 9, width) == [first, address.removeprefix(first)]
    paper.finished()  # closes its typefaces


def test_a_word_without_parts_is_broken_where_the_line_ends(paper):
    lines = paper.broken("x" * 100, TEXT, 9, 40)
    assert "".join(lines) == "x" * 100 and len({len(line) for line in lines[:-1]}) == 1
    paper.finished()


def test_what_is_drawn_belongs_to_elements_in_the_order_of_reading(paper):
    with paper.piece("H1"):
        put(paper, "Two pages", 20)
    with paper.part("L"), paper.part("LI"), paper.piece("LBody", language="de"):
        put(paper, "Eine Zeile", 30)
    paper.add_page()
    with paper.part("P"), paper.part("Link"):
        with paper.marked("Link"):
            put(paper, "https://example.org/", 20)
        paper.link_area(20, 20, 100, 5, "https://example.org/")
    with paper.piece("Figure", description="A square", attributes=paper.box_of(20, 30, 20, 20)):
        paper.qr_code("https://example.org/", 20, 30, 20)
    pdf = TaggedPdf(paper.finished())
    assert pdf.faults() == []
    assert pdf.roles() == ["Document", "H1", "L", "LI", "LBody", "P", "Link", "Figure"]
    assert [node.pieces for node in pdf.tree.walk() if node.pieces] == [[(0, 0)], [(0, 1)], [(1, 0)], [(1, 1)]]
    assert pdf.tree.all("LBody")[0].row.Lang == "de" and pdf.tree.all("Link")[0].links == ["https://example.org/"]
    box = [float(side) for side in pdf.tree.all("Figure")[0].row.A[0].BBox]
    assert box == pytest.approx([56.7, 700.2, 113.4, 756.9], abs=0.2)


def test_what_is_only_measured_is_neither_drawn_nor_told(paper):
    def draw():
        with paper.piece("P"):
            put(paper, "Not to be seen", 20)
        paper.set_y(paper.get_y() + 7)

    top = paper.get_y()
    assert paper.height_of(draw) == 7 and paper.get_y() == top
    with paper.piece("P"):
        put(paper, "To be seen", 20)
    pdf = TaggedPdf(paper.finished())
    assert pdf.faults() == [] and pdf.roles() == ["Document", "P"]


@pytest.mark.parametrize(
    ("around", "fault"),
    [
        (lambda paper: nullcontext(), "What f paints on page 1 belongs to nothing."),
        (lambda paper: paper.piece("P"), "A picture on page 1 is no figure."),
        (lambda paper: paper.piece("Figure"), "A figure has no description."),
        (lambda paper: paper.piece("H2"), "A heading H2 follows one of level 0."),
        (lambda paper: paper.part("Link"), "A link leads nowhere, or has no words."),
    ],
)
def test_the_check_finds_what_is_wrong(paper, around, fault):
    with around(paper):
        paper.rect(20, 20, 10, 10, style="F")
    assert fault in TaggedPdf(paper.finished()).faults()


def test_the_check_finds_a_pdf_without_structure_or_language():
    plain = FPDF()
    plain.add_page()
    assert TaggedPdf(bytes(plain.output())).faults() == ["There is no structure."]


def test_a_decoration_is_left_out(paper):
    with paper.decoration():
        paper.rect(20, 20, 10, 10, style="F")
    assert TaggedPdf(paper.finished()).faults() == []
