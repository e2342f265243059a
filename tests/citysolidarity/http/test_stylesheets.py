"""Style sheets in parts are joined into one file, and served and collected as that."""

import os
import posixpath
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

FOLDER = settings.BASE_DIR / "static" / "css"
SHEETS = sorted(FOLDER.glob("*.css"))  # what pages load
MOST_SHEETS = 5  # of a public page: four that all load, and one of its own


def name_of(file):
    return str(file.relative_to(FOLDER))


# --- joining --------------------------------------------------------------------------


@pytest.fixture
def sheets(tmp_path, settings):
    """A function that writes files, by their paths below a static folder, where only the joining finder looks."""
    folder = tmp_path / "static"
    folder.mkdir()
    settings.STATICFILES_DIRS = [folder]
    settings.STATICFILES_FINDERS = ["citysolidarity.http.stylesheets.JoiningFinder"]
    settings.JOINED_STYLES = tmp_path / "joined"
    settings.STATIC_ROOT = tmp_path / "collected"

    def write(files):
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")

    return write


def found(path):
    return Path(finders.find(path)).read_text("utf-8")


def test_parts_stand_in_the_order_of_their_imports(sheets):
    sheets(
        {
            "css/site.css": '/* All. */\n@layer a;\n\n@import "site/z.css";\n@import "site/b.css";\n',
            "css/site/b.css": ".b {}\n",
            "css/site/z.css": ".z {}\n",
        }
    )
    assert found("css/site.css") == "/* All. */\n@layer a;\n\n.z {}\n.b {}\n"
    assert [Path(path).read_text("utf-8") for path in finders.find("css/site.css", find_all=True)] == [
        found("css/site.css")
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('url("../../fonts/a.woff2")', 'url("../fonts/a.woff2")'),
        ("url('../../fonts/a.woff2')", 'url("../fonts/a.woff2")'),
        ("url( ../../fonts/a.woff2 )", 'url("../fonts/a.woff2")'),
        ('url("dot.svg#round")', 'url("site/dot.svg#round")'),
        ('url("/static/dot.svg")', 'url("/static/dot.svg")'),
        ('url("#round")', 'url("#round")'),
        ('url("data:image/svg+xml,%3Csvg/%3E")', 'url("data:image/svg+xml,%3Csvg/%3E")'),
        ('url("https://example.org/dot.svg")', 'url("https://example.org/dot.svg")'),
    ],
)
def test_an_address_in_a_part_still_leads_to_its_file(sheets, before, after):
    sheets({"css/site.css": '@import "site/a.css";\n', "css/site/a.css": f"a {{ src: {before}; }}\n"})
    assert found("css/site.css") == f"a {{ src: {after}; }}\n"


@pytest.mark.parametrize("left", ['@import "b.css";', "@import url(b.css);", '  @import "b.css" print;'])
def test_an_import_that_would_be_lost_is_refused(sheets, left):
    sheets({"css/site.css": '@import "site/a.css";\n', "css/site/a.css": f"{left}\n", "css/site/b.css": ""})
    with pytest.raises(ImproperlyConfigured, match=r"b\.css"):
        finders.find("css/site.css")


def test_other_files_are_served_as_they_are(sheets, tmp_path):
    sheets({"css/plain.css": "a { color: red; }\n", "img/a.svg": "<svg/>", "img/a.bin": ""})
    for name in ("css/plain.css", "img/a.svg", "img/a.bin"):
        assert finders.find(name) == str(tmp_path / "static" / name)
    assert not finders.find("css/none.css")


def test_a_changed_part_is_served_at_once_and_an_unchanged_sheet_keeps_its_age(sheets):
    sheets({"css/site.css": '@import "site/a.css";\n', "css/site/a.css": "a {}\n"})
    os.utime(finders.find("css/site.css"), (1, 1))
    assert os.stat(finders.find("css/site.css")).st_mtime == 1
    sheets({"css/site/a.css": "b {}\n"})
    assert found("css/site.css") == "b {}\n"
    assert os.stat(finders.find("css/site.css")).st_mtime > 1


def test_a_deployed_sheet_is_one_file_with_a_name_of_its_content(sheets, settings):
    """The parts are not collected; the name changes with any of them, and addresses follow the names of their files."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    sheets(
        {
            "css/site.css": '@import "site/a.css";\n@import "site/b.css";\n',
            "css/site/a.css": 'a { src: url("../../fonts/a.woff2"); }\n',
            "css/site/b.css": "b { color: red; }\n",
            "css/plain.css": "p { color: red; }\n",
            "fonts/a.woff2": "letters",
        }
    )
    call_command("collectstatic", interactive=False, verbosity=0)
    before = ManifestStaticFilesStorage()
    assert set(before.hashed_files) == {"css/site.css", "css/plain.css", "fonts/a.woff2"}
    text = Path(before.path(before.stored_name("css/site.css"))).read_text("utf-8")
    assert text == f'a {{ src: url("../{before.stored_name("fonts/a.woff2")}"); }}\nb {{ color: red; }}\n'

    sheets({"css/site/b.css": "b { color: blue; }\n"})
    call_command("collectstatic", interactive=False, verbosity=0)
    after = ManifestStaticFilesStorage()
    changed = {name for name in before.hashed_files if before.stored_name(name) != after.stored_name(name)}
    assert changed == {"css/site.css"}


# --- what the site serves ------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("sheet", SHEETS, ids=name_of)
def test_a_sheet_is_served_whole(client, sheet):
    response = client.get(f"/static/css/{sheet.name}")
    assert response.status_code == 200
    assert response["Content-Type"] == 'text/css; charset="utf-8"'
    text = b"".join(response.streaming_content).decode()
    assert "@import" not in text
    for address in re.findall(r'url\("([^"]+)"\)', text):
        assert finders.find(posixpath.normpath(f"css/{address}")), address


def test_the_fonts_are_among_what_the_sheets_name():
    assert "url(" in found("css/site.css")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "page", ["", "practices/", "practices/coverage/", "cities/", "signatories/", "statement/", "about/", "none/"]
)
def test_a_page_loads_few_sheets_and_no_part(client, page):
    loaded = re.findall(r'rel="stylesheet" href="/static/css/([^"]+)"', client.get(f"/en/{page}").text)
    assert 3 <= len(loaded) <= MOST_SHEETS
    assert set(loaded) <= {sheet.name for sheet in SHEETS}
