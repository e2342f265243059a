"""From a city's name to a brief, in a browser without script: each step is a link or a button, the address keeps it all."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

COMPARE = re.compile("^Compare ?:")


def parameters(page):
    return parse_qs(urlsplit(page.url).query)


def test_a_city_is_named_practices_are_ticked_and_printed(visit):
    page = visit("directory", java_script_enabled=False).page
    page.get_by_role("link", name="Show cities like mine first").click()
    page.get_by_label("Your city", exact=True).fill("amm")
    page.get_by_role("button", name="Find city").click()
    page.get_by_role("link", name="Amman", exact=True).click()
    assert parameters(page) == {"like": ["amman-jo"]}
    expect(page.get_by_text("Compared with Amman:")).to_be_visible()
    expect(page.get_by_role("article").first).to_contain_text("Very similar")

    bar = page.get_by_role("group", name="Selected to compare")
    expect(bar).to_be_hidden()
    page.get_by_role("checkbox", name=COMPARE).first.check()
    expect(bar).to_be_visible()
    page.get_by_role("checkbox", name=COMPARE).nth(4).check()
    bar.get_by_role("button", name="Compare").click()
    assert parameters(page)["like"] == ["amman-jo"] and len(set(parameters(page)["p"])) == 2
    expect(page.locator("thead .where")).to_have_count(2)

    page.get_by_role("link", name="Brief", exact=True).click()
    assert parameters(page)["like"] == ["amman-jo"]
    expect(page.get_by_role("article")).to_have_count(2)
    expect(page.get_by_role("heading", name="What we propose")).to_be_visible()
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") == 3
    answer = page.request.get(page.get_by_role("link", name="Download as PDF").evaluate("link => link.href"))
    assert answer.headers["content-type"] == "application/pdf" and answer.body().startswith(b"%PDF")
    answer = page.request.get(page.get_by_role("link", name="Edit in Word").evaluate("link => link.href"))
    assert answer.ok and answer.body().startswith(b"PK")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_four_practices_are_compared_with_five_clicks(visit, script):
    page = visit("directory", java_script_enabled=script, anew=True).page
    for at in range(4):
        page.get_by_role("checkbox", name=COMPARE).nth(at).check()
        if script:
            page.wait_for_url(lambda url, number=at + 1: url.count("p=") == number)
            expect(page.get_by_role("checkbox", name=COMPARE).nth(at)).to_be_checked()
            expect(page.get_by_role("checkbox", name=COMPARE).nth(at)).to_be_focused()
    expect(page.locator(".pick")).to_be_visible()
    page.locator(".pick").get_by_role("button", name="Compare").click()
    expect(page.locator("thead .where")).to_have_count(4)
    page.get_by_role("link", name="Practices", exact=True).last.click()
    assert len(parameters(page)["p"]) == 4
    page.locator(".pick").get_by_role("link", name="Clear").click()
    expect(page.locator(".pick")).to_be_hidden()
