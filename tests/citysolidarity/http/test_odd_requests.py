"""Requests that somebody has put together by hand: with two ends, two hosts, fields of others, or into folders."""

import re
import runpy
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import mailers
from django.urls import reverse
from gunicorn.config import Config
from gunicorn.http.errors import ParseException
from gunicorn.http.parser import RequestParser

from citysolidarity.http import link_checker
from citysolidarity.http.link_checker import LinkStatus, Outcome
from pledges.models import SignatureLetter
from practices.models import Practice
from tests.forms import fields_of
from tests.login import at_the_desk, staff
from tests.observatory import certificate
from tests.people import a_practice

pytestmark = pytest.mark.django_db
HEAD = "POST /en/statement/change/ HTTP/1.1\r\nHost: cities.example\r\n"
TWO_ENDS = {
    "a length and chunks": "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "two lengths": "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
    "a length with a sign": "Content-Length: +4\r\n\r\nabcd",
    "a length in hexadecimal": "Content-Length: 0x4\r\n\r\nabcd",
    "an unknown coding": "Transfer-Encoding: xchunked\r\n\r\nabcd",
    "chunks twice": "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
    "a blank before the colon": "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "a folded line": "X-A: b\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a name with a NUL": "Content\0Length: 4\r\n\r\nabcd",
    "a line break of its own": "X-A: b\nContent-Length: 4\r\n\r\nabcd",
    "too many fields": "".join(f"X-{at}: 1\r\n" for at in range(70)) + "\r\n",
    "a field without end": f"X-A: {'a' * 9_000}\r\n\r\n",
}


def as_gunicorn_reads(request: bytes):
    """The request as the server of production reads it, with the bounds of gunicorn.conf.py."""
    config = Config()
    for name, value in runpy.run_path(str(settings.BASE_DIR / "gunicorn.conf.py")).items():
        if name.startswith("limit_request"):
            config.set(name, value)
    return next(RequestParser(config, iter([request]), ("127.0.0.1", 1)))


def test_an_ordinary_request_is_read():
    asked = as_gunicorn_reads((HEAD + "Content-Length: 4\r\n\r\nabcd").encode())
    assert (asked.method, asked.body.read()) == ("POST", b"abcd")


@pytest.mark.parametrize("rest", TWO_ENDS.values(), ids=TWO_ENDS)
def test_a_request_whose_end_is_in_doubt_is_refused(rest):
    """What two servers in a row read differently smuggles a second request past the first."""
    with pytest.raises((ParseException, OSError, ValueError)):
        as_gunicorn_reads((HEAD + rest).encode("latin-1"))


FORGED = {
    "X-Forwarded-Host": "evil.example", "X-Host": "evil.example", "Forwarded": "host=evil.example;proto=http",
    "X-Forwarded-Server": "evil.example", "X-Forwarded-Port": "666", "X-Forwarded-Prefix": "/evil", "X-Original-URL": "/admin/",
    "X-Rewrite-URL": "/admin/", "X-HTTP-Method-Override": "DELETE", "X-Forwarded-Scheme": "http",
}  # fmt: skip


@pytest.mark.parametrize("address", ["/en/", "/en/practices/", "/en/signatories/", "/llms.txt", "/robots.txt"])
def test_no_forwarded_host_is_believed(client, address):
    """What the address of a page says is the same for everybody, so that no cache can be filled with another's."""
    plain = client.get(address)
    forged = client.get(address, headers=FORGED)
    assert (forged.status_code, forged.content) == (200, plain.content)
    assert not re.search(rb"evil|666", forged.content)


TYPED = re.compile(r"text/|.*(/|\+)xml")


@pytest.mark.parametrize(
    "address",
    [
        "/en/", "/en/nowhere/", "/robots.txt", "/llms.txt", "/sitemap.xml", "/.well-known/security.txt", "/health/live",
        "/feeds/practices.atom", "/feeds/practices.json", "/api/v1/practices", "/api/v1/practices.csv", "/api/v1/nowhere",
        "/oembed?url=x", "/admin/login/", "/static/css/site.css", "/static/js/page.js", "/static/img/mark.svg",
    ],
)  # fmt: skip
def test_every_answer_says_what_it_is_and_in_which_letters(client, address):
    answer = client.get(address)
    answer.close()  # a static file stays open until then
    kind = answer["Content-Type"]
    assert re.match(r"[a-z]+/[a-z0-9.+-]+", kind)
    if TYPED.match(kind) and not address.endswith(".svg"):  # XML says its own; ours is in ASCII
        assert "charset=" in kind, kind
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "address", ["/static/", "/static/css/", "/static/img/", "/media/", "/pictures/", "/static/../manage.py"]
)
def test_no_folder_is_listed(client, address):
    assert client.get(address).status_code == 404


def test_what_stands_in_the_address_is_no_field_of_a_form(client):
    answer = client.post(reverse("sign_change") + "?email=mayor@city.example&wish=withdraw", {})
    assert answer.status_code == 422
    assert not SignatureLetter.objects.exists()


FORGED_FIELDS = {
    "status": "archived", "workflow": "published", "slug": "taken-over", "id": "1", "pk": "1", "published_at": "2001-01-01",
    "archived_at": "2001-01-01", "is_superuser": "on", "is_staff": "on", "user": "1", "revision": "99", "search": "x",
}  # fmt: skip


def test_the_desk_takes_no_field_that_its_form_does_not_show():
    practice, ana = a_practice(), staff()
    client = at_the_desk(ana)
    address = reverse("admin:practices_practice_change", args=[practice.pk])
    shown = fields_of(client.get(address))
    forged = {name: value for name, value in FORGED_FIELDS.items() if name not in shown}
    assert len(forged) > 8
    before = Practice.objects.filter(pk=practice.pk).values().get()
    client.post(address, shown | forged)
    after = Practice.objects.filter(pk=practice.pk).values().get()
    kept = {name for name in before if name in forged or name.removesuffix("_id") in forged}
    assert kept and {name: after[name] for name in kept} == {name: before[name] for name in kept}
    client.post(reverse("admin:password_change"), forged)
    assert not User.objects.filter(pk=ana.pk, is_superuser=True).exists()


def test_a_refusal_at_the_desk_is_written_down(caplog):
    client = at_the_desk(staff(role="Viewer"))
    assert client.get(reverse("admin:practices_practice_add")).status_code == 403
    assert [record.levelname for record in caplog.records if "Forbidden" in record.getMessage()] == ["WARNING"]


def test_certificates_are_checked_where_we_call(tmp_path, monkeypatch, settings):
    smtp = {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": "mail.example", "use_tls": True},
    }
    settings.MAILERS = {"default": smtp}
    context = mailers["default"].ssl_context
    assert context.verify_mode is ssl.CERT_REQUIRED and context.check_hostname
    own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    own.load_cert_chain(certificate(tmp_path))
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.socket = own.wrap_socket(server.socket, server_side=True)
    monkeypatch.setattr(server, "handle_error", lambda *arguments: None)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        url = f"https://cities.example:{server.server_port}/"
        assert link_checker.check_url(url, lambda host, port: ["127.0.0.1"]) == LinkStatus(Outcome.UNREACHABLE)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


# What a script could leave for the next person at the machine, or run as code.
NEVER = r"localStorage|sessionStorage|indexedDB|document\.cookie|\beval\(|new Function|document\.write|postMessage|__proto__"


def test_no_script_keeps_or_runs_what_it_gets():
    scripts = sorted((Path(settings.BASE_DIR) / "static" / "js").rglob("*.js"))
    assert scripts
    assert [script.name for script in scripts if re.search(NEVER, script.read_text("utf-8"))] == []
