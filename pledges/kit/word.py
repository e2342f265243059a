"""A paper of the kit as a Word document that the officer goes on writing in."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pledges.kit.blocks import BULLET, Block
from practices.comparing.brief.word_file import WordFile


def draw(title: str, blocks: list[Block], today: date) -> bytes:
    made = _("From the kit for councils of Cities of Solidarity, %(day)s. CC BY 4.0.")
    file = WordFile(title, made % {"day": date_format(today, "DATE_FORMAT")})
    file.heading(title, 1)
    for block in blocks:
        add(file, block)
    return file.finished()


def add(file: WordFile, block: Block) -> None:
    style = "List Bullet" if block.label == BULLET else None
    # Word would count on from one numbered list to the next.
    text = f"{block.label} {block.text}" if block.label and not style else block.text
    if block.level:
        file.heading(text, block.level, block.language)
    elif block.address:
        file.linked(text, block.address, language=block.language, style=style)
    else:
        file.paragraph(text, block.language, style=style)
