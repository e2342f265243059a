"""The certificate of a verified signature: one sheet A4, to be printed and hung on a wall."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from fpdf import FPDF
from fpdf.enums import Align, WrapMode, XPos, YPos

from pledges import typefaces
from pledges.ladder import Rung
from pledges.names import own_names
from pledges.typefaces import HEADING, TEXT, can_write

# The colours of design/README.md, as they are printed.
NIGHT, SUN, ACCENT = (22, 35, 59), (242, 180, 65), (194, 65, 12)
PAPER, INK, MUTED, LINE = (251, 247, 240), (28, 34, 51), (90, 96, 114), (227, 220, 207)
# Millimetres of A4.
WIDTH, MARGIN, BAND = 210, 24, 44
NAME_SIZES = (44, 38, 32, 27, 23, 19)
SITE_NAME = "Cities of Solidarity"


@dataclass(frozen=True)
class Facts:
    """What a certificate says; ``address`` is that of the page with the proof, ``today`` the day it is made."""

    signature: object
    rungs: list[Rung]
    address: str
    language: str
    today: date


def draw(facts: Facts) -> bytes:
    """The PDF. Words that no typeface of ours can write whole are left out, the city's name in Latin letters stays."""
    with TemporaryDirectory() as folder:
        sheet = Sheet(Path(folder))
        sheet.set_lang(facts.language)
        sheet.set_title(f"{_('Certificate')}: {facts.signature.signer}")
        sheet.set_author(SITE_NAME)
        sheet.add_page()
        sheet.band()
        sheet.names(facts.signature)
        sheet.facts(facts)
        sheet.proof(facts)
        return bytes(sheet.output())


class Sheet(FPDF):
    """Everything stands in the middle, so that one layout serves both directions of writing."""

    def __init__(self, folder: Path):
        """``folder`` must be there until the sheet is finished: fonts are read from it."""
        super().__init__(format="A4")
        self.folder = folder
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(False)
        # Joins Arabic letters and puts them in order.
        self.set_text_shaping(use_shaping_engine=True)

    def typeset(self, text: str, family: str, size: float) -> None:
        """Chooses the family, with all the others that the text needs."""
        further = typefaces.further_for(text, family) or []
        for one in (family, *further):
            if one not in self.fonts:
                self.add_font(one, fname=typefaces.write_file(one, self.folder))
        self.set_fallback_fonts(further, exact_match=False)
        self.set_font(family, size=size)

    def line_of(self, text: str, family: str, size: float, colour, *, after: float = 0, height: float = 1.3) -> None:
        """Centred lines of a text, ``size`` in points, and a space of ``after`` mm below."""
        self.typeset(text, family, size)
        self.set_text_color(*colour)
        self.multi_cell(
            0, size * height * 0.3528, text, align=Align.C, new_x=XPos.LMARGIN, new_y=YPos.NEXT, wrapmode=WrapMode.WORD
        )
        self.set_y(self.get_y() + after)

    def band(self) -> None:
        """The head: night, the mark and the site's name."""
        self.set_fill_color(*NIGHT)
        self.rect(0, 0, WIDTH, BAND, style="F")
        middle, radius = WIDTH / 2, 7
        for x, colour in ((middle - 3.2, ACCENT), (middle + 3.2, SUN)):
            self.set_fill_color(*colour)
            self.circle(x, 16, radius, style="F")
        self.set_y(28)
        self.line_of(SITE_NAME, HEADING, 15, PAPER)

    def names(self, signature) -> None:
        """Who signed: the city as large as fits, its own script below, the institution and the country."""
        city = signature.city
        self.set_y(BAND + 20)
        self.line_of(_("Certificate of signature"), TEXT, 13, ACCENT, after=4)
        size = next((size for size in NAME_SIZES if self.fits(city.name, size)), NAME_SIZES[-1])
        self.line_of(city.name, HEADING, size, INK, after=2, height=1.12)
        for name in filter(can_write, own_names(city)):
            self.line_of(name, HEADING, min(size, 30), INK, after=2, height=1.4)
        who = [signature.institution] if can_write(signature.institution) else []
        self.line_of(pgettext("list separator", ", ").join([*who, city.country_name]), TEXT, 13, MUTED, after=9)
        self.line_of(_("signed the #WithRefugees statement of solidarity"), HEADING, 17, INK, after=1)
        self.line_of(signature.signed_in_words, HEADING, 17, INK, after=9)

    def fits(self, text: str, size: float) -> bool:
        self.typeset(text, HEADING, size)
        return self.get_string_width(text) <= WIDTH - 2 * MARGIN

    def facts(self, facts: Facts) -> None:
        """What was signed and what was checked, each under a hairline."""
        version = facts.signature.version
        valid = date_format(version.valid_from, "DATE_FORMAT")
        seen = [
            _("%(proof)s, seen on %(day)s") % {"proof": rung.title, "day": date_format(rung.seen_on, "DATE_FORMAT")}
            for rung in facts.rungs
            if rung.is_there and rung.seen_on
        ]
        said = {
            _("Version signed"): f"{version.title} ({version.language}, {version.number}; {valid})",
            _("Fingerprint of the text (SHA-256)"): " ".join(version.sha256_groups),
            _("What a curator saw"): "\n".join(seen),
            _("Office of the signer"): facts.signature.office_name,
        }
        for title, text in said.items():
            if not can_write(text):
                continue
            self.set_draw_color(*LINE)
            self.line(MARGIN, self.get_y(), WIDTH - MARGIN, self.get_y())
            self.set_y(self.get_y() + 2.5)
            self.line_of(title, TEXT, 9, MUTED)
            self.line_of(text, TEXT, 11, INK, after=3)

    def proof(self, facts: Facts) -> None:
        """Where to look whether it still stands."""
        self.set_y(-44)
        self.line_of(_("The proof, and whether the signature still stands:"), TEXT, 10, MUTED, after=1)
        self.typeset(facts.address, TEXT, 11)
        self.set_text_color(*ACCENT)
        self.multi_cell(
            0, 6, facts.address, align=Align.C, link=facts.address, new_x=XPos.LMARGIN, new_y=YPos.NEXT,
            wrapmode=WrapMode.CHAR,
        )  # fmt: skip
        self.set_y(self.get_y() + 3)
        day = date_format(facts.today, "DATE_FORMAT")
        self.line_of(
            _("This sheet shows how it stood on %(day)s. A city can withdraw its signature: what counts is the page.")
            % {"day": day},
            TEXT, 9, MUTED,
        )  # fmt: skip
