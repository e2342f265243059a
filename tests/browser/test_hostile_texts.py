"""Whatever is typed is shown as text: in every form, page, feed, frame, e-mail, and at the desk, seen by a real browser.

Each field gets one of forty texts here; ``python -m tests.hostile`` gives each of them all, and opens every page.
"""

import os
import re
import sys
from collections import Counter

import pytest
from django.core import mail
from django.test import Client

from citysolidarity.http.rate_limit import RateLimit
from citysolidarity.http.throttle import Limit
from practices.models import Network
from tests.browser.hostile import MARK, TEXTS, Eyes, fill, name_of, press
from tests.citysolidarity.desk.test_who_may import rows as rows
from tests.faults.sowing import FORMS
from tests.faults.sowing_of_readers import share
from tests.letters import work
from tests.login import at_the_desk, staff
from tests.people import a_city
from tests.pledges.crawl import crawl
from tests.pledges.test_canary import told as told

pytestmark = pytest.mark.django_db
ROUND = int(os.environ.get("HOSTILE_ROUND", "0"))
IS_WHOLE = "HOSTILE_ROUND" in os.environ
DESK_LINK = re.compile(r'href="(/admin/[^"#?]*)')
MOST = 400  # pages of the desk
# The ordinary run follows links so far: by then nearly every kind of page has come.
FIRST = 120


@pytest.fixture
def eyes(browser, monkeypatch):
    monkeypatch.setattr(Limit, "take", lambda self, *arguments: 0)
    monkeypatch.setattr(RateLimit, "take", lambda self, *arguments: 0)
    context = browser.new_context()
    yield Eyes(context.new_page())
    context.close()


@pytest.fixture
def apart(rows):
    """The network of ``rows`` under another address: that of the canary has the same."""
    Network.objects.filter(slug="eurocities").update(slug="of-the-desk", name="Of the desk")


def test_there_are_forty_texts():
    assert len(set(TEXTS)) == 40 and all(MARK in text for text in TEXTS)


def test_a_text_that_became_markup_would_be_seen(eyes):
    """The proof that the next test can fail: these stand bare in a page, with the site's policy and without one."""
    for policy in ("", "default-src 'none'"):
        for number, text in enumerate(TEXTS[:9]):
            before = len(eyes.findings)
            answer = Client().get("/en/about/")
            answer.content = f"<html><body><p title=''>{text}</p>".encode()
            answer.headers["Content-Security-Policy"] = policy
            eyes.look(f"/bare/{number}/", answer)
            assert len(eyes.findings) > before, text


def test_no_text_of_a_form_becomes_markup_anywhere(eyes, rows, apart, told):
    for name, country in (("Amman", "JO"), ("Vienna", "AT"), ("Warsaw", "PL")):
        a_city(name, country)
    assert share in FORMS.values()  # those of readers are there as well
    taken, typed = Counter(), set()
    for number, act in enumerate(FORMS):
        path, fields, _key = FORMS[act](number)
        was_taken, names = press(Client(), eyes, path, fields, ROUND + number)
        taken[was_taken] += 1
        typed |= names
    assert taken[True] > 20 and len(typed) > 40 and eyes.seen["text/html"] > 20
    work()
    filled = fill(ROUND)
    assert filled["filled"] > 60
    for number, letter in enumerate(mail.outbox):
        for part in letter.alternatives:
            eyes.look_at_letter(number, part.content)
    public, desk = look_around(eyes), look_at_the_desk(eyes)
    told_of = (
        f"forms {dict(taken)}, columns {dict(filled)}, kinds of pages {public} and {desk}, opened {dict(eyes.seen)}"
    )
    sys.stdout.write(f"\n{told_of}, findings {eyes.findings}\n")
    assert eyes.findings == []
    assert public > 15 and desk > 30


def look_around(eyes) -> int:
    """Every public page with such a text, or one of each kind."""
    client, seen = Client(), Counter()
    for number, (path, said) in enumerate(crawl("203.0.113.80")):
        if number > FIRST and not IS_WHOLE:
            break
        if MARK in said and " " not in path and (IS_WHOLE or not seen[name_of(path)]):
            seen[name_of(path)] += eyes.look(path, client.get(path))
    return sum(map(bool, seen.values()))


def look_at_the_desk(eyes) -> int:
    """The pages that a superuser reaches from the desk's first one, or one of each kind."""
    client, seen = at_the_desk(staff("lea", is_superuser=True)), Counter()
    waiting, known = ["/admin/"], {"/admin/"}
    for path in waiting:
        if seen[name_of(path)] and not IS_WHOLE:
            continue
        answer = client.get(path)
        if answer.status_code != 200 or answer.streaming:
            continue
        for link in DESK_LINK.findall(answer.content.decode()):
            if (
                link not in known
                and "logout" not in link
                and (IS_WHOLE or not seen[name_of(link)])
                and len(known) < MOST
            ):
                known.add(link)
                waiting.append(link)
        seen[name_of(path)] += eyes.look(path, answer)
    return sum(map(bool, seen.values()))
