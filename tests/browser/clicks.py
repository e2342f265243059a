"""An officer's errands, with the clicks they cost: ``python -m tests.browser.clicks`` shows them, ``--write`` into docs/ux.md.

Typing costs no click, and pages count as they are loaded, those to which one goes back too.
"""

import argparse
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.browser.served import launch_options, served_site, set_up

PAGE = "docs/ux.md"
START, END = "<!-- clicks: written by python -m tests.browser.clicks --write -->", "<!-- end of clicks -->"
HOUSING = "theme=housing"
TOWN = "like=2834265"  # Schwerte, by its number in GeoNames: it has no practice here
COMPARE = re.compile("^Compare ?:")


class Walker:
    """Goes through pages like somebody with a mouse, and counts."""

    def __init__(self, page: Page, origin: str):
        self.page, self.origin = page, origin
        self.clicks = self.pages = 0

    def starts_at(self, path: str) -> None:
        self.page.goto(self.origin + path)
        self.clicks = self.pages = 0
        self.page.on("load", self.count)

    def count(self, _page) -> None:
        self.pages += 1

    def leaves(self) -> None:
        self.page.remove_listener("load", self.count)

    def clicks_on(self, what: Locator) -> None:
        what.click()
        self.clicks += 1

    def presses(self, button: str) -> None:
        """A button that leads to another page."""
        with self.page.expect_navigation(wait_until="load"):
            self.clicks_on(self.page.get_by_role("button", name=button, exact=True).first)

    def follows(self, link: Locator) -> None:
        with self.page.expect_navigation(wait_until="load"):
            self.clicks_on(link)

    def goes_back(self) -> None:
        self.page.go_back(wait_until="load")
        self.clicks += 1

    def types(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).first.fill(text)

    def is_at(self, heading: str | re.Pattern) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)


def list_for_my_town(walker: Walker) -> None:
    walker.starts_at("/en/")
    page = walker.page
    page.get_by_label("Your city", exact=True).press_sequentially("Schwer")
    walker.clicks_on(page.get_by_role("option").filter(has_text="Schwerte").first)
    walker.types("What you are looking for", "housing")
    walker.presses("Find practices")
    expect(page.get_by_text("Compared with Schwerte:")).to_be_visible()
    assert "q=housing" in page.url


def three_practices(walker: Walker) -> None:
    walker.starts_at(f"/en/practices/?{HOUSING}")
    for at in range(3):
        walker.follows(walker.page.locator("article h2 a").nth(at))
        expect(walker.page.get_by_role("heading", name="Sources")).to_be_visible()
        walker.goes_back()
    assert walker.page.url.endswith(HOUSING)


def four_compared(walker: Walker, query: str = HOUSING) -> None:
    walker.starts_at(f"/en/practices/?{query}")
    page = walker.page
    for at in range(4):
        walker.clicks_on(page.get_by_role("checkbox", name=COMPARE).nth(at))
        page.wait_for_url(lambda url, number=at + 1: len(re.findall(r"[?&]p=", url)) == number)
    walker.follows(page.locator(".pick").get_by_role("button", name="Compare"))
    expect(page.locator("thead .where")).to_have_count(4)
    for pair in query.split("&"):
        assert pair in page.get_by_role("link", name="Practices", exact=True).last.get_attribute("href")


def four_compared_for_my_town(walker: Walker) -> None:
    four_compared(walker, f"{HOUSING}&{TOWN}")
    expect(walker.page.get_by_text("Would it fit Schwerte?")).to_be_visible()


def brief_of_four(walker: Walker) -> None:
    """From the comparison on; a PDF is a file and no page."""
    four_compared(walker, f"{HOUSING}&{TOWN}")
    walker.clicks = walker.pages = 0
    walker.leaves()
    page = walker.page
    with page.expect_response(re.compile(r"/brief\.pdf")) as answer:
        walker.clicks_on(page.get_by_role("link", name="Create brief (PDF)"))
    assert answer.value.headers["content-type"] == "application/pdf"
    assert "housing-4-cities-schwerte.pdf" in answer.value.headers["content-disposition"]


def signed_up_to_the_check(walker: Walker) -> None:
    walker.starts_at("/en/statement/")
    page = walker.page
    walker.follows(page.get_by_role("link", name="Sign the statement for your city").first)
    walker.follows(page.get_by_role("link", name="Start signing"))
    page.get_by_label("City or municipality", exact=True).press_sequentially("Athen")
    walker.clicks_on(page.get_by_role("option").filter(has_text="Greece").first)
    walker.presses("Continue")
    walker.types("Institution", "Municipality of Athens")
    walker.clicks_on(page.get_by_label("Mayor", exact=True))
    walker.types("Name of the signatory", "Eleni Papadopoulou")
    walker.presses("Continue")
    walker.types("Official e-mail address", "mayor@athens.example")
    walker.presses("Continue")
    walker.clicks_on(page.get_by_label("Public as soon as it is verified", exact=True))
    walker.presses("Continue")
    walker.presses("Continue")
    walker.is_at("Check your answers")


def has_my_neighbour_signed(walker: Walker) -> None:
    walker.starts_at("/en/signatories/")
    walker.types("Search signatories", "Schwerte")
    walker.presses("Within 100 km of this city")
    walker.is_at(re.compile("within 100 km of Schwerte"))


def a_problem_is_reported(walker: Walker) -> None:
    """Up to the form, which is one page with one button."""
    walker.starts_at("/en/practices/community-led-public-spaces-amman/")
    walker.follows(walker.page.get_by_role("link", name="Report a problem with this page"))
    walker.is_at("Report a problem with this page")


@dataclass(frozen=True)
class Errand:
    """``before`` are the clicks that it cost when the site was first tried, ``most`` those that it may cost now."""

    name: str
    walk: Callable[[Walker], None]
    before: int
    most: int


ERRANDS = (
    Errand("From the home page to a list on housing, ordered for my town", list_for_my_town, 6, 2),
    Errand("Read three practices of the list", three_practices, 6, 6),
    Errand("Compare four practices, keeping the theme", four_compared, 13, 5),
    Errand("Compare four practices, keeping the theme and my town", four_compared_for_my_town, 22, 5),
    Errand("From the comparison to the brief as a PDF", brief_of_four, 2, 1),
    Errand("Sign, from the statement up to “Check your answers”", signed_up_to_the_check, 0, 10),
    Errand("Find out whether a neighbouring town has signed", has_my_neighbour_signed, 0, 1),
    Errand("Report a problem with an entry: reach the form", a_problem_is_reported, 1, 1),
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.browser.clicks", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"put the table into {PAGE}")
    options = parser.parse_args()

    set_up()
    from django.conf import settings
    from playwright.sync_api import sync_playwright

    from citysolidarity.management.commands.bench import put

    rows = ["| errand | clicks | pages | clicks at first | goal |", "|---|--:|--:|--:|--:|"]
    with served_site() as site, sync_playwright() as started:
        browser = started.chromium.launch(**launch_options())
        for errand in ERRANDS:
            context = browser.new_context()
            walker = Walker(context.new_page(), site.origin)
            errand.walk(walker)
            before = errand.before or "–"
            rows.append(f"| {errand.name} | {walker.clicks} | {walker.pages} | {before} | {errand.most} |")
            context.close()
        browser.close()
    table = "\n".join(rows)
    sys.stdout.write(f"{table}\n")
    if options.write:
        put(settings.BASE_DIR / PAGE, table, START, END)


if __name__ == "__main__":
    main()
