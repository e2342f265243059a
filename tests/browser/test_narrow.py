"""Narrowing a list down with the script: the same answer as without it, in place."""

import re

import pytest
from playwright.sync_api import expect

NUMBER = re.compile(r"\d+")


@pytest.mark.parametrize(("name", "kind"), [("signatories", "signatories"), ("directory", "practices")])
def test_a_choice_is_shown_in_place_and_can_be_taken_back(visit, name, kind):
    page = visit(name, anew=True).page
    heading = page.locator("#heading")
    before = heading.inner_text()
    choice = page.locator('input[name="region"][value="eastern-asia"]')
    promised = NUMBER.search(choice.locator("xpath=..").inner_text())[0]
    page.evaluate("() => { window.kept = true }")
    choice.check()
    expect(heading).to_have_text(re.compile(rf"^{promised} {kind}"))
    expect(page.locator("#said")).to_have_text(heading.inner_text())
    assert page.url.endswith("?region=eastern-asia") and page.evaluate("() => window.kept")
    assert page.evaluate("() => document.activeElement.value") == "eastern-asia"
    page.go_back()
    expect(heading).to_have_text(before)
    expect(choice).not_to_be_checked()
    assert page.evaluate("() => window.kept")


@pytest.mark.parametrize("name", ["signatories", "directory"])
def test_a_jump_within_the_page_fetches_nothing(visit, name):
    seen = visit(name, anew=True)
    page, asked = seen.page, len(seen.requests)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")
    page.wait_for_timeout(200)
    # Chromium asks for the icon again.
    assert [url for url in seen.requests[asked:] if not url.endswith("/mark.svg")] == []
