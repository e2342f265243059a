"""What a brief says of a practice: the problem, what they did, cost and staff, proof, risks, whom to ask, sources."""

from dataclasses import dataclass, replace

from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from practices.brief.cutting import MARK, fair
from practices.models import Practice
from practices.translations import said_in_full
from practices.vocabularies import COST_BANDS, EVIDENCE_LEVELS, GROUPS, INSTRUMENTS, POPULATIONS
from practices.voices import voices_of

# Longer addresses are given by their host: the page of the entry has them whole.
LONGEST_ADDRESS = 110


@dataclass(frozen=True)
class Part:
    """A heading and its text. ``written`` texts stand in the language of the entry and may be cut."""

    label: str
    text: str
    written: bool = False

    @property
    def is_cut(self) -> bool:
        return self.text.endswith(MARK)


@dataclass(frozen=True)
class Brief:
    """One practice for one page. ``facts`` are short; of ``sources`` those beyond ``most_sources`` are only counted."""

    title: str
    place: str
    summary: str
    language: str
    address: str
    facts: list[Part]
    texts: list[Part]
    ask: Part
    sources: list[str]
    most_sources: int = 1_000

    @property
    def is_cut(self) -> bool:
        """Whether the page of the entry says more."""
        return any(part.is_cut for part in self.texts) or self.sources_left_out > 0

    @property
    def sources_shown(self) -> list[str]:
        return self.sources[: self.most_sources]

    @property
    def sources_left_out(self) -> int:
        return len(self.sources) - len(self.sources_shown)

    @cached_property
    def length(self) -> int:
        """The characters of all texts that may be cut."""
        return sum(len(part.text) for part in self.texts)

    def shortened(self, room: int, most_sources: int) -> "Brief":
        """The same with texts of no more than about ``room`` characters and so many sources."""
        texts = fair([part.text for part in self.texts], room)
        cut = [replace(part, text=text) for part, text in zip(self.texts, texts, strict=True)]
        return replace(self, texts=cut, most_sources=most_sources)


def brief_of(practice: Practice, address: str) -> Brief:
    """The brief of a practice; ``address`` is its page.

    It is fetched ``with_city`` and ``with_voices``, its ``sources`` and ``figures`` at hand.
    """
    return Brief(
        title=practice.title,
        place=str(practice.city),
        summary=practice.summary,
        language=practice.language,
        address=address,
        facts=facts_of(practice),
        texts=[*texts_of(practice), *contested(practice), *translated(practice)],
        ask=ask_of(practice, address),
        sources=[source_line(source) for source in practice.sources.all()],
    )


def known(text: str) -> str:
    """The text, or that it is not known."""
    return text or _("Not known")


def listed(labels: list[str]) -> str:
    return pgettext("list separator", ", ").join(labels)


def facts_of(practice: Practice) -> list[Part]:
    """What fits in a line each."""
    reached = [POPULATIONS.label(code) for code in POPULATIONS.known(practice.populations)]
    reached += [GROUPS.label(code) for code in GROUPS.known(practice.groups)]
    return [
        Part(_("When"), when(practice)),
        Part(_("For whom"), known(listed(reached))),
        Part(_("Kind of measure"), INSTRUMENTS.label(practice.instrument)),
        Part(_("City size (inhabitants)"), practice.city.size_name),
        Part(_("Income group of the country"), practice.city.income_name),
        Part(_("Cost a year"), cost(practice)),
        # No entry says so far who works on it; the line shows what to ask.
        Part(_("Staff"), _("Not known")),
        Part(_("Last confirmed"), confirmed(practice)),
    ]


def when(practice: Practice) -> str:
    """The years in which it ran."""
    if not practice.started and not practice.ended:
        return _("Not known")
    if practice.has_ended:
        years = f"{practice.started or '…'}–{practice.ended or '…'}"
        return _("%(years)s, ended") % {"years": years}
    return _("Since %(year)s") % {"year": practice.started}


def cost(practice: Practice) -> str:
    """The band, with its currency and year."""
    band = str(dict(COST_BANDS)[practice.cost_band])
    return f"{band} ({practice.cost_currency}, {practice.cost_year})" if practice.cost_currency else band


def confirmed(practice: Practice) -> str:
    """When the city last said that the entry is right."""
    if practice.confirmed_at:
        return _("%(month)s, by the city") % {"month": date_format(practice.confirmed_at, "F Y")}
    return _("Not yet confirmed by the city")


def texts_of(practice: Practice) -> list[Part]:
    """What was written about it, and how far that is proven."""
    return [
        Part(_("The problem"), known(practice.challenge), written=True),
        Part(_("What they did"), known(practice.approach), written=True),
        Part(_("What changed"), known(practice.results), written=True),
        Part(_("Proof"), proof(practice)),
        Part(_("Risks: what did not work"), known(practice.what_did_not_work), written=True),
        Part(_("What others can learn"), known(practice.lessons), written=True),
        Part(_("Paid by"), known("; ".join(practice.funders)), written=True),
    ]


def translated(practice: Practice) -> list[Part]:
    """Who put the texts into this language, how and when, and whether the original says otherwise by now."""
    told = said_in_full(practice)
    return [Part(_("Translation"), told)] if told else []


def proof(practice: Practice) -> str:
    """Figures with their year and source, and the level of evidence."""
    said = [
        f"{figure.value} {figure.what} ({figure.year}, {figure.source.publisher})." for figure in practice.figures.all()
    ]
    if practice.evidence_level is None:
        said.append(_("Evidence: not yet assessed."))
    else:
        label = str(dict(EVIDENCE_LEVELS)[practice.evidence_level])
        said.append(
            _("Evidence: %(label)s (level %(level)d of 5).") % {"label": label, "level": practice.evidence_level}
        )
    return " ".join(said)


def contested(practice: Practice) -> list[Part]:
    """That somebody contests what the entry says, and what those it is about reply."""
    voices, found = voices_of(practice), []
    if voices.review_since:
        since = {"day": date_format(voices.review_since, "DATE_FORMAT")}
        said = _("Under review since %(day)s: somebody contests what this entry says. A curator is looking into it.")
        found.append(Part(_("Contested"), said % since))
    return found + [Part(_("Reply"), reply.text, written=True) for reply in voices.replies]


def ask_of(practice: Practice, address: str) -> Part:
    """Whom to ask: the institution that runs it, and where a question can be put."""
    lines = [known(practice.lead), f"{address}ask/"]
    if practice.city.official_domain:
        lines.append(practice.city.official_domain)
    return Part(_("Whom to ask"), pgettext("between parts of a line", " · ").join(lines), written=True)


def source_line(source) -> str:
    """Title, publisher, year and address of a source in one line."""
    published = f"{source.publisher}, {source.year}" if source.year else source.publisher
    address = source.url if len(source.url) <= LONGEST_ADDRESS else source.url.split("/")[2]
    return f"{source.title}. {published}. {address}"
