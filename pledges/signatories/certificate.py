"""The certificate of a verified signature: one page of A4 on its side, to be printed and hung on a wall."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from text_unidecode import unidecode

from citysolidarity.drawing.paper import ACCENT, INK, MUTED, NIGHT, PAPER, SUN
from citysolidarity.drawing.typefaces import HEADING, TEXT, can_write
from citysolidarity.drawing.typesetting import reads_from_right
from pledges.signatories.names import languages_of, own_names, written_as
from pledges.signatories.proof import Rung
from practices.cities.globe import Globe
from practices.comparing.brief.sheet import BriefPaper
from practices.vocabularies.languages import name_of

# Millimetres of A4 on its side.
WIDTH, HEIGHT = 297, 210
PANEL = 92  # the dark one at the end of each line
COLUMN = WIDTH - PANEL - 32
GAP = 9  # between the two columns of promises
TOP, FOOT, INSET = 15, 12, 11
RADIUS, QR_CODE = 34, 28
# The colours of the globe on the dark panel.
SEA, LAND, GRATICULE, PALE = (29, 45, 74), (62, 84, 125), (45, 64, 99), (207, 211, 221)
# Points, the largest that fits is taken.
NAME_SIZES = (68, 56, 46, 38, 32, 27, 23, 19)
PROMISE_SIZES = (8.8, 8.2, 7.6, 7)


@dataclass(frozen=True)
class CertificateFacts:
    """``address`` is that of the signature's page, ``today`` the day when the certificate is made."""

    signature: object
    rungs: list[Rung]
    address: str
    language: str
    today: date


def draw(facts: CertificateFacts) -> bytes:
    """The PDF. Texts with letters that our typefaces lack are left out; the city's name stays, in Latin letters."""
    with TemporaryDirectory() as folder:
        sheet = CertificateSheet(Path(folder), facts.today)
        sheet.set_lang(facts.language)
        sheet.set_title(f"{_('Certificate')}: {facts.signature.signer}")
        sheet.draw(facts)
        return sheet.finished()


def named(version) -> str:
    """Such as "Statement of solidarity (English, version 3, 29 November 2026)", with the day from which it is valid."""
    number = _("version %(number)s") % {"number": version.number}
    facts = [str(name_of(version.language)), number, date_format(version.valid_from, "DATE_FORMAT")]
    return f"{version.title} ({pgettext('list separator', ', ').join(facts)})"


def split(heights: list[float]) -> int:
    """How many of the first go into the first of two columns, so that the longer one is as short as can be."""
    return min(range(len(heights) + 1), key=lambda half: max(sum(heights[:half]), sum(heights[half:])))


def lines_of(names: list[str]) -> list[str]:
    """The names on one line, or each on its own where they run in different directions: figures would change places."""
    if len({reads_from_right(name) for name in names}) > 1:
        return names
    return [pgettext("list separator", ", ").join(names)]


class CertificateSheet(BriefPaper):
    """The words stand at the beginning of a line, and a dark panel with the globe at its end."""

    def __init__(self, folder: Path, today: date):
        super().__init__(folder, today)
        self.left = PANEL + 14 if self.is_rtl else 18
        self.panel = 0 if self.is_rtl else WIDTH - PANEL

    def draw(self, facts: CertificateFacts) -> None:
        self.add_page(orientation="L")
        self.brand()
        self.names(facts.signature)
        foot = HEIGHT - FOOT - self.height_of(lambda: self.wording(facts))
        self.promises(facts.signature, foot - 4)
        self.set_y(foot)
        self.wording(facts)
        self.globe(facts.signature.city)
        self.standing(facts)
        self.proof(facts)

    def below(self, role, text, size, colour, after, family=TEXT, language="") -> None:
        """A text in the column at the beginning of the line, below what was printed last; ``after`` in mm."""
        place = self.left, self.get_y(), COLUMN, size, colour, self.is_rtl
        self.set_y(self.get_y() + self.paragraph(role, text, *place, family=family, language=language) + after)

    def brand(self) -> None:
        shift = 0 if self.is_rtl else 12
        with self.decoration():
            self.mark(self.left + (COLUMN - 4 if self.is_rtl else 4), TOP + 2.6, 3.2)
        place = self.left + shift, TOP, COLUMN - 12, 12, INK, self.is_rtl
        self.paragraph("P", _("Cities of Solidarity"), *place, family=HEADING)
        title = _("Certificate of signature")
        self.set_y(TOP + 0.4)
        self.paragraph("P", title, self.left, TOP + 0.4, COLUMN, 10.5, ACCENT, not self.is_rtl)
        self.set_y(TOP + 15)

    def names(self, signature) -> None:
        """Who signed: the institution and the country, the city as large as fits, below it in its own script."""
        city = signature.city
        institution = [signature.institution] if can_write(signature.institution) else []
        languages = languages_of(city.country)
        language = written_as(languages[0], city.country) if languages else ""
        for line in lines_of([*institution, city.country_name]):
            self.below("P", line, 12.5, MUTED, 0, language=language)
        self.set_y(self.get_y() + 1)
        largest = city.full_name if can_write(city.full_name, HEADING) else unidecode(city.full_name)
        size = next((size for size in NAME_SIZES if self.fits(largest, size)), NAME_SIZES[-1])
        self.below("H1", largest, size, INK, 1, HEADING)
        for name, own in own_names(city).items():
            if name != city.full_name and can_write(name, HEADING):
                self.below("P", name, min(size / 2, 26), MUTED, 1, HEADING, own)
        self.set_y(self.get_y() + 2)
        self.below("P", _("signed the statement of solidarity #WithRefugees"), 14.5, INK, 0)
        self.below("P", signature.signed_in_words, 14.5, INK, 0)

    def fits(self, text: str, size: float) -> bool:
        self.typeset(text, HEADING, size)
        return self.get_string_width(text) <= COLUMN

    def promises(self, signature, bottom: float) -> None:
        """The promises of the text that holds for the city, as large as the room above ``bottom`` (mm) allows.

        Where they do not fit with their words, their titles stand alone, and of a text with very many none does.
        """
        clauses = list(signature.version_in_force.clauses.all())
        top = self.get_y() + 5
        for with_words in (True, False):
            for size in PROMISE_SIZES:
                heights = [self.height_of(partial(self.promise, one, 0, size, with_words)) for one in clauses]
                half = split(heights)
                height = max(sum(heights[:half]), sum(heights[half:])) + 4
                if clauses and height <= bottom - top:
                    self.columns(clauses, half, bottom - height, size, with_words)
                    return

    def columns(self, clauses: list, half: int, top: float, size: float, with_words: bool) -> None:
        """Two columns of promises below a line; the second begins with the promise number ``half``, from 0."""
        with self.decoration():
            self.set_draw_color(*INK)
            self.line(self.left, top, self.left + COLUMN, top)
        with self.part("L"):
            for column, at in ((clauses[:half], 0), (clauses[half:], 1)):
                self.set_y(top + 4)
                for clause in column:
                    self.promise(clause, at, size, with_words)

    def promise(self, clause, column: int, size: float, with_words: bool) -> None:
        """A number, and a text beside it; both begin where the language of the text does."""
        width, language = (COLUMN - GAP) / 2, clause.version.language
        rtl = reads_from_right(clause.title, language)
        x = self.left + (width + GAP) * (1 - column if rtl else column)
        with self.part("LI"):
            self.paragraph("Lbl", str(clause.position), x, self.get_y(), width, size, ACCENT, rtl, HEADING)
            with self.part("LBody"):
                words = [(clause.title, size + 0.6, HEADING), (clause.promise, size, TEXT)]
                for text, points, family in words[: 2 if with_words else 1]:
                    place = x if rtl else x + 5, self.get_y(), width - 5, points, INK, rtl, family
                    self.set_y(self.get_y() + self.paragraph("P", text, *place, language=language))
        self.set_y(self.get_y() + 1.4)

    def wording(self, facts: CertificateFacts) -> None:
        """Which text was signed, its fingerprint, the newer one to which the city moved, and whose text it is."""
        version, move = facts.signature.version, facts.signature.last_move
        texts = {_("Text signed"): version}
        if move:
            texts[_("Since %(day)s") % {"day": date_format(move.moved_at, "DATE_FORMAT")}] = move.version
        for label, text in texts.items():
            if can_write(named(text)):
                self.below("P", f"{label}: {named(text)}", 7.6, MUTED, 0)
                print_ = " ".join(text.sha256_groups)
                self.below("P", f"{_('Fingerprint of the text (SHA-256)')}: {print_}", 7.6, MUTED, 0)
        self.below("P", _("The text is this directory’s own, not UNHCR’s."), 7.6, MUTED, 0)

    def globe(self, city) -> None:
        """An ornament: the earth, turned so that the city lies in its middle."""
        with self.decoration():
            self.set_fill_color(*NIGHT)
            self.rect(self.panel, 0, PANEL, HEIGHT, style="F")
            if city.latitude is not None:
                self.earth(Globe(city.latitude, city.longitude), self.panel + PANEL / 2, TOP + RADIUS, RADIUS)

    def standing(self, facts: CertificateFacts) -> None:
        """By what the signature was verified, and who signed for the institution."""
        proofs = [
            _("%(proof)s (%(day)s)") % {"proof": rung.title, "day": date_format(rung.seen_on, "DATE_FORMAT")}
            for rung in facts.rungs
            if rung.is_there and rung.seen_on
        ]
        texts = {_("Verified by"): "\n".join(proofs), _("Role of the signatory"): facts.signature.office_name}
        y = TOP + 2 * RADIUS + 9
        with self.part("L"):
            for label, text in texts.items():
                if can_write(text):
                    with self.part("LI"):
                        y += self.in_panel("Lbl", label, y, 8.5, PALE)
                        y += self.in_panel("LBody", text, y, 11, PAPER) + 3

    def in_panel(self, role: str, text: str, y: float, size: float, colour, beside: float = 0) -> float:
        """A text in the dark panel, ``beside`` mm from where its lines begin; returns its height."""
        x, width = self.panel + INSET, PANEL - 2 * INSET - beside
        return self.paragraph(role, text, x if self.is_rtl else x + beside, y, width, size, colour, self.is_rtl)

    def proof(self, facts: CertificateFacts) -> None:
        """Where the signature's page is, in letters and as a code, and of which day this sheet is."""
        day = date_format(facts.today, "DATE_FORMAT")
        correct = _("Correct on %(day)s. The online page is always authoritative.") % {"day": day}
        beside, width = QR_CODE + 4, PANEL - 2 * INSET
        top = HEIGHT - TOP - self.height_of(partial(self.address_below, facts.address)) - 2 - QR_CODE
        code_x = self.panel + INSET + (width - QR_CODE if self.is_rtl else 0)
        with self.decoration():
            self.set_fill_color(*PAPER)
            self.rect(code_x, top, QR_CODE, QR_CODE, style="F", round_corners=True, corner_radius=1)
        description = _("QR code with the address %(address)s") % {"address": facts.address}
        place = self.box_of(code_x, top, QR_CODE, QR_CODE)
        with self.piece("Figure", description=description, attributes=place):
            self.qr_code(facts.address, code_x, top, QR_CODE)
        y = top + self.in_panel("P", _("Proof and current status:"), top, 9, PAPER, beside) + 1
        self.in_panel("P", correct, y, 9, PALE, beside)
        self.set_y(top + QR_CODE + 2)
        self.address_below(facts.address)

    def address_below(self, address: str) -> None:
        place = self.panel + INSET, self.get_y(), PANEL - 2 * INSET
        self.set_y(self.get_y() + self.address(address, *place, 9, self.is_rtl, SUN))

    def earth(self, globe: Globe, x: float, y: float, radius: float) -> None:
        def on_paper(points):
            return [(x + radius * right, y + radius * down) for right, down in points]

        self.set_fill_color(*SEA)
        self.circle(x, y, radius, style="F")
        # Countries are drawn to their edges in one colour: this sheet is about a city, and says nothing about borders.
        self.set_line_width(0.1)
        self.set_fill_color(*LAND)
        self.set_draw_color(*LAND)
        for ring in globe.land():
            self.polygon(on_paper(ring), style="DF")
        self.set_draw_color(*GRATICULE)
        for line in globe.graticule():
            self.polyline(on_paper(line))
        self.circle(x, y, radius, style="D")
        self.set_draw_color(*SUN)
        self.circle(x, y, 3.4, style="D")
        self.set_fill_color(*SUN)
        self.circle(x, y, 1.7, style="F")
