"""What a brief says of a practice: the problem, what they did, cost and staff, proof, risks, whom to ask, sources.

What is not known has no line.
"""

from dataclasses import dataclass, replace

from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from citysolidarity.drawing.qr_code import svg_path
from practices.comparing.brief.shortening import MARK, fair
from practices.entries.feedback import feedback_of
from practices.entries.language_links import translation_line
from practices.models import City, Practice
from practices.vocabularies import COST_BANDS, EVIDENCE_LEVELS, GROUPS, INSTRUMENTS, POPULATIONS
from practices.vocabularies.countries import income_of

LINE = 90  # characters of a printed line of text


@dataclass(frozen=True)
class BriefPart:
    """A heading and its text. ``written`` texts stand in the language of the entry and may be cut."""

    label: str
    text: str
    written: bool = False

    @property
    def is_cut(self) -> bool:
        return self.text.endswith(MARK)


@dataclass(frozen=True)
class BriefSource:
    """``text`` is in the language of the source, which is ``language`` or "" where nobody noted it."""

    text: str
    address: str
    language: str = ""


@dataclass(frozen=True)
class Brief:
    """One practice for one page. ``facts`` are short; of ``sources`` those beyond ``most_sources`` are only counted."""

    title: str
    place: str
    summary: str
    language: str
    address: str
    facts: list[BriefPart]
    texts: list[BriefPart]
    ask: BriefPart
    sources: list[BriefSource]
    most_sources: int = 1_000

    @property
    def is_cut(self) -> bool:
        return any(part.is_cut for part in self.texts) or self.sources_left_out > 0

    @property
    def sources_shown(self) -> list[BriefSource]:
        return self.sources[: self.most_sources]

    @property
    def sources_left_out(self) -> int:
        return len(self.sources) - len(self.sources_shown)

    @property
    def qr_code(self) -> dict:
        side, path = svg_path(self.address)
        return {"side": side, "path": path}

    @cached_property
    def length(self) -> int:
        return sum(len(part.text) for part in self.texts)

    @property
    def printed_lines(self) -> int:
        """About how many lines of text fill a printed sheet as much as the sources and the spaces between the parts do."""
        sources = sum(2 + len(source.text) // LINE + len(source.address) // LINE for source in self.sources_shown)
        return sources + len(self.texts)

    def shortened(self, room: int, most_sources: int) -> "Brief":
        """The same with texts of no more than about ``room`` characters and so many sources."""
        texts = fair([part.text for part in self.texts], room)
        cut = [replace(part, text=text) for part, text in zip(self.texts, texts, strict=True)]
        return replace(self, texts=cut, most_sources=most_sources)


def brief_of(practice: Practice, address: str) -> Brief:
    """The brief of a practice; ``address`` is its page.

    It is fetched ``with_city``, ``with_feedback`` and ``with_parts``.
    """
    return Brief(
        title=practice.title,
        place=str(practice.city),
        summary=practice.summary,
        language=practice.language,
        address=address,
        facts=stated(facts_of(practice)),
        texts=[*stated(texts_of(practice)), *contested(practice), *translated(practice)],
        ask=ask_of(practice, address),
        sources=[source_line(source) for source in practice.rows_of("sources")],
    )


def stated(parts: list[BriefPart]) -> list[BriefPart]:
    return [part for part in parts if part.text]


def listed(labels: list[str]) -> str:
    return pgettext("list separator", ", ").join(labels)


def facts_of(practice: Practice) -> list[BriefPart]:
    city = practice.city
    return [
        BriefPart(_("When"), when(practice)),
        BriefPart(_("For whom"), for_whom(practice)),
        BriefPart(_("Type of measure"), INSTRUMENTS.label(practice.instrument)),
        BriefPart(_("City size (inhabitants)"), city_size(city)),
        BriefPart(_("Income group of the country"), income(city)),
        BriefPart(_("Yearly cost"), cost(practice)),
        BriefPart(_("Last confirmed"), confirmed(practice)),
    ]


def city_size(city: City) -> str:
    return city.size_name if city.population else ""


def income(city: City) -> str:
    return "" if income_of(city.country) == "unknown" else city.income_name


def for_whom(practice: Practice) -> str:
    labels = [POPULATIONS.label(code) for code in POPULATIONS.known(practice.populations)]
    return listed(labels + [GROUPS.label(code) for code in GROUPS.known(practice.groups)])


def said_of(practice: Practice) -> dict[str, str]:
    """Kind of fact → what the source says, with its year."""
    return {fact.kind: f"{fact.text} ({fact.year})" if fact.year else fact.text for fact in practice.rows_of("facts")}


def when(practice: Practice) -> str:
    if not practice.started and not practice.ended:
        return _("Ended") if practice.has_ended else ""
    if practice.has_ended:
        years = f"{practice.started or '…'}–{practice.ended or '…'}"
        return _("%(years)s, ended") % {"years": years}
    return _("Since %(year)s") % {"year": practice.started}


def cost(practice: Practice) -> str:
    if practice.cost_band == "unknown":
        return ""
    band = str(dict(COST_BANDS)[practice.cost_band])
    return f"{band} ({practice.cost_currency}, {practice.cost_year})" if practice.cost_currency else band


def confirmed(practice: Practice) -> str:
    if practice.confirmed_at:
        return _("%(month)s, by the city") % {"month": date_format(practice.confirmed_at, "YEAR_MONTH_FORMAT")}
    return _("Ended. Kept here for its lessons") if practice.has_ended else _("Not yet confirmed by the city")


def texts_of(practice: Practice) -> list[BriefPart]:
    said = said_of(practice)
    return [
        BriefPart(_("The situation"), practice.challenge, written=True),
        BriefPart(_("What the city does"), practice.approach, written=True),
        BriefPart(_("What changed"), practice.results, written=True),
        BriefPart(_("Evidence"), proof(practice)),
        BriefPart(_("What it takes"), "; ".join(practice.conditions), written=True),
        BriefPart(_("Cost"), said.get("cost", ""), written=True),
        BriefPart(_("Staff"), said.get("staff", ""), written=True),
        BriefPart(_("Time to start"), said.get("startup", ""), written=True),
        BriefPart(_("What did not work"), practice.what_did_not_work, written=True),
        BriefPart(_("What others can learn"), practice.lessons, written=True),
        BriefPart(_("Funded by"), "; ".join(practice.funders), written=True),
    ]


def translated(practice: Practice) -> list[BriefPart]:
    line = translation_line(practice)
    return [BriefPart(_("Translation"), line)] if line else []


def proof(practice: Practice) -> str:
    sentences = [
        f"{figure.value} {figure.what} ({figure.year}, {figure.source.publisher})."
        for figure in practice.rows_of("figures")
    ]
    if practice.evidence_level is not None:
        label = str(dict(EVIDENCE_LEVELS)[practice.evidence_level])
        sentences.append(
            _("Evidence: %(label)s (level %(level)d of 5).") % {"label": label, "level": practice.evidence_level}
        )
    if practice.evidence_reason:
        sentences.append(practice.evidence_reason)
    return " ".join(sentences)


def contested(practice: Practice) -> list[BriefPart]:
    feedback, parts = feedback_of(practice), []
    if feedback.review_since:
        since = {"day": date_format(feedback.review_since, "DATE_FORMAT")}
        sentence = _("Under review since %(day)s: someone disputes what this entry says. A curator is looking into it.")
        parts.append(BriefPart(_("Disputed"), sentence % since))
    return parts + [BriefPart(_("Reply"), reply.text, written=True) for reply in feedback.replies]


def ask_of(practice: Practice, address: str) -> BriefPart:
    lines = [*filter(None, [practice.lead]), f"{address}ask/"]
    if practice.city.official_domain:
        lines.append(practice.city.official_domain)
    return BriefPart(_("Contact"), pgettext("between parts of a line", " · ").join(lines), written=True)


def source_line(source) -> BriefSource:
    published = f"{source.publisher}, {source.year}" if source.year else source.publisher
    return BriefSource(f"{source.title}. {published}.", source.url, source.language)
