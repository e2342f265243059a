"""The brief as a document that the officer goes on writing in: the texts whole, nothing cut, headings as styles."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from practices.comparing.brief.content import Brief, BriefPart, BriefSource
from practices.comparing.brief.cover import Cover
from practices.comparing.brief.word_file import WordFile


def draw(cover: Cover | None, briefs: list[Brief], today: date) -> bytes:
    made = _("Printed from Cities of Solidarity on %(day)s. CC BY 4.0.")
    file = WordFile(cover.title if cover else briefs[0].title, made % {"day": date_format(today, "DATE_FORMAT")})
    if cover:
        add_cover(file, cover)
    for brief in briefs:
        add_practice(file, brief, level=2 if cover else 1)
    return file.finished()


def add_cover(file: WordFile, cover: Cover) -> None:
    file.paragraph(cover.prepared)
    file.heading(cover.title, 1)
    table = file.table([_("What"), _("Where"), _("Key fact")], (85, 40, 45))
    for row in cover.rows:
        what, where, fact = table.add_row().cells
        file.fill(what, (row.title, row.language, True), (row.summary, row.language, False))
        file.fill(where, (row.city, "", True), (row.place, "", False))
        file.fill(fact, (row.fact, row.fact_language, False), *([(row.cost, "", False)] if row.cost else []))
    if cover.common:
        file.heading(_("What they have in common"), 2)
        for part in cover.common:
            file.labelled(part.label, part.text, style="List Bullet")
    file.heading(_("What we propose"), 2)
    for _number in cover.proposals:
        file.paragraph("", style="List Number")


def add_practice(file: WordFile, brief: Brief, level: int) -> None:
    file.paragraph(brief.place, on_new_page=level > 1)
    file.heading(brief.title, level, brief.language)
    file.paragraph(brief.summary, brief.language)
    for part in brief.facts:
        file.labelled(part.label, part.text, style="List Bullet")
    for part in [*brief.texts, brief.ask]:
        add_text(file, part, brief.language if part.written else "", level + 1)
    if brief.sources:
        file.heading(_("Sources"), level + 1)
        for source in brief.sources:
            add_source(file, source)
    file.linked(_("Latest version:"), brief.address)
    file.qr_code(brief.address, _("QR code with the address %(address)s") % {"address": brief.address})


def add_text(file: WordFile, part: BriefPart, language: str, level: int) -> None:
    file.heading(part.label, level)
    for line in part.text.splitlines():
        if line.strip():
            file.paragraph(line, language)


def add_source(file: WordFile, source: BriefSource) -> None:
    file.linked(source.text, source.address, language=source.language, style="List Bullet")
