"""An id leads from an answer to every line of the log that its request caused; and no line holds anything of a person."""

import io
import json
import logging
import re
from contextlib import nullcontext

import pytest
from django.db import OperationalError, connection
from django.urls import reverse

from citysolidarity.database.signals import slow_query
from citysolidarity.logs import JsonFormatter, redacted, request_id
from tests.forms import fields_of
from tests.people import a_city, a_practice
from tests.pledges.signers import a_version

pytestmark = pytest.mark.django_db
GIVEN = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
CANARY = "kanarienvogel"
VISITOR = {"v4": "203.0.113.77", "v6": "2001:db8:7:7::77"}


@pytest.fixture
def log():
    """What is written down, as a list of the lines when it is called."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.mark.parametrize("given", [GIVEN, GIVEN.upper(), "0190b6a0-7c1e-7d7a-b4a5-9c0b3f6b1a2c"])
def test_a_proxys_id_is_kept_and_a_visitors_is_not(client, settings, given):
    def answered():
        return client.get("/health/live", headers={"X-Request-ID": given})["X-Request-ID"]

    settings.BEHIND_PROXY = True
    assert answered() == given.lower()
    settings.BEHIND_PROXY = False
    assert answered() != given.lower()


@pytest.mark.parametrize(
    "given", ["", "rana-haddad", f"{GIVEN}0", f"{GIVEN}\n", "a@city.example", "0041441234567", "ā" * 32]
)
def test_any_other_id_is_made_anew(client, settings, given):
    settings.BEHIND_PROXY = True
    first, second = (client.get("/health/live", headers={"X-Request-ID": given})["X-Request-ID"] for _ in range(2))
    assert re.fullmatch(r"[0-9a-f]{32}", first) and re.fullmatch(r"[0-9a-f]{32}", second) and first != second


def test_every_line_of_a_request_has_its_id_and_no_line_of_another(client, settings, log):
    settings.BEHIND_PROXY = True

    def away(*args):
        slow_query.send(None, seconds=0.7)
        raise OperationalError("no connection")

    answers = [client.get(f"/en/nothing-{number}/") for number in range(2)]
    with connection.execute_wrapper(away):
        answers.append(client.get("/en/cities/", headers={"X-Request-ID": GIVEN}))
    logging.getLogger("between").warning("two requests")
    lines = log()
    for answer in answers:
        assert [line for line in lines if line.get("request") == answer["X-Request-ID"]]
    assert {line["logger"] for line in lines if line.get("request") == GIVEN} >= {
        "citysolidarity.operation.request_ids"
    }
    assert [line.get("request") for line in lines if line["logger"] == "between"] == [None]
    assert request_id.get() == ""


@pytest.mark.parametrize("seen", VISITOR)
def test_no_address_of_a_visitor_is_written_down(seen):
    ip = VISITOR[seen]
    for text in (
        f"Invalid request from ip={ip}: no",
        f"'{ip}'",
        f"[{ip}]:4012 went",
        f"for {ip}.",
        f"{ip}:",
        f"host {ip}/32",
    ):
        assert ip not in redacted(text), text


def test_times_machines_and_versions_stay():
    for text in (
        "Listening at: http://0.0.0.0:8000 (1)",
        "127.0.0.1:5432 is away",
        "::1",
        "at 12:34:56",
        "added: face:b",
        "2.1.0.4a",
    ):
        assert redacted(text) == text


@pytest.mark.parametrize("is_away", [False, True], ids=["database there", "database away"])
def test_nothing_that_is_typed_is_written_down(client, log, spans, is_away):
    """In every form of the public, whether it is taken or fails, and in the search; nor do the traces tell it."""

    def away(*args):
        raise OperationalError(f"{CANARY} no connection")

    a_version()
    entry = a_practice("Public spaces", a_city("Athens", "GR")).slug
    paths = [reverse(name) for name in ("sign_city", "follow", "support", "invite", "admin:login")]
    paths += [reverse("share_page", args=["title"])]
    paths += [reverse(name, args=[entry]) for name in ("practice_ask", "practice_report", "share_update")]
    who = {"REMOTE_ADDR": VISITOR["v4"], "headers": {"X-Forwarded-For": VISITOR["v6"], "User-Agent": CANARY}}
    for path in paths:
        page = client.get(path, follow=True)
        names = [name for name, value in fields_of(page).items() if not value]
        assert names, path
        typed = fields_of(page) | dict.fromkeys(names, CANARY) | {"email": f"{CANARY}@city.example"}
        with connection.execute_wrapper(away) if is_away else nullcontext():
            client.post(page.wsgi_request.path, typed, **who)
    with connection.execute_wrapper(away) if is_away else nullcontext():
        client.get("/en/practices/", {"q": CANARY}, **who)
        client.get("/api/v1/practices", {"q": CANARY}, **who)
    lines = json.dumps(log())
    assert not is_away or "citysolidarity.middleware" in lines
    told = "".join(span.to_json() for span in spans())
    assert [word for word in (CANARY, "city.example", *VISITOR.values()) if word in lines or word in told] == []
    assert "POST /en/practices/follow/" in told and (not is_away or '"error.type": "503"' in told)
