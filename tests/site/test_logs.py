"""What is written down, and what never is."""

import json
import logging

from citysolidarity.logs import JsonFormatter


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
