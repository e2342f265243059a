"""What is written down, and what never is."""

import io
import json
import logging
import runpy
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import get_resolver, reverse
from django.utils.crypto import get_random_string
from gunicorn.config import Config
from gunicorn.glogging import Logger

from citysolidarity.logs import JsonFormatter
from citysolidarity.mail.tokens import TokenSigner
from pledges.models.letter import Purpose


def line(message, *values):
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, message, values, None)
    return json.loads(JsonFormatter().format(record))["message"]


def test_the_secret_of_a_link_is_not_written_down():
    token = "Ab3_-" * 11 + "x"
    assert line("Gone: %s", f"/en/statement/confirm/{token}/") == "Gone: /en/statement/confirm/…/"
    assert line("Gone: %s", "/admin/welcome/MQ.c3po-0a1b2c/") == "Gone: /admin/welcome/…/"


def test_other_addresses_are_written_as_they_are():
    path = "/en/practices/community-led-public-spaces-amman/"
    assert line("Not Found: %s", path) == f"Not Found: {path}"
    assert line("Not Found: %s", "/en/cities/") == "Not Found: /en/cities/"


TOKEN = TokenSigner("test.logs", {Purpose.CONFIRM: b"c"}).make(uuid4(), Purpose.CONFIRM, b"n" * 16)


@pytest.mark.parametrize("place", ["/en/statement/confirm/{}/", "/en/a/new/kind/of/link/{}/", "token={}", "'{}'", "{}"])
def test_a_token_is_not_written_down_wherever_it_stands(place):
    for secret in (TOKEN, get_random_string(32, "abcdefghijklmnopqrstuvwxyz0123456789"), f"MQ.c3po1-{'0a1b' * 8}"):
        assert max(secret.split("-"), key=len) not in line("Error handling request GET %s", place.format(secret))


def test_nor_is_one_that_a_mail_program_or_a_person_has_changed():
    """Cut, or in letters of one size, it is no key any more, and says much of it."""
    names = [name for name in get_resolver().reverse_dict if isinstance(name, str)]
    links = {name for name in names if get_resolver().reverse_dict[name][0][0][1] == ["token"]}
    assert len(links) > 20
    for name in links:
        for token in (TOKEN.upper(), TOKEN.lower(), TOKEN[:12], TOKEN[:12].upper()):
            for path in (reverse(name, args=[token]), reverse(name, args=[token]).upper()):
                assert token.casefold() not in line("Not Found: %s", path).casefold(), path


@pytest.mark.parametrize("mailbox", ["mayor@city.example", "o'neil+x@city.example", "mayor%40city.example"])
def test_no_mailbox_is_written_down(mailbox):
    for message in ("Bounced: {}", "Error handling request POST /en/?email={}", "<{}>", '"{}",'):
        assert "city.example" not in line(message.replace("{}", mailbox))


def test_what_was_searched_for_is_not_written_down():
    assert line("Not Found: %s", "/en/practices/?q=Rana+Haddad&page=2") == "Not Found: /en/practices/?…"


def test_the_names_of_things_stay():
    for words in (
        "The database failed under /en/practices/integrated-programme-for-newcomers-and-neighbours-2019-bristol/",
        "{'task': 'send_letter', 'row': '0190b6a0-7c1e-7d7a-b4a5-9c0b3f6b1a2c', 'try': 1}: failed",
        "citysolidarity.http.gunicorn_worker.WebWorker ContentSecurityPolicyMiddleware",
    ):
        assert line(words) == words


def test_gunicorns_own_lines_are_of_the_same_kind():
    conf = runpy.run_path(str(settings.BASE_DIR / "gunicorn.conf.py"))
    config = Config()
    for name in ("logconfig_dict", "errorlog", "accesslog"):
        config.set(name, conf[name])
    before = {name: logging.getLogger(name).handlers[:] for name in ("", "gunicorn.error", "gunicorn.access")}
    try:
        log = Logger(config)
        out = io.StringIO()
        [handler] = log.error_log.handlers
        handler.setStream(out)
        try:
            raise SystemExit(1)
        except SystemExit:
            log.exception("Error handling request %s %s", "GET", f"/en/statement/confirm/{TOKEN}/?email=a@city.example")
        written = json.loads(out.getvalue())
        assert TOKEN not in out.getvalue() and "city.example" not in out.getvalue()
        assert written["error"] == "SystemExit" and written["logger"] == "gunicorn.error"
        assert not log.error_log.propagate
    finally:
        for name, handlers in before.items():
            logging.getLogger(name).handlers[:] = handlers
        logging.getLogger("gunicorn.error").propagate = True
