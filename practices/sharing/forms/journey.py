"""The form by which a practice is shared: its pages, the entry it is about, and the record of the answers."""

from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms import Journey, Problem
from practices.cities.forms import CityForm, CityPages, PlaceForm
from practices.models import Practice, Transfer
from practices.models.entries.record import PARTS, Record, sources_of
from practices.sharing.forms.check import CheckForm
from practices.sharing.forms.contact import ContactForm
from practices.sharing.forms.facts import CostForm, WhenForm, WhoForm
from practices.sharing.forms.figures import FiguresForm
from practices.sharing.forms.near_duplicates import NEW, UPDATE, NearDuplicateForm
from practices.sharing.forms.sources import SourcesForm
from practices.sharing.forms.story import ApproachForm, FailuresForm, ResultsForm, SummaryForm
from practices.sharing.forms.tags import PeopleForm, WordsForm
from practices.sharing.forms.takes import WITH_YEAR, TakesForm
from practices.sharing.forms.title import TitleForm
from practices.sharing.near_duplicates import near_duplicates

# Fields of an entry that are answered under the same name; ``lead`` is a word of every form.
FIELDS = (
    "title", "language", "summary", "area", "challenge", "approach", "results", "lessons", "what_did_not_work",
    "themes", "instrument", "populations", "groups", "contexts", "status", "started", "ended", "partners", "funders",
    "cost_band", "cost_currency", "cost_year", "conditions",
)  # fmt: skip

LONGEST_KEPT = 10_000  # characters of an answer, more than any field takes
MOST_KEPT = 20  # answers of one name: boxes that are ticked
# Characters of all answers together: every field filled to its end has less.
LONGEST_FORM = 70_000
FORM_TOO_LONG = _(
    "Your answers together are %(length)s characters long; the limit is %(longest)s. Please shorten them."
)
LONGEST_SLUG = Practice._meta.get_field("slug").max_length
# Stands in the place of an answer: there is no entry to compare it with.
NOBODY = "nobody"
MARKS = ("seen_results", "seen_failures", "seen_people", "seen_who", "seen_takes", "seen_sources", "seen_figures")


class Sharing(CityPages, Journey):
    PAGES = {
        "title": TitleForm,
        "city": CityForm,
        "place": PlaceForm,
        "alike": NearDuplicateForm,
        "summary": SummaryForm,
        "approach": ApproachForm,
        "results": ResultsForm,
        "failures": FailuresForm,
        "words": WordsForm,
        "people": PeopleForm,
        "when": WhenForm,
        "who": WhoForm,
        "cost": CostForm,
        "takes": TakesForm,
        "sources": SourcesForm,
        "figures": FiguresForm,
        "contact": ContactForm,
        "check": CheckForm,
    }
    APART = Journey.APART | {"draft", "save_email", "subject"}

    @classmethod
    def of(cls, answers: dict[str, list[str]]):
        """Answers that were sent: entries that became similar only later, and pages that came later, ask nothing any more."""
        return cls(querydict({"alike": [NEW]} | {mark: ["1"] for mark in MARKS} | answers))

    def kept_answers(self) -> dict[str, list[str]]:
        """The answers as they are kept, cut where no field has room any more; ``of`` takes them."""
        names = {name for page, fields in self.fields.items() if page != "check" for name in fields}
        answers = {name: [value[:LONGEST_KEPT] for value in self.data.getlist(name)[:MOST_KEPT]] for name in names}
        return {name: values for name, values in answers.items() if any(values)}

    def length_errors(self) -> list[Problem]:
        """A form far longer than its fields have room for is not kept: it would stay for weeks."""
        length = sum(len(value) for values in self.kept_answers().values() for value in values)
        if length <= LONGEST_FORM:
            return []
        return [Problem(FORM_TOO_LONG % {"length": length, "longest": LONGEST_FORM})]

    def form_kwargs(self, page: str, *, shown: bool = False) -> dict:
        if page == "alike":
            return {"entries": filter(None, [self.entry]) if self.is_compared and not shown else self.entries}
        if page == "figures":
            return {"is_update": self.kind == UPDATE, "sources": self.sources}
        return {"is_update": self.kind == UPDATE} if page in ("approach", "sources") else {}

    @property
    def pages(self) -> list[str]:
        return [page for page in super().pages if page != "alike" or self.is_to_be_compared]

    # --- is it one of these? ------------------------------------------------------------

    @property
    def can_be_compared(self) -> bool:
        city = self.form("city")
        return self.form("title").is_valid() and (city.is_by_hand or city.is_valid())

    @property
    def is_compared(self) -> bool:
        """Whether it is known what the practice is; nothing is looked up any more then, on page after page."""
        return self.data.get("alike") in (NEW, NOBODY) or self.entry is not None

    @property
    def is_to_be_compared(self) -> bool:
        """Whether there is, or was, anything to compare it with."""
        return self.data.get("alike") != NOBODY and (self.is_compared or bool(self.entries))

    def compare(self) -> None:
        """Once title and city are known: notes where nothing is much like it, so that it is not looked up again."""
        if self.data.get("alike") == NOBODY:
            del self.data["alike"]
        if self.can_be_compared and not self.is_to_be_compared:
            self.data["alike"] = NOBODY

    @property
    def kind(self) -> str:
        return (self.data.get("alike", "").partition(":")[0] or NEW) if self.entry else NEW

    @cached_property
    def entry(self) -> Practice | None:
        _kind, _colon, slug = self.data.get("alike", "").partition(":")
        if not 0 < len(slug) <= LONGEST_SLUG:
            return None
        return Practice.objects.published().with_city().filter(slug=slug).first()

    @cached_property
    def entries(self) -> list[Practice]:
        if not self.can_be_compared:
            return [self.entry] if self.entry else []
        city = self.form("city").choice
        slug = city.value.partition("city:")[2] if city else ""
        entries = near_duplicates(self.form("title").cleaned_data["title"], slug)
        return entries if self.entry is None or self.entry in entries else [self.entry, *entries]

    def fill(self, entry: Practice) -> None:
        for name, values in answers_of(entry).items():
            self.data.setlist(name, values)
        self._forms.clear()
        self.__dict__.pop("entries", None)
        self.__dict__.pop("entry", None)
        self.__dict__.pop("sources", None)

    # --- when every page is answered ------------------------------------------------------

    @property
    def record(self) -> Record:
        """What the answers say, as a record of an entry without its address and city."""
        facts = self.facts
        content = {name: facts[name] for name in (*FIELDS, *PARTS)}
        return content | {"lead": facts["lead_body"], "sources": self.sources}

    @cached_property
    def sources(self) -> list[dict]:
        """Those that the entry has, then the new ones: what a figure can rest on."""
        present = sources_of(self.entry) if self.kind == UPDATE else []
        form = self.form("sources")
        new = form.cleaned_data["sources"] if form.is_valid() else []
        known = {(source["url"], source["title"]) for source in present}
        new = [source for source in new if (source["url"], source["title"]) not in known]
        return [*present, *(source | {"language": "", "archived_url": ""} for source in new)]


def querydict(answers: dict[str, list[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in answers.items():
        data.setlist(name, values)
    return data


def answers_of(entry: Practice) -> dict[str, list[str]]:
    """An entry as somebody would have answered the questions; its sources stay with it."""
    answers = {name: getattr(entry, name) for name in FIELDS}
    answers |= {name: "\n".join(getattr(entry, name)) for name in ("partners", "funders", "conditions")}
    answers |= facts_of(entry) | {"lead_body": entry.lead}
    answers |= {"q": entry.city.name, "searched": entry.city.name, "city": f"city:{entry.city.slug}"}
    answers |= {"alike": f"{UPDATE}:{entry.slug}"} | dict.fromkeys(MARKS, "1")
    listed = {name: answer if isinstance(answer, list) else [answer] for name, answer in answers.items()}
    return {name: ["" if value is None else str(value) for value in values] for name, values in listed.items()}


def facts_of(entry: Practice) -> dict[str, object]:
    """Its facts and the first city it learned from; what the form has no field for stays with the entry."""
    answers = {}
    for fact in entry.facts.all():
        answers[f"{fact.kind}_said"] = fact.text
        if fact.kind in WITH_YEAR:
            answers[f"{fact.kind}_said_year"] = fact.year
    if learned := entry.transfers.filter(direction=Transfer.Direction.LEARNED_FROM).first():
        answers |= {"learned_place": learned.place, "learned_country": learned.country, "learned_what": learned.what}
    return answers
