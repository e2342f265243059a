"""Could this work here? A sheet whose answers stand in its address."""

import re

import pytest
from django.urls import reverse

from tests.people import a_city, a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    city = a_city("Berlin", "DE", population=3_400_000)
    entry = a_practice(
        city=city, slug="mothers", conditions=["Jobs for the mothers", "Lasting money"], partners=["Diakonie"],
    )  # fmt: skip
    entry.facts.create(kind="cost", text="EUR 2 million a year", year=2024)
    return entry


def sheet(client, **answers):
    answer = client.get(reverse("worksheet", args=["mothers"]), answers)
    assert answer.status_code == 200
    return answer.text


def summary(page):
    found = re.search(r'<section class="worksheet-summary".*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def talk_first(page):
    return [
        re.sub(r"\s+", " ", re.sub("<.*?>", "", one)).strip()
        for one in re.findall("<li>.*?</li>", summary(page), re.DOTALL)
    ]


def test_it_asks_about_all_that_the_practice_needs(client, entry):
    page = sheet(client)
    for text in (
        "Jobs for the mothers",
        "Lasting money",
        "Diakonie",
        "EUR 2 million a year (2024)",
        "can your city decide",
    ):
        assert text in page, text
    assert page.count("Not stated in the sources. Ask Berlin.") == 2, "staff and time"
    assert summary(page) == "" and " checked>" not in page
    assert reverse("worksheet", args=["mothers"]) in client.get("/en/practices/mothers/").text


def test_the_answers_say_what_fits_what_is_missing_and_whom_to_ask(client, entry):
    page = sheet(client, condition1="yes", condition2="no", money="partly", city="Schwerte")
    assert "Could this work in Schwerte?" in page
    assert talk_first(page) == ["Lasting money: ask the office in charge", "Money: ask your finance office"]
    assert "Jobs for the mothers" in summary(page) and "4 questions are still open." in summary(page)
    assert page.count(" checked>") == 3


def test_all_there_and_nothing_missing(client, entry):
    names = re.findall(r'type="radio" name="(\w+)" value="yes"', sheet(client))
    page = sheet(client, **dict.fromkeys(names, "yes"))
    assert "Nothing is missing by your answers." in page and "still open" not in page


def test_size_and_country_are_compared_in_words(client, entry):
    text = summary(sheet(client, size="20k-50k", country="DE"))
    assert "Also in Germany" in text and "Much smaller" not in text and "Much larger" in text


def test_the_city_of_the_directory_travels_along(client, entry):
    other = a_practice("Squares", a_city("Vienna", "AT", population=1_900_000))
    page = sheet(client, like=other.city.slug)
    assert "Could this work in Vienna?" in page and "Same size" in summary(page)


@pytest.mark.parametrize(
    "broken",
    [
        "condition1=maybe",
        "money=%00",
        "city=" + "x" * 5_000,
        "size=huge&country=XX",
        "like=../..",
        "condition99=yes",
        "q=1",
    ],
)
def test_a_broken_address_is_never_an_error_page(client, entry, broken):
    answer = client.get(f"{reverse('worksheet', args=['mothers'])}?{broken}")
    assert answer.status_code == 200 and " checked>" not in answer.text


def test_what_is_typed_is_text(client, entry):
    assert "<script>x" not in sheet(client, city="<script>x</script>")


def test_it_takes_one_statement_and_two_with_a_city(client, entry, django_assert_num_queries):
    sheet(client)
    with django_assert_num_queries(1):
        sheet(client, money="no")
    with django_assert_num_queries(2):
        sheet(client, like="berlin-de")


def test_only_a_public_entry_has_one(client, entry):
    entry.archive()
    assert client.get(reverse("worksheet", args=["mothers"])).status_code in (404, 410)
