"""From a city's name to a brief, in a browser without script: each step is a link or a button, the address keeps it all."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

COMPARE = re.compile("^Compare ?:")


def parameters(page):
    return parse_qs(urlsplit(page.url).query)


@pytest.mark.parametrize("script", [False], ids=["no script"])
def test_a_city_is_named_practices_are_put_aside_and_printed(visit, script):
    page = visit("directory", java_script_enabled=script).page
    page.get_by_role("link", name="Show cities like mine first").click()
    page.get_by_label("Your city").fill("amm")
    page.get_by_role("button", name="Find city").click()
    page.get_by_role("link", name="Amman", exact=True).click()
    assert parameters(page) == {"like": ["amman-jo"]}
    expect(page.get_by_text("Compared with Amman:")).to_be_visible()
    expect(page.get_by_role("article").first).to_contain_text("16 points")

    page.get_by_role("button", name=COMPARE).first.click()
    page.get_by_role("link", name="Add another practice").click()
    expect(page.get_by_text("1 practice selected to compare")).to_be_visible()
    page.get_by_role("button", name=COMPARE).nth(4).click()
    assert len(set(parameters(page)["p"])) == 2
    expect(page.locator("thead .where")).to_have_count(2)

    page.get_by_role("link", name="One-page brief").click()
    expect(page.get_by_role("article")).to_have_count(2)
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") == 2
    answer = page.request.get(page.get_by_role("link", name="Download as PDF").evaluate("link => link.href"))
    assert answer.headers["content-type"] == "application/pdf" and answer.body().startswith(b"%PDF")
