"""Every page is valid HTML, says the Nu HTML checker: no error, no warning."""

import json
import os
import re
import subprocess
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.browser.addresses import FRAMES, NAMES, address_of

EVERYTHING = [*NAMES, *FRAMES]


@pytest.fixture(scope="module")
def bodies(site):
    """Each of EVERYTHING as it is served."""
    return {name: read(site.origin + address_of(name)) for name in EVERYTHING}


def test_every_page_is_valid_html(bodies, tmp_path):
    for number, body in enumerate(bodies.values()):
        (tmp_path / f"{number:02}.html").write_bytes(body)
    complaints = check(tmp_path)
    assert [f"{EVERYTHING[number]}, line {line}: {message}" for number, line, message in complaints] == []


def test_the_checker_does_find_faults(tmp_path):
    """It would be silent about a folder it never read."""
    (tmp_path / "00.html").write_text("<!doctype html><html lang=en><title>A</title><p><div></p>")
    assert check(tmp_path)


def test_no_two_pages_have_the_same_title(bodies):
    titles = {}
    for name in NAMES:
        title = re.search(rb"<title>(.*?)</title>", bodies[name], re.DOTALL)[1].decode()
        titles.setdefault(title.strip(), []).append(name)
    assert {title: names for title, names in titles.items() if len(names) > 1 or not title} == {}


def read(url):
    """The body of a page, whatever its status."""
    try:
        with urlopen(url, timeout=20) as answer:
            return answer.read()
    except HTTPError as error:
        return error.read()


def check(folder):
    """(number of the page, line, message) of every complaint about the files of a folder, in one run of Java."""
    jar = os.environ.get("VNU_JAR")
    if not jar:
        pytest.fail(
            "VNU_JAR names no checker: `python3 manage.py test` brings one, or leaves it out with --no-browser."
        )
    command = ["java", "-Xss1m", "-jar", jar, "--stdout", "--format", "json", "--skip-non-html", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    messages = json.loads(done.stdout)["messages"]
    serious = [one for one in messages if one["type"] != "info" or one.get("subType") == "warning"]
    return [
        (int(one["url"].rpartition("/")[2].partition(".")[0]), one.get("lastLine"), one["message"]) for one in serious
    ]
