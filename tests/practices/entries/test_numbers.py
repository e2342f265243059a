"""Figures in the text lead to the source that gives them; each source says its language and its archived copy."""

import re

import pytest

from practices.entries.numbers import with_numbers
from practices.models import Figure
from practices.templatetags.directory import unit_apart
from tests.people import a_practice

pytestmark = pytest.mark.django_db


def figure(value, number=2):
    one = Figure(value=value, what="families", year=2020, source_id=7)
    one.number = number
    return one


def plain(text, *figures):
    """The text with each number of a source in brackets."""
    html = with_numbers(text, figures)
    return re.sub(r"<sup.*?</span>(\d+)</a></sup>", r"[\1]", html, flags=re.DOTALL)


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("It reached 11,900 families.", ["11,900"], "<p>It reached 11,900[2] families.</p>"),
        ("11,900 and 11,900 again", ["11,900"], "<p>11,900[2] and 11,900 again</p>"),
        ("In 111,900 cases, 11,900.5 or 11,900,000", ["11,900"], "<p>In 111,900 cases, 11,900.5 or 11,900,000</p>"),
        ("Some 42 of 93", ["42", "93"], "<p>Some 42 of 93</p>"),
        ("It cost 12.5 million, or 1200.", ["12.5 million", "1200"], "<p>It cost 12.5 million[2], or 1200[2].</p>"),
        ("<b>1,280</b> & 1,281", ["1,280"], "<p>&lt;b&gt;1,280[2]&lt;/b&gt; &amp; 1,281</p>"),
        ("Nothing here", [], "<p>Nothing here</p>"),
        ("Over 1,200 families, then 1,200", ["1,200", "1,200 families"],
         "<p>Over 1,200 families[2], then 1,200[2]</p>"),
        ("١٬٢٠٠ عائلة", ["١٬٢٠٠"], "<p>١٬٢٠٠[2] عائلة</p>"),
    ],
)  # fmt: skip
def test_a_figure_in_the_text_bears_the_number_of_its_source_once(text, values, expected):
    assert plain(text, *map(figure, values)) == expected


def test_a_figure_whose_source_is_not_shown_bears_none():
    assert plain("It reached 11,900 families.", figure("11,900", None)) == "<p>It reached 11,900 families.</p>"


def test_the_number_on_the_page_leads_to_the_source_with_its_language_and_its_copy(client):
    practice = a_practice(slug="parks", results="It reached 11,900 families.")
    source = practice.sources.create(
        title="Bericht", publisher="Berlin", url="https://berlin.example/", language="de", position=1,
        archived_url="https://archive.example/berlin",
    )  # fmt: skip
    practice.figures.create(value="11,900", what="families", year=2018, source=source)
    page = client.get("/en/practices/parks/").text
    assert re.search(rf'11,900<sup class="source-number"><a\s+href="#source-{source.pk}">.*?2</a></sup>', page)
    item = page.partition(f'<li id="source-{source.pk}">')[2].partition("</li>")[0]
    assert "in German" in item and "https://archive.example/berlin" in item


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("255,000 US dollars", "255,000 <small>US dollars</small>"),
        ("A$105.5 million", "A$105.5 million"),
        ("3 millones de euros", "3 millones <small>de euros</small>"),
        ("15 mil millones de chelines", "15 mil millones <small>de chelines</small>"),
        ("2,8 billones de pesos", "2,8 billones <small>de pesos</small>"),
        ("3 ملايين يورو", "3 ملايين <small>يورو</small>"),
        ("1.2 milhões", "1.2 milhões"),
        ("12 mills", "12 <small>mills</small>"),
        ("200 000 دولار", "200 000 <small>دولار</small>"),
        ("4\u202f999\u202f749\xa0euros", "4\xa0999\xa0749 <small>euros</small>"),
        ("865", "865"),
        ("83 %", "83 %"),
        ("3 < 4 people", "3 < 4 people"),
        ("2 flats <b>", "2 <small>flats &lt;b&gt;</small>"),
    ],
)
def test_the_unit_of_a_figure_stands_apart_where_there_is_one(value, shown):
    assert unit_apart(value) == shown
