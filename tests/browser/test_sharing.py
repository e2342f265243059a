"""A city shares a practice, and corrects one that a curator then accepts: by keyboard, with script and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.officer import SLOWER_THAN_A_ROBOT, Officer

AMMAN = "community-led-public-spaces-amman"
WAYS = {
    "by keyboard": {"width": 1280},
    "narrow, no script": {"width": 320, "java_script_enabled": False},
    "in Spanish": {"width": 390, "language": "es"},
}


# Pages that are more than fields of the usual kind; the others are looked at for barriers elsewhere.
SPECIAL = (
    "Is it one of these?", "What is it about?", "What does it take?", "Where can people read about it?",
    "Which figures do your sources give?", "Check your answers",
)  # fmt: skip


class Closely(Officer):
    """Looks for barriers on special pages alone, which takes most of the time."""

    def looks(self, heading):
        self.has_axe = self.has_script and heading in SPECIAL
        super().looks(heading)


@pytest.mark.parametrize("way", WAYS)
def test_a_city_shares_a_practice(visit, way):
    options = WAYS[way]
    seen = visit("share", anew=True, **options)
    officer = Closely(seen, options)
    officer.looks("Share what your city does")
    seen.page.get_by_role("link", name=officer.said("Start sharing"), exact=True).focus()
    officer.goes_on()

    officer.looks("What does your city do?")
    officer.reaches("Title of the practice")
    officer.goes_on()
    officer.is_told("Enter a title that says what the city does")
    officer.types("Title of the practice", "Community led public spaces")
    officer.goes_on()

    officer.looks("Which city is it?")
    officer.types("City or municipality", "Athens")
    officer.goes_on()
    officer.ticks(f"{officer.city('Athens')} {officer.country('GR')}")
    officer.goes_on()

    officer.looks("Is it one of these?")
    officer.ticks("None of these: ours is a different practice")
    officer.goes_on()

    officer.looks("The practice in brief")
    officer.types("Summary", "Parks made with those who use them.")
    officer.presses("Continue")
    officer.looks("Why and how?")
    officer.types("What does the city do?", "Neighbours and newcomers plan a park together.")
    officer.presses("Continue")
    for heading in ("What changed?", "What did not work?"):
        officer.looks(heading)
        officer.presses("Continue")

    officer.looks("What is it about?")
    officer.ticks("Housing")
    officer.ticks("Place or building")
    officer.goes_on()
    officer.looks("For whom?")
    officer.ticks("Refugees")
    officer.goes_on()
    officer.looks("Since when?")
    officer.ticks("Ongoing")
    officer.goes_on()
    officer.looks("Who runs it?")
    officer.presses("Continue")
    officer.looks("What does it cost?")
    officer.ticks("Not known")
    officer.goes_on()
    officer.looks("What does it take?")
    officer.types("Who works on it? (optional)", "Two gardeners")
    officer.presses("Continue")

    officer.looks("Where can people read about it?")
    for label, text in (("Title", "Report"), ("Address of the page", "www.athens.example"), ("Published by", "Athens")):
        officer.types(label, text)
    officer.goes_on()
    officer.looks("Which figures do your sources give?")
    officer.types("Number", "3 parks")
    officer.presses("Continue")
    officer.is_told("Enter the year of the number")
    officer.types("Year", "2024")
    officer.goes_on()
    officer.looks("How can we contact you?")
    officer.types("Official e-mail address", "parks@athens.example")
    officer.types("Your office or role", "Parks Department")
    officer.goes_on()

    officer.looks("Check your answers")
    seen.page.wait_for_timeout(SLOWER_THAN_A_ROBOT)
    seen.page.get_by_label(officer.said("The institution agrees"), exact=False).focus()
    seen.page.keyboard.press("Space")
    officer.goes_on()
    officer.looks("We have received your practice")
    expect(seen.page).to_have_url(
        re.compile(rf"/{officer.language}/practices/share/sent/[0-9A-Z]{{4}}-[0-9A-Z]{{4}}/$")
    )
    assert seen.context.cookies() == [] and seen.strangers() == []


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_correction_is_sent_and_accepted_by_keyboard(enter, script):
    summary = "Parks, and now squares too." if script else "Parks, and now streets too."
    page = enter(java_script_enabled=script).page
    page.goto(f"/en/practices/{AMMAN}/")
    press(page.get_by_role("link", name="Correct this entry"))
    press(page.get_by_role("button", name="Change Where in the city"))
    types(page.get_by_label("Summary"), summary)
    press(page.get_by_role("button", name="Continue", exact=True))
    types(page.get_by_label("Official e-mail address"), "parks@amman.example")
    types(page.get_by_label("Your office or role"), "Parks")
    press(page.get_by_role("button", name="Continue", exact=True))
    page.wait_for_timeout(SLOWER_THAN_A_ROBOT)
    reach(page.get_by_label("The institution agrees"))
    page.keyboard.press("Space")
    press(page.get_by_role("button", name="Send to the curators").last)
    expect(page.get_by_role("heading", level=1)).to_have_text("We have received your practice")
    reference = page.locator(".panel strong").inner_text()

    page = enter("ana", java_script_enabled=script).page
    page.goto("/admin/")
    press(page.get_by_role("link", name="Submissions to read"))
    press(page.get_by_role("row").filter(has_text=reference).get_by_role("link"))
    expect(page.locator("ins").filter(has_text=summary.split()[-2])).to_be_visible()
    press(page.get_by_role("button", name="Accept"))
    expect(page.get_by_text("1 of 1 changes are taken over.")).to_be_visible()
    page.goto(f"/en/practices/{AMMAN}/")
    expect(page.locator(".lead")).to_have_text(summary)


def reach(control, most=300):
    """Presses Tab until the control has the focus."""
    for _ in range(most):
        if control.evaluate("one => one === document.activeElement"):
            return
        control.page.keyboard.press("Tab")
    raise AssertionError(f"no way by keyboard to {control}")


def press(control):
    reach(control)
    with control.page.expect_navigation():
        control.page.keyboard.press("Enter")


def types(control, text):
    reach(control)
    control.page.keyboard.press("ControlOrMeta+a")
    control.page.keyboard.type(text)
