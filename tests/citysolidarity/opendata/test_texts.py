"""Programs that read get an entry as plain text, with what they need to quote it."""

import gzip
import re
from html import unescape

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import override

from citysolidarity.caching.last_copies import copies
from citysolidarity.opendata.twins import Twin
from practices.entries.markdown import plain, within_a_line
from tests.browser.addresses import PAGES, address_of
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


@pytest.mark.parametrize(
    "page", ["/en/practices/roofs/", "/en/practices/?theme=housing", "/en/cities/amman-jo/", "/en/"]
)
def test_no_cache_mixes_the_page_and_its_twin(client, entry, settings, tmp_path, page):
    settings.COPIES_ROOT = tmp_path
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


def twin_of(address: str) -> str:
    path, mark, query = address.partition("?")
    return f"{path}index.md" if path == "/en/" else f"{path[:-1]}.md{mark}{query}"


def test_every_page_without_a_form_has_a_twin(starter, client):
    for name in PAGES:
        page = client.get(address_of(name))
        answer = client.get(twin_of(address_of(name)))
        preferred = client.get(address_of(name), headers={"accept": "text/markdown"})
        is_shown = page.status_code == 200 and 'method="post"' not in page.text and "csrftoken" not in page.cookies
        assert answer.status_code == (200 if is_shown else 404), name
        assert all("Accept" in given["Vary"].split(", ") for given in (page, preferred)), name
        if is_shown:
            assert preferred.content == answer.content and preferred["Content-Type"] == answer["Content-Type"], name
            assert preferred["Content-Location"] == twin_of(address_of(name)), name
        else:
            assert preferred["Content-Type"].startswith("text/html") and preferred.status_code == page.status_code, name
        if is_shown and PAGES[name][0] != "practice":
            heading = re.sub(r"<[^>]+>", "", re.search(r"<h1[^>]*>(.*?)</h1>", page.text, re.DOTALL)[1])
            said = within_a_line(" ".join(unescape(heading).split()))
            headings = re.findall(r"(?m)^# (.*)", re.sub(r"\[([^]]*)\]\(<[^>]*>\)", r"\1", answer.text))
            assert headings == [said], name
            assert not re.search(r"(?<!\\)<(?!https?:|mailto:|tel:|data:)", answer.text), name
            assert "Link" in answer.headers and answer["X-Robots-Tag"] == "noindex"


def test_a_twin_is_asked_for_again_by_its_etag_and_goes_with_its_page(client, entry):
    path = reverse("city", args=[entry.city.slug])[:-1] + ".md"
    answer = client.get(path)
    assert gzip.decompress(client.get(path, headers={"accept-encoding": "gzip"}).content) == answer.content
    assert answer.text.startswith("# ") and f"](<{settings.SITE_URL}{entry.get_absolute_url()}>)" in answer.text
    assert client.get(path, headers={"if-none-match": answer["ETag"]}).status_code == 304
    entry.archive()
    assert client.get(path).status_code in {404, 410}
    for nowhere in ("/en/nowhere.md", "/en/embed/counter.md", "/en/.md", "/en/statement/sign.md"):
        assert client.get(nowhere).status_code == 404, nowhere


def test_lists_tables_and_terms_are_read_as_such():
    page = """<nav>Menu</nav><main><h1>A <b>title</b></h1><p>Hello <a href="../y/">the *x*</a>,
      and more.</p><ul><li>one</li><li>two<ol><li>deep</li></ol></li></ul><form>No</form><p hidden>No</p>
      <table><tr><th>A<th>B</tr><tr><td><p>1</p><td>2|3</tr></table><dl><dt>Term</dt><dd><p>What</p></dd></dl>
      <svg><text>No</text></svg><img alt="A park" src="x"><p>- dash</main><footer>No</footer>"""
    assert Twin(page, "https://cities.example/en/x/").text == (
        "# A title\n\nHello [the \\*x\\*](<https://cities.example/en/y/>), and more.\n\n- one\n- two\n  1. deep\n\n"
        "| A | B |\n| --- | --- |\n| 1 | 2\\|3 |\n\n- Term: What\n\nA park\n\n\\- dash\n"
    )


def test_what_a_text_says_is_no_markup():
    assert plain("1. one <b> [x](y) a|b\n+ two") == "1\\. one \\<b\\> \\[x\\](y) a\\|b\n\\+ two"


def test_the_door_says_how_to_quote_and_leads_to_what_there_is(client):
    text = client.get("/llms.txt").text
    assert text.startswith("# Cities of Solidarity\n\n> ") and "CC BY 4.0" in text
    for name in ("api", "api_openapi", "about_data"):
        assert reverse(name) in text
