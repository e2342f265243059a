"""Editing practices in a real browser: no barriers, nothing against the content policy, by keyboard, without script."""

import csv
import io
import re

from playwright.sync_api import expect

from tests.browser.desk import DeskVisit
from tests.browser.test_desk import press

LIST = "/admin/practices/practice/"
AMMAN = f"{LIST}?q=community-led-public-spaces-amman"


def the_entry(page) -> str:
    """Opens Amman's entry at the desk and returns the address of its page."""
    page.goto(AMMAN)
    page.locator("#result_list tbody th a").click()
    page.wait_for_load_state()
    return page.url.partition("change/")[0]


def saved(page, label, text):
    page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Save and continue editing").click()
    page.wait_for_load_state()


def sheet_of(page, **changes) -> dict:
    """Amman's entry as it is exported, with these cells changed, as a file to choose."""
    page.goto(AMMAN)
    with page.expect_download() as download:
        page.get_by_role("button", name="Export as CSV").click()
    [row] = csv.DictReader(io.StringIO(download.value.path().read_text("utf-8-sig"), newline=""))
    out = io.StringIO()
    writer = csv.DictWriter(out, [*(row | changes)])
    writer.writeheader()
    writer.writerow(row | changes)
    return {"name": "amman.csv", "mimeType": "text/csv", "buffer": out.getvalue().encode()}


def go_to(page, name):
    """Follows the link of exactly this name by keyboard."""
    page.get_by_role("link", name=name, exact=True).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def chosen(page, file, work):
    """Choose a file, and look again once the worker has read it."""
    page.goto(f"{LIST}import/")
    page.get_by_label("Spreadsheet").set_input_files(file)
    page.get_by_role("button", name="Show what it would change").click()
    expect(page.get_by_text("The file is being read.")).to_be_visible()
    worked(page, work)


def worked(page, work):
    # The page loads itself anew while the worker is at it, which would break off a second load.
    address = page.url
    page.goto("about:blank")
    work()
    page.goto(address)


def test_no_page_of_an_entry_has_barriers(enter, work):
    desk = enter("boss", width=320)
    page = desk.page
    entry = the_entry(page)
    saved(page, "Led by", "The city")
    saved(page, "Led by", "The mayor")
    found = {"edit": desk.wrong_in_every_look(DeskVisit.wrong_in_a_form)}
    for name in ("review", "history", "preview"):
        assert page.goto(f"{entry}{name}/").status == 200
        found[name] = desk.wrong_in_every_look(DeskVisit.wrong_in_a_form)
    page.goto(f"{entry}change/")
    page.get_by_label("Led by").fill("A draft")
    page.get_by_role("button", name="Save without publishing").click()
    page.wait_for_load_state()
    found["changes"] = desk.wrong_in_every_look(DeskVisit.wrong_in_a_form)
    page.get_by_role("link", name="Open the draft in the form").click()
    expect(page.get_by_label("Led by")).to_have_value("A draft")
    found["draft"] = desk.wrong_in_every_look(DeskVisit.wrong_in_a_form)
    page.goto(f"{entry}changes/")
    page.get_by_label("Reason").fill("Only a test")
    page.get_by_role("button", name="Discard the draft").click()
    page.wait_for_load_state()
    page.goto(f"{entry}history/")
    page.get_by_role("link", name=re.compile("Restore version")).first.click()
    expect(page.get_by_role("button", name="Restore")).to_be_visible()
    found["restore"] = desk.wrong_in_every_look(DeskVisit.wrong_in_a_form)
    for address in (LIST, f"{LIST}import/", f"{LIST}add/"):
        assert page.goto(address).status == 200
        found[address] = desk.wrong_in_every_look(DeskVisit.wrong_in_a_form)
    chosen(page, sheet_of(page, title="Other", lead="Somebody"), work)
    expect(page.get_by_role("button", name="Save all of this")).to_be_visible()
    found["import: changes"] = desk.wrong_in_every_look(DeskVisit.wrong_in_a_form)
    chosen(page, sheet_of(page, started="soon"), work)
    expect(page.get_by_role("button", name="Save all of this")).to_have_count(0)
    found["import: refused"] = desk.wrong_in_every_look(DeskVisit.wrong_in_a_form)
    chosen(page, sheet_of(page, internal="17"), work)
    found["import: columns to match"] = desk.wrong_in_every_look(DeskVisit.wrong_in_a_form)
    press(page, "Show what it would change")
    worked(page, work)
    expect(page.get_by_role("link", name="Match the columns")).to_be_visible()
    chosen(page, sheet_of(page, slug="imported", title="Imported", revision=""), work)
    press(page, "Save all of this")
    worked(page, work)
    expect(page.get_by_role("button", name="Undo this import")).to_be_visible()
    found["import: saved"] = desk.wrong_in_every_look(DeskVisit.wrong_in_a_form)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_two_who_edit_at_once_see_both_texts_and_lose_none(enter):
    ana, ben = enter("ana", width=320), enter("ben")
    the_entry(ana.page)
    the_entry(ben.page)
    saved(ben.page, "Led by", "Ben's text")
    saved(ana.page, "Led by", "Ana's text")
    row = ana.page.get_by_role("row", name="Led by")
    expect(row).to_contain_text("Ben's text")
    expect(row).to_contain_text("Ana's text")
    expect(ana.page.get_by_label("Led by")).to_have_value("Ana's text")
    assert ana.wrong_in_every_look(DeskVisit.wrong_in_a_form) == []
    saved(ana.page, "Led by", "Both")
    expect(ana.page.locator(".messagelist")).to_contain_text("was changed successfully")


def test_the_city_is_found_by_typing(enter):
    """With the script by the admin's own search, by keyboard, named and free of barriers when open too."""
    desk = enter("ana")
    page = desk.page
    page.goto(f"{LIST}add/")
    page.get_by_role("combobox", name="City").focus()
    page.keyboard.press("Enter")
    search = page.get_by_role("searchbox", name="City")
    expect(search).to_be_focused()
    page.keyboard.type("quit")
    expect(page.get_by_role("option", name="Quito, Ecuador")).to_be_visible()
    assert desk.wrong_in_a_form() == []
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name="City")).to_contain_text("Quito, Ecuador")
    expect(page.locator("#id_city option:checked")).to_have_text("Quito, Ecuador")


def test_without_a_script_the_city_stands_in_a_plain_list(enter):
    page = enter("ana", java_script_enabled=False).page
    page.goto(f"{LIST}add/")
    field = page.get_by_label("City:", exact=True)
    assert field.locator("option").count() > 100
    field.select_option(label="Quito, Ecuador")
    expect(field.locator("option:checked")).to_have_text("Quito, Ecuador")


def test_words_are_counted_while_they_are_written(enter):
    page = enter("ana").page
    the_entry(page)
    page.locator("#id_what_did_not_work").fill("Four words  of text")
    expect(page.locator('[data-counts="id_what_did_not_work"]')).to_have_text("4")
    page.locator("#id_summary").fill("Zwölf 🙂")
    expect(page.locator('[data-counts="id_summary"]')).to_have_text("7")


def test_a_draft_is_written_reviewed_and_published_by_keyboard_without_script(enter, work):
    page = enter("ana", java_script_enabled=False).page
    chosen(page, sheet_of(page, slug="written-by-keyboard", title="Written by keyboard", revision=""), work)
    press(page, "Save all of this")
    expect(page.get_by_text("The rows are being saved.")).to_be_visible()
    worked(page, work)
    expect(page.get_by_text("amman.csv: 1 new, as drafts.")).to_be_visible()
    page.goto(f"{LIST}?q=written-by-keyboard")
    go_to(page, "Written by keyboard")
    go_to(page, "Preview")
    expect(page.get_by_role("heading", level=1)).to_have_text("Written by keyboard")
    expect(page.get_by_text("State: Draft.")).to_be_visible()
    go_to(page, "Back to the desk")
    go_to(page, "Review")
    page.get_by_label("Comment").focus()
    page.keyboard.type("The figures are right.")
    press(page, "Add the comment")
    expect(page.get_by_text("The figures are right.")).to_be_visible()
    press(page, "Send to review")
    publishing = page.locator("form").filter(has=page.get_by_role("button", name="Publish", exact=True))
    publishing.get_by_label("Reason").focus()
    page.keyboard.type("Complete")
    press(page, "Publish")
    expect(page.get_by_text("State: Public")).to_be_visible()
    expect(page.get_by_text("Complete")).to_be_visible()
    assert page.goto("/en/practices/written-by-keyboard/").status == 200
