"""What decides whether another city can do the same: asked kindly, kept whole, and handed to the curators."""

import pytest
from django.contrib.auth.models import User

from practices.models import Source, Submission
from practices.sharing.acceptance import change_entry, changed_record, make_entry
from practices.sharing.forms.figures import key_of
from tests.forms import fields_of, heading, said, send
from tests.people import a_practice
from tests.practices.sharing.sharers import ANSWERS, SOURCE, a_submission, at, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("patience")]
NO_FACTS = {name: "" for page in ("takes", "figures") for name in ANSWERS[page]}


@pytest.fixture
def entry():
    """Published, with a fact, a figure and two cities it learned from, all but one resting on its source."""
    entry = a_practice("Neighbours help families", slug="known", conditions=["A council decision"])
    source = entry.sources.get()
    entry.facts.create(kind="cost", text="EUR 1 million in all", year=2020, source=source)
    entry.facts.create(kind="startup", text="Two years", year=2019, source=source)
    entry.figures.create(value="42 %", what="at work", year=2021, source=source)
    entry.transfers.create(direction="learned_from", place="Utrecht", country="NL", what="visits", source=source)
    entry.transfers.create(direction="learned_from", place="Antwerp", country="BE")
    entry.transfers.create(direction="taken_up_by", place="Vienna", country="AT")
    return entry


def a_curator():
    return User.objects.create_user("curator")


def the_parts(entry):
    return (
        [(fact.kind, fact.text, fact.year) for fact in entry.facts.all()],
        [(figure.value, figure.what, figure.year, figure.source.title) for figure in entry.figures.all()],
        [(one.direction, one.place, one.country, one.what) for one in entry.transfers.all()],
    )


def test_both_pages_may_be_left_empty(client):
    page = send(client, post(client, "takes", **dict.fromkeys(ANSWERS["takes"], "")), **ANSWERS["sources"])
    assert heading(page) == "Which figures do your sources give?"
    page = send(client, page, **dict.fromkeys(ANSWERS["figures"], ""))
    assert heading(page) == "How can we contact you?"


def test_the_page_to_check_says_them(client):
    page = at(client).text
    for text in (
        "Cost: EUR 40,000 a year for the visitors (2024)", "Staff: One coordinator", "A council decision",
        "Learned from: Utrecht (NL). the visits", "312 families reached (2024)",
    ):  # fmt: skip
        assert text in page, text


def test_they_become_part_of_the_draft_each_on_its_source():
    second = {"source_title_2": "News", "source_url_2": "https://news.example/1", "source_publisher_2": "News"}
    key = key_of({"title": "News", "url": "https://news.example/1"})
    entry = make_entry(a_submission(**second, figure_source_1=key), a_curator())
    assert entry.conditions == ["A council decision", "A partner that trains"]
    assert the_parts(entry) == (
        [("cost", "EUR 40,000 a year for the visitors", 2024), ("staff", "One coordinator", None)],
        [("312", "families reached", 2024, "News")],
        [("learned_from", "Utrecht", "NL", "the visits")],
    )


def test_a_correction_that_leaves_them_alone_changes_nothing_of_them(client, entry):
    before = the_parts(entry)
    page = client.get(f"/en/practices/share/update/{entry.slug}/")
    assert "EUR 1 million in all" in page.text and "Utrecht" in page.text
    page = send(client, page, consent="on")
    send(client, send(client, page, **ANSWERS["contact"]), consent="on")
    before_record, wanted = changed_record(Submission.objects.get(), entry)
    assert {name for name in wanted if wanted[name] != before_record[name]} == set()
    change_entry(Submission.objects.get(), entry, ["facts", "figures", "transfers"], a_curator())
    assert the_parts(entry) == before
    assert set(entry.facts.values_list("source", flat=True)) == {entry.sources.get().pk}


def test_a_correction_adds_a_figure_and_replaces_a_fact(entry):
    old = key_of({"title": entry.sources.get().title, "url": entry.sources.get().url})
    submission = a_submission(
        alike="update:known", cost_said="EUR 2 million in all", cost_said_year="2022", startup_said="Two years",
        staff_said="", figure_source_1=old, learned_place="Utrecht", learned_country="NL", learned_what="visits",
    )  # fmt: skip
    change_entry(submission, entry, ["sources", "facts", "figures", "transfers"], a_curator())
    facts, figures, transfers = the_parts(entry)
    assert facts == [("cost", "EUR 2 million in all", 2022), ("startup", "Two years", 2019)]
    title = Source.objects.filter(practice=entry).first().title
    assert figures == [("42 %", "at work", 2021, title), ("312", "families reached", 2024, title)]
    assert sorted(place for _direction, place, *_rest in transfers) == ["Antwerp", "Utrecht", "Vienna"]


def test_what_was_sent_before_the_form_asked_takes_nothing_away(entry):
    submission = a_submission(alike="update:known", **NO_FACTS)
    unseen = {name: value for name, value in submission.answers.items() if name not in ("seen_takes", "seen_figures")}
    Submission.objects.update(answers=unseen)
    submission.refresh_from_db()
    _before, wanted = changed_record(submission, entry)
    assert {"facts", "transfers", "conditions"}.isdisjoint(wanted) and len(wanted["figures"]) == 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"figure_value_1": "312 families", "figure_what_1": ""}, ("312", "families")),
        ({"figure_value_1": "€2 million for wages", "figure_what_1": ""}, ("€2 million", "for wages")),
        ({"figure_value_1": "42 %", "figure_what_1": "at work"}, ("42 %", "at work")),
        ({"figure_value_1": "two in three", "figure_what_1": "at school"}, ("two in three", "at school")),
        ({"figure_value_1": "٣١٢", "figure_what_1": "families"}, ("٣١٢", "families")),
        ({"figure_value_1": "-5 %", "figure_what_1": "rent"}, ("-5 %", "rent")),
    ],
)
def test_a_number_is_taken_as_people_write_it(typed, kept):
    figures = a_submission(**typed)
    value = make_entry(figures, a_curator()).figures.get()
    assert (value.value, value.what) == kept


def test_a_bare_number_and_a_city_with_its_country_are_answers():
    entry = make_entry(
        a_submission(staff_said="12", learned_place="Utrecht, Netherlands", learned_country=""), a_curator()
    )
    assert entry.facts.get(kind="staff").text == "12"
    assert (entry.transfers.get().place, entry.transfers.get().country) == ("Utrecht", "NL")


@pytest.mark.parametrize(
    ("on", "typed", "sentence"),
    [
        ("figures", {"figure_year_1": ""}, "Enter the year of the number"),
        ("figures", {"figure_what_1": ""}, "Enter what the number counts, such as families reached"),
        ("figures", {"figure_value_1": ""}, "Enter the number, such as 312 or 42 %"),
        ("figures", {"figure_value_1": "about three hundred families, all told in words"},
         "Enter the number alone; the next field says what it counts"),
        ("takes", {"learned_country": ""}, "Select the country of the city you learned from"),
        ("takes", {"learned_place": ""}, "Enter the city you learned from"),
        ("takes", {"staff_said": "x" * 401}, "This is 401 characters long; the limit is 400. Please shorten it."),
    ],
)  # fmt: skip
def test_what_is_missing_is_said_and_what_was_typed_is_kept(client, on, typed, sentence):
    answer = post(client, on, **typed)
    assert answer.status_code == 422 and said(answer) == [sentence]
    sent = ANSWERS[on] | typed
    assert {name: fields_of(answer).get(name, "") for name in sent} == sent


def test_a_forged_source_is_refused(client):
    answer = post(client, "figures", figure_source_1="0" * 12)
    assert said(answer) == ["Choose one of the sources from the list"]
    assert SOURCE in answer.text
