"""An officer signs for a city: by keyboard, without script, on a narrow screen, in light and dark."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.officer import SLOWER_THAN_A_ROBOT, Officer

# One form each: more than five in an hour from one address have to wait.
WAYS = {
    "by keyboard": {"width": 1280},
    "narrow and dark": {"width": 320, "color_scheme": "dark"},
    "narrow, no script": {"width": 320, "java_script_enabled": False},
    "no site scripts": {"width": 320, "without_site_scripts": True},
    "in Arabic": {"width": 390, "language": "ar"},
}
ways = pytest.mark.parametrize("way", WAYS)


@ways
def test_the_whole_way(visit, way):
    options = WAYS[way]
    seen = visit("sign", anew=True, **options)
    officer = Officer(seen, options)
    officer.looks("Sign the statement for your city")
    start = seen.page.get_by_role("link", name=officer.said("Start signing"))
    start.focus()
    officer.goes_on()

    officer.looks("Which city is signing?")
    officer.types("City or municipality", "")
    officer.goes_on()
    officer.is_told("Enter the name of your city")
    officer.looks("Which city is signing?")
    officer.types("City or municipality", "Αθήνα")
    if officer.has_script:
        expect(seen.page.get_by_role("option").first).to_contain_text(officer.city("Athens"))
        assert seen.barriers() == []
        seen.page.keyboard.press("ArrowDown")
        seen.page.keyboard.press("Enter")
        expect(seen.page.get_by_label(officer.said("City or municipality"), exact=True)).to_have_value(
            f"{officer.city('Athens')}, {officer.country('GR')}"
        )
    else:
        officer.goes_on()
        officer.looks("Which city is signing?")
        officer.ticks("Athens Greece")
    officer.goes_on()

    officer.looks("Who signs?")
    officer.types("Institution", "=HYPERLINK(1)")
    officer.goes_on()
    officer.is_told("This begins like a spreadsheet formula")
    officer.looks("Who signs?")
    officer.types("Institution", "Municipality of Athens")
    officer.ticks("Mayor")
    officer.types("Name of the signatory", "Eleni Papadopoulou")
    officer.goes_on()

    officer.looks("How can we contact you and verify the decision?")
    officer.types("Official e-mail address", f"{way.replace(', ', '.').replace(' ', '.')}@gmail.com")
    officer.goes_on()

    officer.looks("When should the signature be public?")
    officer.ticks("Counted but not named")
    officer.goes_on()

    officer.looks("What does your city commit to?")
    officer.reaches("Day")
    officer.goes_on()

    officer.looks("Check your answers")
    expect(seen.page.get_by_role("main")).to_contain_text(officer.said("verification takes longer"))
    officer.reaches(
        "I am authorised to sign on behalf of this institution, and it agrees that these answers are "
        "stored and checked."
    )
    officer.goes_on()
    officer.is_told("Tick the box to confirm that you are authorised to sign on behalf of this institution")
    seen.page.wait_for_timeout(SLOWER_THAN_A_ROBOT)
    officer.ticks(
        "I am authorised to sign on behalf of this institution, and it agrees that these answers are "
        "stored and checked."
    )
    officer.goes_on()

    officer.looks("Check your e-mail: one step left")
    expect(seen.page).to_have_url(re.compile(rf"/{officer.language}/statement/sign/sent/[0-9A-Z]{{4}}-[0-9A-Z]{{4}}/$"))
    assert seen.context.cookies() == []
    assert seen.strangers() == []


def test_a_change_comes_back_to_the_answers(visit):
    seen = visit("sign_city", anew=True)
    officer = Officer(seen, {})
    officer.types("City or municipality", "Vienna")
    expect(seen.page.get_by_role("option").first).to_contain_text("Vienna")
    seen.page.keyboard.press("Escape")
    expect(seen.page.get_by_role("listbox")).to_be_hidden()
    officer.goes_on()
    officer.ticks("Vienna Austria")
    officer.goes_on()
    with seen.page.expect_navigation():
        seen.page.get_by_role("button", name="Back").press("Enter")
    expect(seen.page.get_by_label("City or municipality", exact=True)).to_have_value("Vienna")
    officer.reaches("City or municipality")
    officer.goes_on()
    officer.looks("Who signs?")
