"""Takes the pictures of docs/curators.md anew: ``python -m tests.browser.manual``, with DATABASE_URL set.

They show the desk of a served site with the people and papers of ``desk_people``, none of whom exist.
"""

import io
import os
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

SIZE = {"width": 1100, "height": 760}  # CSS pixels
COLOURS = 128  # enough for a page of text, at a third of the bytes
# File: the page of ``desk_people`` that it shows.
PICTURES = {
    "start": "start",
    "practices": "practices",
    "submission": "submission to be read",
    "correction": "submission a correction",
    "signature": "to be verified",
    "evidence": "evidence",
    "answer": "answer of a city",
    "translation": "a translation behind its original",
}


def main():
    """Take every picture."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citysolidarity.settings")
    django.setup()
    from django.conf import settings

    from tests.browser.desk import served_desk

    folder = settings.BASE_DIR / "docs" / "curators"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as logs, served_desk(Path(logs) / "site.log") as site, sync_playwright() as on:
        args = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = on.chromium.launch(executable_path=os.environ.get("CHROMIUM") or None, args=args)
        context = browser.new_context(base_url=site["origin"], viewport=SIZE)
        value = site["cookies"]["boss"]
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site["origin"]}])
        page = context.new_page()
        for name, shown in PICTURES.items():
            page.goto(site["pages"][shown])
            take(page, folder / f"{name}.png")
        page.goto(site["pages"]["practices"])
        page.goto(site["origin"] + page.locator("#result_list tbody th a").last.get_attribute("href"))
        take(page, folder / "practice.png")
        browser.close()


def take(page, file: Path) -> None:
    """Writes what the window shows, with few colours."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


if __name__ == "__main__":
    main()
