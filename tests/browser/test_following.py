"""A reader follows a list of the directory: by keyboard, and without script, on a narrow screen, in Arabic."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.officer import SLOWER_THAN_A_ROBOT, Officer

WAYS = {
    "by keyboard": {"width": 1280},
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
    reader.types("Your e-mail address", f"{re.sub(r'[^a-z]+', '.', way.lower())}@reader.example")
    seen.page.wait_for_timeout(SLOWER_THAN_A_ROBOT)
    reader.goes_on()

    reader.looks("Check your e-mail: one step left")
    sent = rf"/{reader.language}/practices/follow/sent/[0-9A-Z]{{4}}-[0-9A-Z]{{4}}/$"
    expect(seen.page).to_have_url(re.compile(sent))
    assert seen.context.cookies() == [] and seen.strangers() == []
