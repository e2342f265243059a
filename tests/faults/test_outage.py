"""While the database is away, hangs or is locked: what is read stays there, what is typed is kept, nothing waits long."""

import concurrent.futures
import http.client
import random
import re
import time
from contextlib import contextmanager
from urllib.parse import urlencode, urlsplit

import psycopg
import pytest

from tests.faults.rig import WEB_WORKERS, rig

BANNER = '<p class="note" role="status">'  # in whatever language
# Pages of text alone need no database, and are no copies.
TEXT_ALONE = re.compile(r"/\w\w/(about|glossary|statement/ask/petition)/")
DATA = ["/feeds/practices.atom", "/api/v1/signatories.csv", "/api/v1/signatories.json", "/sitemap.xml"]
DATA += ["/api/v1/practices", "/api/v1/facets", "/api/v1/practices.csv", "/feeds/practices.json"]
TYPED = {"email": "officer@city.example", "wish": "withdraw"}
LONGEST = 9  # seconds for an answer: a statement, its connection, and a machine that is busy


@pytest.fixture(scope="module")
def parts():
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PGOPTIONS", raising=False)
        with rig(10) as whole:
            yield whole


def ask(parts, path, typed=None):
    """``(status, text, seconds)``"""
    begun = time.monotonic()
    connection = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=60)
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if typed else {}
    try:
        connection.request("POST" if typed else "GET", path, typed and urlencode(typed), headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), time.monotonic() - begun
    finally:
        connection.close()


@pytest.fixture(scope="module")
def sampled(parts):
    """Fifty public addresses, each of them known to the site; the data among them."""
    _status, text, _seconds = ask(parts, "/sitemap.xml")
    paths = [urlsplit(found).path for found in re.findall("<loc>([^<]+)</loc>", text)]
    chosen = [*random.Random(9).sample(paths, 44), *DATA, "/en/practices/?theme=housing", "/en/statement/sign/"]
    for path in chosen:
        # A process copies nothing that it is asked first of all: only after one visit more than there are processes was
        # one of them asked a second time.
        for _visit in range(WEB_WORKERS + 1):
            assert ask(parts, path)[0] == 200, path
    return chosen


def read(parts, paths):
    """How many answer 200, and how many pages do so without saying that they are copies."""
    answers = {path: ask(parts, path) for path in paths}
    good = [path for path, (status, _text, _seconds) in answers.items() if status == 200]
    pages = [path for path in good if answers[path][1].lstrip().startswith("<!doctype html>")]
    unsaid = [path for path in pages if BANNER not in answers[path][1] and not TEXT_ALONE.match(path)]
    return good, unsaid


def recovers(parts, path):
    """Seconds until a page is no copy any more, and a form works."""
    begun = time.monotonic()
    while BANNER in ask(parts, path)[1] or ask(parts, "/health/ready")[0] != 200:
        assert time.monotonic() - begun < 60
        time.sleep(0.1)
    return time.monotonic() - begun


def test_readers_hardly_notice_that_the_database_is_away(parts, sampled):
    with parts.database_away():
        for kill in (False, True):
            if kill:
                for _ in range(3):
                    parts.replace_web_worker()
            good, unsaid = read(parts, sampled)
            assert len(good) >= 0.95 * len(sampled), set(sampled) - set(good)
            assert not unsaid
            assert set(DATA) <= set(good)
        status, text, _seconds = ask(parts, "/en/statement/change/", TYPED)
        assert status == 503 and TYPED["email"] in text
    assert recovers(parts, sampled[0]) < 5


def test_a_database_that_hangs_keeps_nobody_waiting(parts, sampled):
    with parts.hanging_database(), concurrent.futures.ThreadPoolExecutor(6) as crowd:
        readers = [crowd.submit(ask, parts, path) for path in sampled[:4]]
        time.sleep(0.3)
        status, _text, seconds = ask(parts, "/health/live")
        assert status == 200 and seconds < 2, seconds
        post = crowd.submit(ask, parts, "/en/statement/change/", TYPED)
        for answer in [reader.result() for reader in readers]:
            assert answer[0] == 200 and answer[2] < LONGEST, answer[::2]
        status, text, seconds = post.result()
        assert status == 503 and TYPED["email"] in text and seconds < LONGEST, (status, seconds)
        good, unsaid = read(parts, sampled)
        assert len(good) >= 0.95 * len(sampled) and not unsaid
    assert recovers(parts, sampled[0]) < 5


@contextmanager
def locked(parts, table):
    with psycopg.connect(parts.environment["DATABASE_URL"]) as connection:
        connection.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        yield
        connection.rollback()


def test_a_locked_edition_keeps_no_reader_from_what_is_known(parts, sampled):
    with locked(parts, "practices_edition"):
        for path in sampled[:3]:
            status, _text, seconds = ask(parts, path)
            assert status == 200 and seconds < LONGEST


def test_a_table_that_is_locked_is_told_with_the_text_and_soon(parts, sampled):
    with locked(parts, "pledges_signature"):
        status, text, seconds = ask(parts, "/en/statement/change/", TYPED)
        assert (status, seconds < LONGEST) == (503, True), (status, seconds)
        assert TYPED["email"] in text
        status, _text, seconds = ask(parts, "/health/live")
        assert status == 200 and seconds < 2
    recovers(parts, sampled[0])
    assert ask(parts, "/en/statement/change/", TYPED)[0] in {302, 429}
