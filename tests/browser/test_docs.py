"""docs/ as one site, opened from disk: it is searched there, and nobody else is asked for anything."""

from io import StringIO

from django.core.management import call_command


def test_the_manual_is_searched_from_disk(browser, tmp_path):
    call_command("docs", to=tmp_path / "site", stdout=StringIO())
    asked, problems = [], []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto((tmp_path / "site" / "index.html").as_uri())
    page.wait_for_url("**/docs/index.html")
    page.locator(".sphinxsidebar input[name=q]").fill("rehearse")
    page.keyboard.press("Enter")
    page.locator("#search-results a[href*='backup.html']").first.click()
    page.wait_for_url("**/docs/backup.html*")
    page.close()
    assert problems == [] and asked and [url for url in asked if not url.startswith("file:")] == []
