"""The curators' desk in a real browser: no barriers, nothing against the content policy, by keyboard and without script."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.desk import DeskVisit


def test_no_page_of_the_desk_has_barriers(enter, desk_site):
    desk = enter("boss")
    wrong = {}
    for name, address in desk_site["pages"].items():
        assert desk.page.goto(address).status == 200, name
        assert urlsplit(desk.page.url).path == urlsplit(address).path, f"{name} leads elsewhere"
        form = address.endswith("/add/")
        wrong[name] = desk.wrong_in_every_look(DeskVisit.wrong_in_a_form if form else DeskVisit.wrong)
    assert {name: found for name, found in wrong.items() if found} == {}


def test_the_door_and_what_is_said_after_an_act_have_no_barriers(enter, desk_site):
    desk = enter()
    page = desk.page
    page.goto(desk_site["pages"]["evidence"])
    assert desk.wrong_in_every_look() == []
    for password in ("wrong", desk_site["password"]):
        page.get_by_label("Username").fill("ana")
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_load_state()
        assert desk.wrong_in_every_look() == []
    page.get_by_label("Code").fill(desk_site["codes"].pop())
    page.get_by_role("button", name="Continue").click()
    page.wait_for_load_state()
    assert desk.wrong_in_every_look() == []
    page.get_by_role("button", name="Add evidence").click()
    expect(page.get_by_text("Nothing has been changed yet.")).to_be_visible()
    assert desk.wrong_in_every_look() == []
    page.get_by_label("Copy of a letter").check()
    page.get_by_role("button", name="Add evidence").click()
    expect(page.get_by_text("The evidence has been recorded.")).to_be_visible()
    assert desk.wrong_in_every_look() == []


def test_a_signature_is_checked_and_published_by_keyboard_without_script(enter):
    page = enter("ana", java_script_enabled=False).page
    page.goto("/admin/")
    for link in ("Signatures to verify", "Zermatt", "Add evidence"):
        follow(page, link)
    page.get_by_label("Confirmed by phone").focus()
    page.keyboard.press("Space")
    page.get_by_label("Where the number called was found").focus()
    page.keyboard.type("The switchboard on the city's own page")
    press(page, "Add evidence")
    follow(page, "Verify")
    press(page, "Verify")
    expect(page.get_by_text("The signature is verified.")).to_be_visible()
    expect(page.get_by_role("link", name="Publish", exact=True)).to_have_count(0)
    expect(page.get_by_text("needs a second curator, not the one who verified")).to_be_visible()
    page = enter("ben", java_script_enabled=False).page
    page.goto("/admin/")
    for link in ("Verified signatures to publish", "Zermatt", "Publish"):
        follow(page, link)
    press(page, "Publish")
    expect(page.get_by_text("The signature is published.")).to_be_visible()


def test_the_text_of_an_email_is_edited_by_keyboard_without_script(enter):
    page = enter("boss", java_script_enabled=False).page
    page.goto("/admin/")
    for link in ("Texts of e-mails", "A curator has checked the signature"):
        follow(page, link)
    page.get_by_label("Text").fill("Good day,\n\n{{ nobody }}")
    press(page, "Preview")
    expect(page.get_by_text("This e-mail has no variable {{ nobody }}.")).to_be_visible()
    page.get_by_label("Text").fill("Dear colleagues,\n\nit is checked.")
    press(page, "Preview")
    expect(page.get_by_text("How it reads, with examples")).to_be_visible()
    press(page, "Save this text")
    expect(page.get_by_text("The text is saved.")).to_be_visible()
    press(page, "Back to the original")
    expect(page.get_by_text("This is the original.")).to_be_visible()


def test_a_place_is_suggested_at_the_desk_and_fills_in_what_is_asked(enter):
    desk = enter("ana", width=320)
    page = desk.page
    page.goto("/admin/practices/city/add/")
    page.get_by_role("combobox", name="Name").first.press_sequentially("winterth")
    places = page.get_by_role("listbox", name="Places").get_by_role("option")
    expect(places.first).to_contain_text("Switzerland")
    assert desk.wrong() == []
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Country")).to_have_value("CH")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_load_state()
    expect(page.get_by_text("was added successfully")).to_be_visible()
    page.goto("/admin/pledges/signature/named/")
    page.get_by_label("Or another city").press_sequentially("winterth")
    expect(places.first).to_contain_text("Winterthur")
    places.first.click()
    expect(page.get_by_label("Or another city")).to_have_value("Winterthur, Switzerland")
    assert desk.wrong() == []


def follow(page, name):
    page.get_by_role("link", name=name, exact=name == "Publish").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def press(page, name):
    page.get_by_role("button", name=name).focus()
    # The old page counts as loaded: without waiting for the next, what follows could break off the post.
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_badge_of_a_city_in_a_frame(enter, language):
    """Here, since in the starter directory no city has signed."""
    seen = enter()
    seen.page.goto(f"/{language}/embed/signatories/chur-ch/")
    assert seen.page.locator("h1 img").evaluate("one => one.complete && one.naturalWidth > 100")
    assert seen.wrong_in_every_look() == [] and seen.context.cookies() == []
