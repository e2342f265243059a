"""A resident asks their city to sign: by keyboard, without script, on a narrow screen, in Arabic."""

import pytest
from playwright.sync_api import expect

from tests.browser.officer import TWO_WAYS, Officer, address_at

WAYS = TWO_WAYS | {
    "narrow, no script": {"width": 320, "java_script_enabled": False},
    "in Arabic": {"width": 390, "language": "ar"},
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
    resident.types("Your e-mail address", address_at("home.example", way))
    resident.ticks("I may be counted: my support is part of the public numbers, without my name")
    resident.sends("statement/ask/")
