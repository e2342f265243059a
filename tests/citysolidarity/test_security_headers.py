"""The headers and refusals of a site that is run in the open: development's, and those of production."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.utils.csp import CSP

pytestmark = pytest.mark.django_db
# What production answers, seen through its whole stack in a Python of its own. No page asked here needs a database.
ASK = """
import json, sys, django
django.setup()
from django.conf import settings
settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
from django.test import Client
answers = []
for method, path, host, secure in json.loads(sys.argv[1]):
    response = Client().generic(method, path, secure=secure, headers={"host": host})
    answers.append([response.status_code, dict(response.headers), list(response.cookies)])
print(json.dumps(answers))
"""
HOST = "solidarity.example"
PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": "r7Kp2mXq9TzW4vNb8LcYd3HfGs6JaE5uQx1ZoRiVtPwMnBkCyDhFgSjAeU0l",
    "ALLOWED_HOSTS": HOST,
    "SITE_URL": f"https://{HOST}",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    "DJANGO_SETTINGS_MODULE": "citysolidarity.settings",
    "LOG_LEVEL": "CRITICAL",
}


def production(*asked):
    """``(status, headers, cookies)`` of each ``(method, path, host, secure)``."""
    done = subprocess.run(
        [sys.executable, "-c", ASK, json.dumps(asked)],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **PRODUCTION},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def policy(client):
    """Directive → sources of a page's content security policy."""
    rules = client.get("/en/about/")["Content-Security-Policy"].split(";")
    return {name: sources for name, *sources in (rule.split() for rule in rules)}


def test_a_page_may_load_nothing_that_is_not_named(policy):
    assert policy["default-src"] == [CSP.NONE]
    assert policy["frame-ancestors"] == policy["base-uri"] == [CSP.NONE]


def test_scripts_styles_and_forms_are_this_sites_own(policy):
    for directive in ("script-src", "style-src", "font-src", "connect-src", "form-action"):
        assert policy[directive] == [CSP.SELF]


def test_nothing_inline_and_no_other_host_is_allowed(policy):
    sources = {source for sources in policy.values() for source in sources}
    assert sources <= {CSP.NONE, CSP.SELF, "data:"}
    assert [name for name, sources in policy.items() if "data:" in sources] == ["img-src"]


@pytest.mark.parametrize(
    "address",
    [
        "/en/about/",
        "/robots.txt",
        "/health/live",
        "/en/nowhere/",
        "/feeds/practices.atom",
        "/api/v1/practices",
        "/static/img/mark.svg",
        "/admin/login/",
    ],
)
def test_every_answer_carries_the_headers(client, address):
    response = client.get(address)
    response.close()  # a static file stays open until then
    headers = response.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] in {"same-origin", "cross-origin"}
    assert "camera=()" in headers["Permissions-Policy"]
    assert "X-Powered-By" not in headers


@pytest.mark.parametrize("address", ["/en/about/", "/en/nowhere/", "/admin/login/"])
def test_no_page_may_be_framed(client, address):
    headers = client.get(address).headers
    assert headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["/en/about/", "/health/live", "/admin/login/", "/nowhere"])
@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PUT", "PATCH", "DELETE"])
def test_only_get_head_and_post_are_answered(client, method, address):
    response = client.generic(method, address)
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "a b", "localhost:80:80", "-"])
def test_an_unknown_host_is_refused(client, host):
    assert client.get("/en/about/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize(
    "address",
    ["/en/about/", "/en/nowhere/", "/robots.txt", "/feeds/practices.atom", "/health/live", "/api/v1/practices"],
)
def test_a_page_without_a_form_sets_no_cookie(client, address):
    response = client.get(address)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_production_insists_on_https_and_known_hosts():
    page, plain, health, stranger, plain_stranger = production(
        ("GET", "/en/about/", HOST, True),
        ("GET", "/en/about/", HOST, False),
        ("GET", "/health/live", HOST, False),
        ("GET", "/en/about/", "evil.example", True),
        ("GET", "/en/about/", "evil.example", False),
    )
    assert page[0] == 200
    hsts = page[1]["Strict-Transport-Security"].split("; ")
    assert {"includeSubDomains", "preload"} < set(hsts)
    assert int(hsts[0].removeprefix("max-age=")) >= 31_536_000
    assert (plain[0], plain[1]["Location"]) == (301, f"https://{HOST}/en/about/")
    assert health[0] == 200
    assert stranger[0] == plain_stranger[0] == 400


def test_the_cookies_of_production_are_locked_to_the_host():
    (login,) = production(("GET", "/admin/login/", HOST, True))
    assert login[0] == 200
    assert login[2] == ["__Host-csrf"]
    assert "Cookie" in login[1]["Vary"]
