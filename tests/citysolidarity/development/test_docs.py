"""docs/ as one site: every page in the navigation, no broken link, nothing asked of another host."""

import re
import shutil
from io import StringIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from lxml import html

ROOT = Path(settings.BASE_DIR)
READERS = (
    "For cities’ staff", "For the secretariat", "For translators", "For those who run the site", "For those who use the data",
    "For developers",
)  # fmt: skip
# Attributes that make a browser fetch something, and what style sheets fetch.
FETCHED = "//@src | //link/@href | //@srcset | //@poster | //object/@data | //meta[@http-equiv='refresh']/@content"
IN_STYLES = re.compile(r"(?:url\(|@import)\s*['\"]?([^'\")\s;]+)")


def build(to: Path) -> Path:
    call_command("docs", to=to, stdout=StringIO())
    return to


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return build(tmp_path_factory.mktemp("docs") / "site")


@pytest.fixture(scope="module")
def pages(site):
    """The tree of each page by its path."""
    return {path: html.parse(path).getroot() for path in site.rglob("*.html")}


def test_every_document_stands_once_in_the_navigation_under_its_readers(site, pages):
    start = pages[site / "docs" / "index.html"]
    [navigation] = start.xpath("//div[@class='sphinxsidebarwrapper']")
    assert tuple(navigation.xpath(".//p[@class='caption']//text()[normalize-space()]")) == READERS
    linked = navigation.xpath(".//li[contains(@class, 'toctree-l1')]/a/@href")
    documents = [
        path.relative_to(ROOT) for path in [*ROOT.glob("docs/*.md"), ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
    ]
    expected = {(site / path).with_suffix(".html") for path in documents if path.name != "index.md"}
    assert sorted((site / "docs" / href).resolve() for href in linked) == sorted(path.resolve() for path in expected)


def test_no_link_is_broken(pages):
    anchors = {path.resolve(): set(page.xpath("//@id | //a/@name")) for path, page in pages.items()}
    broken, seen = [], 0
    for path, page in pages.items():
        for href in page.xpath("//a/@href"):
            parts = urlsplit(href)
            if parts.scheme:
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path.resolve()
            seen += 1
            # The page of the search fills itself.
            if not target.exists() or (parts.fragment and parts.fragment not in anchors.get(target, ())):
                broken.append(f"{path.name}: {href}")
    assert broken == [] and seen > 500


def test_nothing_is_asked_of_another_host(site, pages):
    addresses = [str(address) for page in pages.values() for address in page.xpath(FETCHED)]
    addresses += [found for style in site.rglob("*.css") for found in IN_STYLES.findall(style.read_text("utf-8"))]
    assert len(addresses) > 100
    assert [address for address in addresses if re.search(r"(?:^|url=|,\s*)(?:[a-z]+:)?//", address)] == []


def test_a_broken_link_and_a_page_that_nobody_finds_fail(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    shutil.copytree(ROOT / "docs", tmp_path / "docs", ignore=shutil.ignore_patterns("*.md", "*.png"))
    start = tmp_path / "docs" / "index.md"
    start.write_text("# Start\n\n## For all\n\n- [One](one.md): see [two](one.md#there)\n")
    one = start.with_name("one.md")
    one.write_text("# One\n\n## There\n\nWords.\n")
    build(tmp_path / "site")
    one.write_text("# One\n\n## Where\n\n[Nowhere](none.md)\n")
    start.with_name("lost.md").write_text("# Lost\n")
    with pytest.raises(CommandError) as failure:
        build(tmp_path / "site")
    for part in ("'there'", "none.md", "lost.md"):
        assert part in str(failure.value)
