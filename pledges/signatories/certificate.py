"""The certificate of a verified signature: one page of A4, to be printed and hung on a wall."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from fpdf.enums import Align, WrapMode
from text_unidecode import unidecode

from citysolidarity.drawing.paper import ACCENT, INK, LINE, MUTED, NIGHT, PAPER, WIDTH, Paper
from citysolidarity.drawing.typefaces import HEADING, TEXT, can_write
from citysolidarity.drawing.typesetting import reads_from_right
from pledges.signatories.names import languages_of, own_names, written_as
from pledges.signatories.proof import Rung

# Millimetres of A4.
MARGIN, BAND = 24, 44
NAME_SIZES = (44, 38, 32, 27, 23, 19)


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
        sheet = CertificateSheet(Path(folder))
        sheet.set_lang(facts.language)
        sheet.set_title(f"{_('Certificate')}: {facts.signature.signer}")
        sheet.add_page()
        sheet.band()
        sheet.names(facts.signature)
        sheet.facts(facts)
        sheet.proof(facts)
        return sheet.finished()


def named(version) -> str:
    """Such as "Statement of solidarity (en, 3; 29 November 2026)", with the day from which it is valid."""
    return f"{version.title} ({version.language}, {version.number}; {date_format(version.valid_from, 'DATE_FORMAT')})"


def lines_of(names: list[str]) -> list[str]:
    """The names on one line, or each on its own where they run in different directions: figures would change places."""
    if len({reads_from_right(name) for name in names}) > 1:
        return names
    return [pgettext("list separator", ", ").join(names)]


class CertificateSheet(Paper):
    """Everything is centred, so that one layout serves both directions of writing."""

    def __init__(self, folder: Path):
        super().__init__(folder, MARGIN)

    def line_of(
        self, text: str, family: str, size: float, colour, *, after: float = 0, role: str = "P", language="", **more
    ) -> None:
        """Centred lines of a text: ``size`` in points, ``after`` in mm is the space below; more as in Paper.lines."""
        with self.text_piece(role, text, language):
            self.lines(text, family, size, colour, align=Align.C, language=language, **more)
        self.set_y(self.get_y() + after)

    def band(self) -> None:
        with self.decoration():
            self.set_fill_color(*NIGHT)
            self.rect(0, 0, WIDTH, BAND, style="F")
            self.mark(WIDTH / 2, 16, 7)
        self.set_y(28)
        self.line_of(_("Cities of Solidarity"), HEADING, 15, PAPER)

    def names(self, signature) -> None:
        """Who signed: the city as large as fits, below it in its own script, the institution and the country."""
        city = signature.city
        self.set_y(BAND + 20)
        self.line_of(_("Certificate of signature"), TEXT, 13, ACCENT, after=4, role="H1")
        largest = city.full_name if can_write(city.full_name, HEADING) else unidecode(city.full_name)
        size = next((size for size in NAME_SIZES if self.fits(largest, size)), NAME_SIZES[-1])
        self.line_of(largest, HEADING, size, INK, after=2, height=1.12)
        for name, language in own_names(city).items():
            if name != city.full_name and can_write(name, HEADING):
                self.line_of(name, HEADING, min(size, 30), INK, after=2, height=1.4, language=language)
        institution = [signature.institution] if can_write(signature.institution) else []
        languages = languages_of(city.country)
        language = written_as(languages[0], city.country) if languages else ""
        for line in lines_of([*institution, city.country_name]):
            self.line_of(line, TEXT, 13, MUTED, language=language)
        self.set_y(self.get_y() + 9)
        self.line_of(_("signed the statement of solidarity #WithRefugees"), HEADING, 17, INK, after=1)
        self.line_of(signature.signed_in_words, HEADING, 17, INK, after=3)
        self.line_of(_("The text is this directory’s own, not UNHCR’s."), TEXT, 10, MUTED, after=7)

    def fits(self, text: str, size: float) -> bool:
        self.typeset(text, HEADING, size)
        return self.get_string_width(text) <= WIDTH - 2 * MARGIN

    def facts(self, facts: CertificateFacts) -> None:
        version, move = facts.signature.version, facts.signature.last_move
        texts, prints = [named(version)], [" ".join(version.sha256_groups)]
        if move:
            day = date_format(move.moved_at, "DATE_FORMAT")
            texts.append(_("Since %(day)s: %(text)s") % {"day": day, "text": named(move.version)})
            prints.append(" ".join(move.version.sha256_groups))
        proofs = [
            _("%(proof)s (%(day)s)") % {"proof": rung.title, "day": date_format(rung.seen_on, "DATE_FORMAT")}
            for rung in facts.rungs
            if rung.is_there and rung.seen_on
        ]
        facts_by_title = {
            _("Text signed"): "\n".join(texts),
            _("Fingerprint of the text (SHA-256)"): "\n".join(prints),
            _("Verified by"): "\n".join(proofs),
            _("Role of the signatory"): facts.signature.office_name,
        }
        with self.part("L"):
            for title, text in facts_by_title.items():
                if can_write(text):
                    self.fact(title, text)

    def fact(self, title: str, text: str) -> None:
        with self.decoration():
            self.set_draw_color(*LINE)
            self.line(MARGIN, self.get_y(), WIDTH - MARGIN, self.get_y())
        self.set_y(self.get_y() + 2.5)
        with self.part("LI"):
            self.line_of(title, TEXT, 9, MUTED, role="Lbl")
            self.line_of(text, TEXT, 11, INK, after=3, role="LBody")

    def proof(self, facts: CertificateFacts) -> None:
        self.set_y(-44)
        self.line_of(_("Proof and current status:"), TEXT, 10, MUTED, after=1)
        top = self.get_y()
        with self.part("Link"):
            with self.marked("Link"):
                self.lines(facts.address, TEXT, 11, ACCENT, align=Align.C, height=1.546, wrapmode=WrapMode.CHAR)
            self.link_area(MARGIN, top, WIDTH - 2 * MARGIN, self.get_y() - top, facts.address)
        self.set_y(self.get_y() + 3)
        day = date_format(facts.today, "DATE_FORMAT")
        self.line_of(
            _("Correct on %(day)s. The online page is always authoritative.")
            % {"day": day},
            TEXT, 9, MUTED,
        )  # fmt: skip
