"""The way through sharing a practice: its pages, the entry it is about, and the record that comes of the answers."""

from functools import cached_property

from django.http import QueryDict

from citysolidarity.forms import Way
from practices.alike import alike
from practices.forms.alike import NEW, UPDATE, AlikeForm
from practices.forms.check import CheckForm
from practices.forms.city import CityForm, CityPages, PlaceForm
from practices.forms.contact import ContactForm
from practices.forms.facts import CostForm, WhenForm, WhoForm
from practices.forms.sources import SourcesForm
from practices.forms.story import ApproachForm, FailuresForm, ResultsForm, SummaryForm
from practices.forms.title import TitleForm
from practices.forms.words import PeopleForm, WordsForm
from practices.models import Practice
from practices.records import Record

# Fields of an entry that are answered under the same name; ``lead`` is a word of every form.
FIELDS = (
    "title", "language", "summary", "area", "challenge", "approach", "results", "lessons", "what_did_not_work",
    "themes", "instrument", "populations", "groups", "contexts", "status", "started", "ended", "partners", "funders",
    "cost_band", "cost_currency", "cost_year",
)  # fmt: skip

LONGEST_KEPT = 10_000  # characters of an answer, more than any field takes
MOST_KEPT = 20  # answers of one name: boxes that are ticked
# Stands in the place of an answer: there is no entry to compare it with.
NOBODY = "nobody"
MARKS = ("seen_results", "seen_failures", "seen_people", "seen_who", "seen_sources")


class Sharing(CityPages, Way):
    """One person's answers so far."""

    PAGES = {
        "title": TitleForm,
        "city": CityForm,
        "place": PlaceForm,
        "alike": AlikeForm,
        "summary": SummaryForm,
        "approach": ApproachForm,
        "results": ResultsForm,
        "failures": FailuresForm,
        "words": WordsForm,
        "people": PeopleForm,
        "when": WhenForm,
        "who": WhoForm,
        "cost": CostForm,
        "sources": SourcesForm,
        "contact": ContactForm,
        "check": CheckForm,
    }
    APART = Way.APART | {"draft", "save_email", "subject"}

    @classmethod
    def of(cls, answers: dict[str, list[str]]):
        """The way of answers that were sent: entries that came to be much like it later ask nothing any more."""
        return cls(querydict({"alike": [NEW]} | answers))

    def kept(self) -> dict[str, list[str]]:
        """The answers as they are kept, cut where no field has room any more; ``of`` takes them."""
        names = {name for page, fields in self.fields.items() if page != "check" for name in fields}
        found = {name: [value[:LONGEST_KEPT] for value in self.data.getlist(name)[:MOST_KEPT]] for name in names}
        return {name: values for name, values in found.items() if any(values)}

    def more(self, page: str, *, shown: bool = False) -> dict:
        if page == "alike":
            return {"entries": filter(None, [self.entry]) if self.is_compared and not shown else self.entries}
        return {"is_update": self.kind == UPDATE} if page in ("approach", "sources") else {}

    @property
    def pages(self) -> list[str]:
        return [page for page in super().pages if page != "alike" or self.is_to_be_compared]

    # --- is it one of these? ------------------------------------------------------------

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
        title, city = self.form("title"), self.form("city")
        if title.is_valid() and (city.is_by_hand or city.is_valid()) and not self.is_to_be_compared:
            self.data["alike"] = NOBODY

    @property
    def kind(self) -> str:
        """Whether it is a new practice, an update of an entry, or a version of another city's."""
        return (self.data.get("alike", "").partition(":")[0] or NEW) if self.entry else NEW

    @cached_property
    def entry(self) -> Practice | None:
        """The published entry that was chosen, with its city; None where none was."""
        _kind, _colon, slug = self.data.get("alike", "").partition(":")
        return Practice.objects.published().with_city().filter(slug=slug).first() if slug else None

    @cached_property
    def entries(self) -> list[Practice]:
        """The entries to choose from: that which was chosen, and those much like the title."""
        title, city = self.form("title"), self.form("city")
        if not (title.is_valid() and (city.is_by_hand or city.is_valid())):
            return [self.entry] if self.entry else []
        slug = city.choice.value.partition("city:")[2] if city.choice else ""
        found = alike(title.cleaned_data["title"], slug)
        return found if self.entry is None or self.entry in found else [self.entry, *found]

    def fill(self, entry: Practice) -> None:
        """Answers every question as the entry does now, for whoever brings it up to date."""
        for name, values in answers_of(entry).items():
            self.data.setlist(name, values)
        self._forms.clear()
        self.__dict__.pop("entries", None)
        self.__dict__.pop("entry", None)

    # --- when every page is answered ------------------------------------------------------

    @property
    def record(self) -> Record:
        """What the answers say, as a record of an entry without its address, city and earlier sources."""
        facts = self.facts
        sources = [source | {"language": "", "archived_url": ""} for source in facts["sources"]]
        return {name: facts[name] for name in FIELDS} | {"lead": facts["lead_body"], "sources": sources}


def querydict(answers: dict[str, list[str]]) -> QueryDict:
    """Kept answers as a form sends them."""
    data = QueryDict(mutable=True)
    for name, values in answers.items():
        data.setlist(name, values)
    return data


def answers_of(entry: Practice) -> dict[str, list[str]]:
    """An entry as somebody would have answered the questions; its sources stay with it."""
    found = {name: getattr(entry, name) for name in FIELDS}
    found |= {"partners": "\n".join(entry.partners), "funders": "\n".join(entry.funders), "lead_body": entry.lead}
    found |= {"q": entry.city.name, "searched": entry.city.name, "city": f"city:{entry.city.slug}"}
    found |= {"alike": f"{UPDATE}:{entry.slug}"}
    found |= dict.fromkeys(MARKS, "1")
    listed = {name: value if isinstance(value, list) else [value] for name, value in found.items()}
    return {name: ["" if one is None else str(one) for one in values] for name, values in listed.items()}
