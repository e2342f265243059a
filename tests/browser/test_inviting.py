"""A resident invites a city to sign: by keyboard, without script, on a narrow screen, in Arabic."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.officer import TWO_WAYS, Officer, address_at


@pytest.mark.parametrize("way", TWO_WAYS)
def test_the_whole_way(visit, way):
    options = TWO_WAYS[way]
    seen = visit("invite a city", anew=True, **options)
    resident = Officer(seen, options)
    resident.looks("Invite a city to sign")
    resident.types("City or municipality", "Гамбург")
    if resident.has_script:
        expect(seen.page.get_by_role("option").first).to_contain_text(resident.city("Hamburg"))
        seen.page.keyboard.press("ArrowDown")
        seen.page.keyboard.press("Enter")
    resident.ticks("I write as a resident")
    resident.types("Your message to the city", "Please sign. It helped our schools, and it may help yours.")
    resident.types("Your e-mail address", "rana")
    resident.goes_on()
    resident.is_told("Enter an e-mail address like mayor@city.example")
    resident.looks("Invite a city to sign")
    if not resident.has_script:
        resident.ticks(f"{resident.city('Hamburg')} {resident.country('DE')}")
    expect(seen.page.get_by_label(resident.said("Your message to the city"))).to_have_value(re.compile("our schools"))
    resident.types("Your e-mail address", address_at("home.example", way))
    resident.ticks(
        "I agree that my message and, if I give it, my first name are sent to the city once a curator has read it"
    )
    resident.sends("statement/invite/")
