"""The briefs as a PDF in the language and direction of the page: an opening page for several, and a sheet A4 for each."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import get_language

from practices.comparing.brief.content import Brief
from practices.comparing.brief.cover import Cover
from practices.comparing.brief.cover_sheet import CoverSheet
from practices.comparing.brief.practice_sheet import PracticeSheet
from practices.comparing.brief.sheet import BriefPaper


def draw(cover: Cover | None, briefs: list[Brief], today: date) -> bytes:
    with TemporaryDirectory() as folder:
        paper = BriefPaper(Path(folder), today)
        paper.set_lang(get_language())
        paper.set_title(cover.title if cover else briefs[0].title)
        if cover:
            CoverSheet(paper).draw(cover)
        for brief in briefs:
            PracticeSheet(paper, level=2 if cover else 1).draw(brief)
        return paper.finished()
