"""An entry as plain text in Markdown, for readers that are programs: with its sources and the day, so that they can quote."""

import re

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from practices.entries.citation import citation
from practices.entries.language_links import translation_line
from practices.models import Practice
from practices.models.entries.elsewhere import PageElsewhere, elsewhere_of
from practices.vocabularies import FRESHNESS, THEMES

# What would begin a heading, a list, a quotation, a table, a link or emphasis.
SIGNS = re.compile(r"([\\`*_\[\]<>|#])")
BEGINNINGS = re.compile(r"(?m)^([ \t]*+)([-+=~]|\d++[.)])(?=\s|$|[-=~])")


def markdown_of(practice: Practice, address: str) -> str:
    """An entry that was fetched with its city, review, parts and ``with_elsewhere``; ``address`` is that of its page."""
    sources = practice.rows_of("sources")
    numbers = {source.pk: number for number, source in enumerate(sources, start=1)}
    did = _("What the city did") if practice.has_ended else _("What the city does")
    comma = pgettext("list separator", ", ")
    about = [
        (_("City"), str(practice.city)),
        (_("Theme"), comma.join(THEMES.label(code) for code in practice.themes)),
        (_("Confirmed by the city"), FRESHNESS.label(practice.freshness)),
        (_("Day of the last change"), date_format(practice.updated_at, "DATE_FORMAT")),
    ]
    parts = [
        f"# {plain(practice.title)}",
        plain(practice.summary),
        "\n".join(f"- {name}: {plain(text)}" for name, text in about),
    ]
    if practice.review_since:
        parts.append(_("Under review: someone disputes what this entry says."))
    if line := translation_line(practice):
        parts.append(plain(line))
    texts = (
        (_("The situation"), practice.challenge),
        (did, practice.approach),
        (_("What changed"), practice.results),
        (_("What did not work"), practice.what_did_not_work),
        (_("What others can learn"), practice.lessons),
    )
    parts += [f"## {heading}\n\n{plain(text)}" for heading, text in texts if text]
    if figures := practice.rows_of("figures"):
        lines = [
            f"- {plain(row.value)} {plain(row.what)} ({row.year}) [{numbers.get(row.source_id, '?')}]"
            for row in figures
        ]
        parts.append(f"## {_('Figures')}\n\n" + "\n".join(lines))
    listed = [f"{number}. {reference_of(source, comma)}" for number, source in enumerate(sources, start=1)]
    parts.append(f"## {_('Sources')}\n\n" + "\n".join(listed))
    if pages := [page_line(page) for page in elsewhere_of(practice)]:
        parts.append(f"## {_('Also described in')}\n\n" + "\n".join(pages))
    parts.append(f"## {_('Cite this entry')}\n\n{plain(citation(practice, address))}")
    return "\n\n".join(parts) + "\n"


def reference_of(source, comma: str) -> str:
    said = comma.join(filter(None, [plain(source.title), plain(source.publisher), str(source.year or "")]))
    return f"{said}: {in_brackets(source.url)}"


def page_line(page: PageElsewhere) -> str:
    checked = pgettext("page", "checked on %(day)s") % {"day": date_format(page.checked_on, "DATE_FORMAT")}
    return f"- {plain(str(page.platform.label))}: {in_brackets(page.url)} ({checked})"


def in_brackets(url: str) -> str:
    return f"<{url.replace('<', '%3C').replace('>', '%3E')}>"


def plain(text: str) -> str:
    """The text so that Markdown shows it as it is."""
    return at_the_beginning(within_a_line(text.replace("\r\n", "\n")))


def within_a_line(text: str) -> str:
    return SIGNS.sub(r"\\\1", text)


def at_the_beginning(text: str) -> str:
    """No line of it begins a list or a rule."""
    return BEGINNINGS.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", text)
