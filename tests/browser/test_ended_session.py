"""A session ends in the middle of a long text: nothing is lost, with and without a script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_door import give
from tests.browser.test_editing import the_entry

SENTENCE = "Your session had ended. Nothing has been saved yet: your text is below."


def come_in(page, desk_site):
    if not page.url.partition("?")[0].endswith("/login/"):
        page.goto("/admin/")
    page.get_by_label("Username").fill("lea")
    page.get_by_label("Password").fill(desk_site["password"])
    page.get_by_role("button", name="Log in").click()
    page.wait_for_load_state()
    give(page, "Code:", desk_site["codes_of_lea"].pop(), "Continue")


def end_sessions_of_lea(boss):
    boss.goto("/admin/sessions/")
    boss.get_by_role("link", name="lea").click()
    boss.get_by_role("button", name="End all").click()
    boss.wait_for_load_state()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_session_ends_while_somebody_writes_and_nothing_is_lost(enter, desk_site, scripts):
    desk = enter(java_script_enabled=scripts)
    page, boss = desk.page, enter("boss").page
    come_in(page, desk_site)
    expect(page.get_by_text(re.compile(r"Logged in until \d\d:\d\d"))).to_be_visible()
    entry = the_entry(page)
    text = f"Written for an hour, {scripts}.\n\nA second <b>part</b>."
    page.get_by_label("What others can learn").fill(text)
    page.locator("[name$='-title'][name^='sources-']:not([name*='__'])").last.fill(f"A law, {scripts}")
    page.locator("[name$='-publisher'][name^='sources-']:not([name*='__'])").last.fill("The state")
    page.locator("[name$='-url'][name^='sources-']:not([name*='__']):not([name*='archived'])").last.fill(
        "https://example.org/law"
    )
    if scripts:
        expect(page.get_by_text(re.compile(r"Draft saved at \d\d:\d\d"))).to_be_visible()
    end_sessions_of_lea(boss)
    page.get_by_role("button", name="Save and continue editing").click()
    page.wait_for_load_state()
    come_in(page, desk_site)
    expect(page.get_by_text(SENTENCE)).to_be_visible()
    expect(page.get_by_label("What others can learn")).to_have_value(text)
    if scripts:
        assert desk.wrong_in_a_form() == []
    page.get_by_role("button", name="Save and continue editing").click()
    page.wait_for_load_state()
    expect(page.locator(".messagelist")).to_contain_text("was changed successfully")
    page.goto(f"{entry}change/")
    expect(page.get_by_label("What others can learn")).to_have_value(text)
    expect(page.locator(f"[value='A law, {scripts}']")).to_have_count(1)
    expect(page.get_by_text("Something you typed here")).to_have_count(0)


def test_the_end_is_told_before_it_comes_and_one_may_stay(enter):
    page = enter("ana").page
    page.clock.install()
    page.goto("/admin/")
    expect(page.get_by_role("button", name="Stay logged in")).to_be_hidden()
    page.clock.run_for(28 * 60_000)
    expect(page.get_by_text(re.compile(r"Your session ends in [12]:\d\d"))).to_be_visible()
    page.get_by_role("button", name="Stay logged in").click()
    expect(page.get_by_role("button", name="Stay logged in")).to_be_hidden()
    page.get_by_role("searchbox").first.fill("Amman")
    page.clock.run_for(31 * 60_000)
    expect(page.get_by_text("Your session has ended. Save as usual")).to_be_visible()
    expect(page.get_by_role("searchbox").first).to_have_value("Amman")


def test_a_page_nobody_types_on_goes_when_the_session_ends(enter):
    page = enter("ben").page
    page.clock.install()
    page.goto("/admin/pledges/signature/")
    page.context.clear_cookies()
    page.clock.run_for(31 * 60_000)
    expect(page.get_by_label("Password")).to_be_visible()


def test_what_is_typed_is_kept_and_found_again(enter):
    page = enter("ben").page
    entry = the_entry(page)
    page.get_by_label("Where in the city").fill("Typed and not saved")
    expect(page.get_by_text(re.compile(r"Draft saved at \d\d:\d\d"))).to_be_visible()
    page.goto(f"{entry}change/")
    page.get_by_role("link", name="Open the unsaved text").click()
    expect(page.get_by_label("Where in the city")).to_have_value("Typed and not saved")
    page.goto(f"{entry}change/")
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_text("Something you typed here")).to_have_count(0)
    expect(page.get_by_label("Where in the city")).not_to_have_value("Typed and not saved")
