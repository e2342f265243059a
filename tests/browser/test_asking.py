"""A resident asks their city to sign: by keyboard, without script, on a narrow screen, in Arabic."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.officer import SLOWER_THAN_A_ROBOT, Officer

WAYS = {
    "by keyboard": {"width": 1280},
    "narrow, no script": {"width": 320, "java_script_enabled": False},
    "in Arabic": {"width": 390, "language": "ar"},
    "in Arabic, no script, dark": {
        "width": 320,
        "language": "ar",
        "java_script_enabled": False,
        "color_scheme": "dark",
    },
}


@pytest.mark.parametrize("way", WAYS)
def test_the_whole_way(visit, way):
    options = WAYS[way]
    seen = visit("residents", anew=True, **options)
    resident = Officer(seen, options)
    resident.looks("Ask your city to sign")
    start = seen.page.get_by_role("link", name=resident.said("Ask my city, or thank it"))
    start.focus()
    resident.goes_on()

    resident.looks("Ask my city, or thank it")
    resident.types("Your e-mail address", "rana")
    resident.types("City or municipality", "Αθήνα")
    if resident.has_script:
        expect(seen.page.get_by_role("option").first).to_contain_text(resident.city("Athens"))
        seen.page.keyboard.press("ArrowDown")
        seen.page.keyboard.press("Enter")
    resident.goes_on()
    resident.is_told("Enter an e-mail address like mayor@city.example")
    resident.looks("Ask my city, or thank it")
    if not resident.has_script:
        resident.ticks(f"{resident.city('Athens')} {resident.country('GR')}")
    resident.types("First name (optional)", "Rana")
    resident.types("Your e-mail address", f"{re.sub(r'[^a-z]+', '.', way.lower())}@home.example")
    resident.ticks("I may be counted: my support is part of the public numbers, without my name")
    seen.page.wait_for_timeout(SLOWER_THAN_A_ROBOT)
    resident.goes_on()

    resident.looks("Check your e-mail: one step left")
    expect(seen.page).to_have_url(re.compile(rf"/{resident.language}/statement/ask/sent/[0-9A-Z]{{4}}-[0-9A-Z]{{4}}/$"))
    assert seen.context.cookies() == []
    assert seen.strangers() == []
