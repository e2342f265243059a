"""The questions of a worksheet, and what the answers come to."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from practices.cities.similarity.profile import CitySimilarity, Profile
from practices.models import Practice
from practices.vocabularies import COST_BANDS, THEMES

ANSWERS = {"yes": gettext_lazy("Yes"), "partly": gettext_lazy("Partly"), "no": gettext_lazy("No")}


@dataclass(frozen=True)
class Question:
    """``told`` is what the entry says of it, "" where the sources do not; None where ``text`` is the entry's own already.

    ``short`` is how the summary names it. The entry's own words stand in its language (``is_quoted``).
    """

    name: str
    text: str
    short: str
    told: str | None
    ask: str
    answer: str
    is_quoted: bool = True

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        return [(code, label, code == self.answer) for code, label in ANSWERS.items()]


@dataclass(frozen=True)
class Worksheet:
    questions: list[Question]
    likeness: CitySimilarity | None

    @classmethod
    def of(cls, entry: Practice, city: Profile, query: QueryDict) -> "Worksheet":
        return cls(list(questions_of(entry, query)), city.similarity_of(entry.pk, entry.tags) if city else None)

    def answered(self, code: str) -> list[Question]:
        return [question for question in self.questions if question.answer == code]

    @property
    def there(self) -> list[Question]:
        return self.answered("yes")

    @property
    def partly(self) -> list[Question]:
        return self.answered("partly")

    @property
    def missing(self) -> list[Question]:
        return self.answered("no")

    @property
    def is_answered(self) -> bool:
        return any(question.answer for question in self.questions)

    @property
    def open(self) -> int:
        return len(self.answered(""))


def questions_of(entry: Practice, query: QueryDict) -> Iterator[Question]:
    def question(name: str, text: str, short: str, told: str | None, ask: str, *, is_quoted: bool = True) -> Question:
        answer = query.get(name, "")
        return Question(name, text, short, told, ask, answer if answer in ANSWERS else "", is_quoted)

    separator = pgettext("list separator", ", ")
    for number, condition in enumerate(map(capfirst, entry.conditions), start=1):
        yield question(f"condition{number}", condition, condition, None, _("the office in charge"))
    themes = separator.join(THEMES.label(code) for code in THEMES.known(entry.themes))
    yield question(
        "powers",
        _("Powers: can your city decide on this itself?"),
        _("Powers"),
        themes,
        _("your legal office, or your association of cities"),
        is_quoted=False,
    )
    yield question(
        "partners", _("Partners: are there some like these?"), _("Partners"), "; ".join(entry.partners),
        _("organisations near you"),
    )  # fmt: skip
    facts = {fact.kind: f"{fact.text} ({fact.year})" if fact.year else fact.text for fact in entry.rows_of("facts")}
    yield question(
        "money", _("Money: can your city find it?"), _("Money"), facts.get("cost") or band_of(entry),
        _("your finance office"),
    )  # fmt: skip
    if entry.funders:
        yield question(
            "funders", _("Funders: could someone pay for it, as here?"), _("Funders"), "; ".join(entry.funders),
            _("your finance office"),
        )  # fmt: skip
    yield question(
        "staff", _("Staff: are there people to do it?"), _("Staff"), facts.get("staff", ""), _("your personnel office")
    )
    yield question(
        "time", _("Time: is there enough to prepare it?"), _("Time"), facts.get("startup", ""),
        _("the office in charge"),
    )  # fmt: skip


def band_of(entry: Practice) -> str:
    if entry.cost_band == "unknown":
        return ""
    band = str(dict(COST_BANDS)[entry.cost_band])
    return f"{band} ({entry.cost_currency}, {entry.cost_year})" if entry.cost_currency else band
