"""A reader follows a list of the directory: by keyboard, and without script, on a narrow screen, in Arabic."""

import pytest
from playwright.sync_api import expect

from tests.browser.officer import TWO_WAYS, Officer, address_at


@pytest.mark.parametrize("way", TWO_WAYS)
def test_the_whole_way(visit, way):
    options = TWO_WAYS[way]
    seen = visit("directory, filtered", anew=True, **options)
    reader = Officer(seen, options)
    with seen.page.expect_navigation():
        seen.page.get_by_role("link", name=reader.said("Get an e-mail when something new fits")).press("Enter")
    reader.looks("Follow by e-mail")
    expect(seen.page.locator(".lead")).to_contain_text("women")
    reader.ticks("Once a month at most")
    reader.types("Your e-mail address", "rana")
    reader.goes_on()
    reader.is_told("Enter an e-mail address like mayor@city.example")
    reader.looks("Follow by e-mail")
    expect(seen.page.locator(".lead")).to_contain_text("women")
    reader.types("Your e-mail address", address_at("reader.example", way))
    reader.sends("practices/follow/")
