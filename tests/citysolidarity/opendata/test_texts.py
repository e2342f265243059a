"""Programs that read get an entry as plain text, with what they need to quote it."""

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import override

from citysolidarity.caching.last_copies import copies
from practices.entries.markdown import plain
from tests.people import a_city, a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return a_practice(
        "Roofs *and* homes",
        a_city("Amman", "JO"),
        slug="roofs",
        challenge="# No heading\n- no list",
        themes=["housing"],
    )


def test_an_entry_has_a_twin_in_markdown_with_its_sources_and_day(client, entry):
    figure = {"value": "1,280", "what": "people", "year": 2020}
    entry.figures.create(**figure, source=entry.sources.get())
    address = entry.get_absolute_url()[:-1] + ".md"
    assert f'<link rel="alternate" type="text/markdown" href="{address}">' in client.get(entry.get_absolute_url()).text
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/markdown; charset=utf-8")
    text = answer.text
    assert text.startswith("# Roofs \\*and\\* homes\n") and "\\# No heading\n\\- no list" in text
    assert "- 1,280 people (2020) [1]" in text and "1. A report, The city, 2020: <https://example.org/report>" in text
    assert "Cities of Solidarity, entry of" in text and "CC BY 4.0" in text
    assert client.get(address, headers={"if-none-match": answer["ETag"]}).status_code == 304


def test_the_twin_speaks_the_language_of_its_address_and_goes_with_its_page(client, entry):
    with override("fr"):
        address = reverse("practice_text", args=["roofs"])
    assert "Jordanie" in client.get(address).text
    entry.archive()
    assert client.get(address).status_code in {404, 410}


HTML_FIRST = "text/html,application/xhtml+xml,text/markdown;q=0.5,*/*;q=0.8"
MARKDOWN_FIRST = "text/markdown, text/html;q=0.9"


@pytest.mark.parametrize(
    ("accept", "kind"),
    [(HTML_FIRST, "html"), ("*/*", "html"), ("", "html"), ("text/markdown;q=0", "html"), ("text/markdown", "markdown"),
     (MARKDOWN_FIRST, "markdown")],
)  # fmt: skip
def test_the_page_gives_its_twin_to_whoever_prefers_markdown(client, entry, accept, kind):
    answer = client.get(entry.get_absolute_url(), headers={"accept": accept})
    assert answer["Content-Type"] == f"text/{kind}; charset=utf-8" and "Accept" in answer["Vary"].split(", ")
    if kind == "markdown":
        twin = client.get(answer["Content-Location"])
        assert twin.content == answer.content and twin["Content-Type"] == answer["Content-Type"]


def test_the_page_says_so_without_the_index_too(client, entry, settings):
    settings.SELECTION_INDEX = False
    assert "Accept" in client.get(entry.get_absolute_url())["Vary"].split(", ")


def test_no_cache_mixes_the_page_and_its_twin(client, entry, settings, tmp_path):
    settings.COPIES_ROOT = tmp_path
    page = entry.get_absolute_url()
    for _turn in range(2):
        answers = {kind: client.get(page, headers={"accept": kind}) for kind in ("text/markdown", "text/html")}
        for kind, answer in answers.items():
            assert answer["Content-Type"].startswith(kind)
            again = client.get(page, headers={"accept": kind, "if-none-match": answer["ETag"]})
            assert again.status_code == 304 and "Accept" in again["Vary"].split(", ")
    first, second = answers.values()
    assert first["ETag"] != second["ETag"]
    assert client.get(page, headers={"accept": "text/html", "if-none-match": first["ETag"]}).status_code == 200
    # During an outage, the copy under the page's address is the page.
    copy = copies.find(RequestFactory().get(page))
    assert copy and copy.headers["Content-Type"].startswith("text/html")


def test_what_a_text_says_is_no_markup():
    assert plain("1. one <b> [x](y) a|b\n+ two") == "1\\. one \\<b\\> \\[x\\](y) a\\|b\n\\+ two"


def test_the_door_says_how_to_quote_and_leads_to_what_there_is(client):
    text = client.get("/llms.txt").text
    assert text.startswith("# Cities of Solidarity\n\n> ") and "CC BY 4.0" in text
    for name in ("api", "api_openapi", "about_data"):
        assert reverse(name) in text
