"""The real site, served once, and one Chromium to visit it with."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.desk import desk_site as desk_site
from tests.browser.desk import enter as enter
from tests.browser.desk import work as work
from tests.browser.served import launch_options, served_site
from tests.browser.visit import HEIGHT, WAITS, Visit

HERE = Path(__file__).parent
expect.set_options(timeout=WAITS)


def pytest_collection_modifyitems(items):
    """All tests of this folder need a browser."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site():
    """The site with the starter directory, served by a process of its own."""
    with served_site() as site:
        yield site


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """What pytest-playwright's ``browser`` is started with."""
    return launch_options()


@pytest.fixture(scope="session")
def kept_pages(browser):
    """Pages by the options of their contexts: opening one takes four times as long as going to another address."""
    kept = {}
    yield kept
    for page in kept.values():
        page.context.close()


def forget_files(page):
    """Empty the cache of the page's context."""
    page.goto("about:blank")  # what is in use would stay in the memory's cache
    protocol = page.context.new_cdp_session(page)
    protocol.send("Network.clearBrowserCache")
    protocol.detach()


@pytest.fixture
def visit(browser, kept_pages, site):
    """A function that opens a page by its name: ``visit("home", width=320)``.

    ``width`` is in CSS pixels, ``language`` a code of LANGUAGES; other options are playwright's, such as
    ``java_script_enabled`` or ``color_scheme``.
    ``without_site_scripts`` lets no script of the site run, but ours. ``with_empty_cache`` loads every file, as for
    somebody who was never here. ``anew`` gives a context of its own, with an empty cache.
    """
    visits, own = [], []

    def new_page(without_site_scripts, options):
        context = browser.new_context(**options)
        context.set_default_timeout(WAITS)
        if without_site_scripts:
            context.route("**/*.js", lambda route: route.abort())
        return context.new_page()

    def open_page(
        name, *, language="en", width=1280, anew=False, without_site_scripts=False, with_empty_cache=False, **options
    ):
        key = (without_site_scripts, *sorted(options.items()))
        page = None if anew else kept_pages.get(key)
        if page is None:
            page = new_page(without_site_scripts, options)
            if anew:
                own.append(page.context)
            else:
                kept_pages[key] = page
        page.set_viewport_size({"width": width, "height": HEIGHT})
        if with_empty_cache:
            forget_files(page)
        visits.append(Visit(page, site, name, language))
        return visits[-1]

    yield open_page
    for one in visits:
        one.leave()
    for context in own:
        context.close()
