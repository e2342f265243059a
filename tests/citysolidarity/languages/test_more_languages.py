"""A language more is a line in LANGUAGES and a catalogue: tried with one from the right and one in another script."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

ADDED = {"fa": ("Persian", "rtl", "شهرهای همبستگی"), "uk": ("Ukrainian", "ltr", "Міста солідарності")}
PAGES = ("", "practices/", "cities/", "guides/", "library/", "statement/", "signatories/", "about/", "glossary/",
         "practices/share/", "practices/?q=housing&theme=housing", "practices/none/")  # fmt: skip
CATALOG = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Cities of Solidarity"\nmsgstr "{}"\n'
SETTINGS = """
from citysolidarity.settings import *

LANGUAGES = [*LANGUAGES, {added}]
LOCALE_PATHS = [{folder!r}, *LOCALE_PATHS]
ALLOWED_HOSTS = ["testserver"]
"""
VISITS = """
import json, sys
import django
django.setup()
from django.test import Client
pages, codes = json.loads(sys.argv[1])
seen = {code: {page: (one.status_code, one.content.decode()) for page in pages for one in [Client().get(f"/{code}/{page}")]}
        for code in codes}
first = {code: Client().get("/", headers={"Accept-Language": code}).headers["Location"] for code in codes}
print(json.dumps([seen, first]))
"""


@pytest.fixture
def visited(tmp_path):
    """Code → page → (status, text), and code → where a first visit leads, of a site that has these languages too."""
    added = "".join(f'("{code}", "{name}"), ' for code, (name, _direction, _said) in ADDED.items())
    (tmp_path / "more.py").write_text(SETTINGS.format(added=added, folder=str(tmp_path / "locale")))
    for code, (_name, _direction, said) in ADDED.items():
        folder = tmp_path / "locale" / code / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "django.po").write_text(CATALOG.format(said), "utf-8")
    place = connection.settings_dict
    address = f"postgres://{place['USER']}:{place['PASSWORD']}@{place['HOST']}:{place['PORT']}/{place['NAME']}"
    done = subprocess.run(
        [sys.executable, "-c", VISITS, json.dumps([PAGES, list(ADDED)])],
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "more", "PYTHONPATH": os.pathsep.join([str(tmp_path), str(settings.BASE_DIR)])}
        | {"DATABASE_URL": address, "SECRET_KEY": settings.SECRET_KEY, "MAIL_URL": "outbox:", "DEBUG": "0"},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.django_db(transaction=True)
def test_every_page_is_there_in_its_direction_and_reads_in_english_where_nothing_is_translated(visited):
    seen, first = visited
    for code, (_name, direction, said) in ADDED.items():
        assert first[code] == f"/{code}/"
        for page, (status, text) in seen[code].items():
            assert status == (404 if "none" in page else 200), (code, page)
            html = re.search("<html[^>]*>", text)[0]
            assert f'lang="{code}"' in html and f'dir="{direction}"' in html, page
            assert said in text and "they imply no opinion" in text, page
            assert re.search(rf'<a href="/{code}/[^"]*"', text), page
        for other in ("en", "ar", *ADDED):
            assert f'hreflang="{other}"' in seen[code][""][1]
