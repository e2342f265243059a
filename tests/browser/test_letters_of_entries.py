"""The pages behind letters about an entry: an office confirms it a year later, by keyboard and without script."""

from playwright.sync_api import expect

from tests.browser.test_pages import wrong_with

PURPOSES = (
    "confirm_entry", "confirm_mailbox", "confirm_question", "answer_question", "read_answer", "confirm_report",
    "share_resume", "submission",
)  # fmt: skip


def test_no_page_behind_a_letter_has_barriers(enter, desk_site):
    seen = enter()
    for purpose in PURPOSES:
        assert seen.page.goto(desk_site["letters"][purpose]).status == 200
        assert [purpose, *seen.wrong_in_every_look(), *wrong_with(seen.look())] == [purpose]


def test_an_office_confirms_its_entry_by_keyboard_without_script(enter, desk_site):
    page = enter(java_script_enabled=False, width=320).page
    page.goto(desk_site["letters"]["entry"])
    expect(page.get_by_text("Not yet confirmed by the city")).to_be_visible()
    page.goto(desk_site["letters"]["to_answer"])
    press(page, "Send the answer")
    expect(page.get_by_role("alert")).to_contain_text("Select whether the entry is still right")
    page.get_by_label("It is still right").focus()
    page.keyboard.press("Space")
    press(page, "Send the answer")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you: the entry is confirmed")
    page.goto(desk_site["letters"]["entry"])
    expect(page.get_by_text("by the city", exact=False).first).to_be_visible()
    expect(page.get_by_text("Not yet confirmed by the city")).to_have_count(0)


def press(page, name):
    page.get_by_role("button", name=name).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
