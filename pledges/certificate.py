"""The certificate of a verified signature: one sheet A4, to be printed and hung on a wall."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from fpdf.enums import Align, WrapMode
from text_unidecode import unidecode

from citysolidarity.paper import ACCENT, INK, LINE, MUTED, NIGHT, PAPER, SITE_NAME, WIDTH, Paper
from citysolidarity.typefaces import HEADING, TEXT, can_write
from pledges.ladder import Rung
from pledges.names import languages_of, own_names, written_as

# Millimetres of A4.
MARGIN, BAND = 24, 44
NAME_SIZES = (44, 38, 32, 27, 23, 19)


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
        sheet.add_page()
        sheet.band()
        sheet.names(facts.signature)
        sheet.facts(facts)
        sheet.proof(facts)
        return bytes(sheet.output())


class Sheet(Paper):
    """Everything stands in the middle, so that one layout serves both directions of writing."""

    def __init__(self, folder: Path):
        super().__init__(folder, MARGIN)

    def line_of(self, text: str, family: str, size: float, colour, *, after: float = 0, **more) -> None:
        """Centred lines of a text, ``size`` in points, and a space of ``after`` mm below; more as in Paper.lines."""
        self.lines(text, family, size, colour, align=Align.C, **more)
        self.set_y(self.get_y() + after)

    def band(self) -> None:
        """The head: night, the mark and the site's name."""
        self.set_fill_color(*NIGHT)
        self.rect(0, 0, WIDTH, BAND, style="F")
        self.mark(WIDTH / 2, 16, 7)
        self.set_y(28)
        self.line_of(SITE_NAME, HEADING, 15, PAPER)

    def names(self, signature) -> None:
        """Who signed: the city as large as fits, its own script below, the institution and the country."""
        city = signature.city
        self.set_y(BAND + 20)
        self.line_of(_("Certificate of signature"), TEXT, 13, ACCENT, after=4)
        latin = city.name if can_write(city.name, HEADING) else unidecode(city.name)
        size = next((size for size in NAME_SIZES if self.fits(latin, size)), NAME_SIZES[-1])
        self.line_of(latin, HEADING, size, INK, after=2, height=1.12)
        for name, language in own_names(city).items():
            if can_write(name, HEADING):
                self.line_of(name, HEADING, min(size, 30), INK, after=2, height=1.4, language=language)
        who = [signature.institution] if can_write(signature.institution) else []
        spoken = next((written_as(one, city.country) for one in languages_of(city.country)), "")
        whole = pgettext("list separator", ", ").join([*who, city.country_name])
        self.line_of(whole, TEXT, 13, MUTED, after=9, language=spoken)
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
        self.lines(
            facts.address, TEXT, 11, ACCENT, align=Align.C, height=1.546, link=facts.address, wrapmode=WrapMode.CHAR
        )
        self.set_y(self.get_y() + 3)
        day = date_format(facts.today, "DATE_FORMAT")
        self.line_of(
            _("This sheet shows how it stood on %(day)s. A city can withdraw its signature: what counts is the page.")
            % {"day": day},
            TEXT, 9, MUTED,
        )  # fmt: skip
