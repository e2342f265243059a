"""An officer of a city who fills in a form by keyboard, with or without script."""

import json
import re
from functools import cache

from django.conf import settings
from django.utils.translation import override
from playwright.sync_api import expect

from practices.vocabularies.countries import country_name
from tests.browser.spoken import said
from tests.browser.test_pages import wrong_with

SLOWER_THAN_A_ROBOT = 3_100  # milliseconds; see citysolidarity.forms.stamp
# The two that differ most. One form each: more than five in an hour from one address have to wait.
TWO_WAYS = {
    "by keyboard": {"width": 1280},
    "in Arabic, no script, dark": {
        "width": 320,
        "language": "ar",
        "java_script_enabled": False,
        "color_scheme": "dark",
    },
}


def address_at(domain: str, way: str) -> str:
    """An e-mail address for each way."""
    return f"{re.sub(r'[^a-z]+', '.', way.lower())}@{domain}"


@cache
def names_of_cities() -> dict[str, dict[str, str]]:
    """Name → language → name, of the starter directory."""
    lines = (settings.BASE_DIR / "fixtures" / "cities.jsonl").read_text("utf-8").splitlines()
    return {city["name"]: city["names"] for city in map(json.loads, lines)}


class Officer:
    """Fills in pages without a mouse, and looks at each of them on the way.

    Whatever the page's language, labels and headings are named in English.
    """

    def __init__(self, visit, options):
        self.visit, self.page = visit, visit.page
        self.has_axe = options.get("java_script_enabled", True)
        self.has_script = self.has_axe and not options.get("without_site_scripts")
        self.language = options.get("language", "en")

    def looks(self, heading):
        """The page is the one expected, and keeps the rules of all pages."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(self.said(heading))
        if self.has_axe:
            assert wrong_with(self.visit.look(), self.language) == []
            assert self.visit.barriers() == []

    def said(self, english):
        """The same in the language of the page."""
        return said(english, self.language)

    def city(self, name):
        """A city of the starter directory in the language of the page."""
        return names_of_cities()[name].get(self.language, name)

    def country(self, code):
        """A country's name in the language of the page."""
        with override(self.language):
            return country_name(code)

    def reaches(self, label, key="Tab"):
        """Presses Tab until the field of that label has the focus."""
        field = self.page.get_by_label(self.said(label), exact=True).first
        for _ in range(60):
            if field.evaluate("one => one === document.activeElement"):
                return field
            self.page.keyboard.press(key)
        raise AssertionError(f"no way by keyboard to {label}")

    def types(self, label, text):
        self.reaches(label)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def ticks(self, label):
        """Chooses a box, or one of several buttons, of which only the first is reached by Tab."""
        field = self.page.get_by_label(self.said(label), exact=True)
        if field.get_attribute("type") == "radio":
            group = self.page.locator(f"input[name={field.get_attribute('name')}]")
            while not group.evaluate_all("all => all.includes(document.activeElement)"):
                self.page.keyboard.press("Tab")
            self.page.keyboard.press("Space")
            while not field.is_checked():
                self.page.keyboard.press("ArrowDown")
        else:
            self.reaches(label)
            self.page.keyboard.press("Space")

    def presses(self, button):
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=self.said(button), exact=True).press("Enter")

    def goes_on(self):
        """Enter in a field presses the button to go on."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def is_told(self, sentence):
        """The summary has the focus and leads to the field."""
        summary = self.page.locator(".summary")
        expect(summary).to_contain_text(self.said(sentence))
        expect(summary).to_be_focused()

    def sends(self, path):
        """The last page of a form by which an e-mail address is confirmed; ``path`` is that of the page after it."""
        self.page.wait_for_timeout(SLOWER_THAN_A_ROBOT)
        self.goes_on()
        self.looks("Check your e-mail: one step left")
        expect(self.page).to_have_url(re.compile(rf"/{self.language}/{path}sent/[0-9A-Z]{{4}}-[0-9A-Z]{{4}}/$"))
        assert self.visit.context.cookies() == [] and self.visit.strangers() == []
