"""Somebody who shares a practice, page after page, as a browser without script does."""

from django.http import QueryDict
from django.urls import reverse
from django.utils import translation

from citysolidarity.forms import FormToken
from practices.models import Submission
from practices.sharing.forms.figures import key_of
from practices.sharing.forms.journey import MARKS, Sharing
from practices.sharing.views.check import record
from practices.sharing.views.steps import address_of
from tests.forms import ATHENS, fields_of, said, send

SOURCE = key_of({"title": "Report 2024", "url": "https://www.athens.example/report"})
ANSWERS = {
    "title": {"title": "Neighbours help new families settle in", "language": "en"},
    "city": {"q": "Athens", "city": f"place:{ATHENS}", "searched": "Athens"},
    "summary": {"summary": "Trained residents visit newly arrived families at home."},
    "approach": {"challenge": "New families did not know whom to ask.", "approach": "Forty residents are trained."},
    "results": {"results": "In 2024 they reached 312 families.", "lessons": "Pay the visitors."},
    "failures": {"what_did_not_work": "Evening visits were given up."},
    "words": {"themes": ["welcome", "housing"], "instrument": "service"},
    "people": {"populations": ["refugees"], "groups": ["families", "women"], "contexts": []},
    "when": {"status": "ongoing", "started": "2019", "ended": ""},
    "who": {"lead_body": "Integration Office", "partners": "A church\nA school", "funders": ""},
    "cost": {"cost_band": "under-50k", "cost_currency": "eur", "cost_year": "2024"},
    "takes": {
        "cost_said": "EUR 40,000 a year for the visitors",
        "cost_said_year": "2024",
        "staff_said": "One coordinator",
        "staff_said_year": "",
        "startup_said": "",
        "conditions": "A council decision\nA partner that trains",
        "learned_place": "Utrecht",
        "learned_country": "NL",
        "learned_what": "the visits",
    },
    "sources": {
        "source_title_1": "Report 2024",
        "source_url_1": "www.athens.example/report",
        "source_publisher_1": "City of Athens",
        "source_year_1": "2024",
    },
    "figures": {
        "figure_value_1": "312",
        "figure_what_1": "families reached",
        "figure_year_1": "2024",
        "figure_source_1": SOURCE,
    },
    "contact": {"email": "integration@athens.example", "office": "Integration Office"},
    "check": {"consent": "on"},
}


def walk(client, to="check", **changes):
    """The page ``to``, reached by answering all those before it; ``changes`` are other answers, by page."""
    page = client.get(reverse("share_page", args=["title"]))
    for name, answers in ANSWERS.items():
        if name == to:
            return page
        page = send(client, page, **(answers | changes.get(name, {})))
        assert page.status_code == 200, said(page)
    return page


def at(client, page="check", **changes):
    """The same page, asked for in one step with all answers at hand."""
    changed = {name: value for answers in changes.values() for name, value in answers.items()}
    return client.post(address_of(page), ready_for(page) | changed | {"show": "1"})


def share(client, **changes):
    """The answer to the last button."""
    return send(client, at(client, **changes), **ANSWERS["check"])


def shared(client, **changes) -> Submission:
    """A submission that has just arrived."""
    share(client, **changes)
    return Submission.objects.latest("pk")


def ready_for(page) -> dict:
    """What the form of a page holds when everything before it has been answered: as ``walk``, without the walking."""
    before = list(ANSWERS)[: list(ANSWERS).index(page)]
    marks = {f"seen_{one}": "1" for one in [*before, page] if f"seen_{one}" in MARKS}
    return (
        marks
        | {name: value for one in before for name, value in ANSWERS[one].items()}
        | {"stamp": str(FormToken.new(0))}
    )


def post(client, page, **typed):
    """The answer to a page on which something was typed."""
    return client.post(address_of(page), ready_for(page) | ANSWERS[page] | typed)


def refusal(client, page, **typed):
    """The sentences about what was typed into a page; asserts 422, the focus, and that everything typed is still there."""
    answer = post(client, page, **typed)
    assert answer.status_code == 422
    assert '<div class="summary" role="alert" tabindex="-1" autofocus' in answer.text
    kept = fields_of(answer)
    for name, value in typed.items():
        if name != "themes":
            assert kept.get(name, "").strip() == value.strip(), name
    assert not Submission.objects.exists()
    return said(answer)


def link_in(letter, purpose) -> str:
    """The address of a letter's link."""
    return reverse(purpose.value, args=[letter.token(purpose)])


def a_submission(**changes) -> Submission:
    """A submission that has just arrived, without the pages; ``changes`` are answers by their names."""
    answers = {name: value for one in ANSWERS.values() for name, value in one.items()} | dict.fromkeys(MARKS, "1")
    data = QueryDict(mutable=True)
    for name, value in (answers | {"alike": "new"} | changes).items():
        data.setlist(name, value if isinstance(value, list) else [value])
    way = Sharing(data)
    way.stamp = FormToken.new(0)
    assert way.next_page() == "check", way.form(way.next_page()).errors
    with translation.override("en"):
        return record(way, None)
