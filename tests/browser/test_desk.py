"""The curators' desk in a real browser: no barriers, nothing against the content policy, by keyboard and without script."""

from playwright.sync_api import expect

from tests.browser.desk import looks


@looks
def test_no_page_of_the_desk_has_barriers(enter, desk_site, width, scheme):
    desk = enter("boss", width=width, color_scheme=scheme)
    wrong = {}
    for name, address in desk_site["pages"].items():
        assert desk.page.goto(address).status == 200, name
        wrong[name] = desk.wrong()
    assert {name: found for name, found in wrong.items() if found} == {}


@looks
def test_the_door_and_what_is_said_after_an_act_have_no_barriers(enter, desk_site, width, scheme):
    desk = enter(width=width, color_scheme=scheme)
    page = desk.page
    page.goto(desk_site["pages"]["evidence"])
    assert desk.wrong() == []
    for password in ("wrong", desk_site["password"]):
        page.get_by_label("Username").fill("ana")
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_load_state()
        assert desk.wrong() == []
    page.get_by_label("Code").fill(desk_site["codes"].pop())
    page.get_by_role("button", name="Go on").click()
    page.wait_for_load_state()
    assert desk.wrong() == []
    page.get_by_role("button", name="Add evidence").click()
    expect(page.get_by_text("Nothing was changed yet.")).to_be_visible()
    assert desk.wrong() == []
    page.get_by_label("Copy of a letter").check()
    page.get_by_role("button", name="Add evidence").click()
    expect(page.get_by_text("The evidence is recorded.")).to_be_visible()
    assert desk.wrong() == []


def test_a_signature_is_checked_and_published_by_keyboard_without_script(enter):
    page = enter("ana", java_script_enabled=False).page
    page.goto("/admin/")
    for link in ("Signatures to verify", "Zermatt", "Add evidence"):
        follow(page, link)
    page.get_by_label("Called back").focus()
    page.keyboard.press("Space")
    page.get_by_label("Where the number called was found").focus()
    page.keyboard.type("The switchboard on the city's own page")
    press(page, "Add evidence")
    follow(page, "Verify")
    press(page, "Verify")
    expect(page.get_by_text("The signature is verified.")).to_be_visible()
    expect(page.get_by_role("link", name="Publish", exact=True)).to_have_count(0)
    expect(page.get_by_text("needs a second curator: not the one who verified")).to_be_visible()
    page = enter("ben", java_script_enabled=False).page
    page.goto("/admin/")
    for link in ("Verified signatures to publish", "Zermatt", "Publish"):
        follow(page, link)
    press(page, "Publish")
    expect(page.get_by_text("The signature is published.")).to_be_visible()


def follow(page, name):
    page.get_by_role("link", name=name, exact=name == "Publish").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()


def press(page, name):
    page.get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()
