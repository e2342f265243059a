"""Every answer has its headers, odd methods are refused, and an outage of the database is told kindly."""

import html
import re

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, InterfaceError, OperationalError, connection
from django.http import HttpResponse
from django.template.response import SimpleTemplateResponse
from django.test import RequestFactory
from django.urls import path

from citysolidarity.middleware import known_methods, security_headers
from citysolidarity.urls import handler404, handler500  # noqa: F401 (looked up here by Django)
from citysolidarity.urls import urlpatterns as site_map
from practices.models import City

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
FORM = {"institution": "City of Amman", "statement": "We welcome.\nAll <b>of you</b> & yours."}


class ContentNotRenderedYet(SimpleTemplateResponse):
    """A response that asks the database when Django renders it, after the view has returned."""

    def __init__(self, ask):
        super().__init__("never.html")
        self.ask = ask

    @property
    def rendered_content(self):
        return str(self.ask())


def asks(request):
    return HttpResponse(City.objects.count())


def asks_while_rendering(request):
    return ContentNotRenderedYet(City.objects.count)


def keeps_a_session_first(request):
    request.session["draft"] = "We welcome."
    return asks(request)


def keeps_a_session_only(request):
    request.session["draft"] = "We welcome."
    return HttpResponse("Saved.")


def fails(request):
    raise {
        "django-operational": OperationalError,
        "django-interface": InterfaceError,
        "psycopg-operational": psycopg.OperationalError,
        "psycopg-interface": psycopg.InterfaceError,
        "integrity": IntegrityError,
    }[request.GET["with"]]


urlpatterns = [
    path("en/asks/", asks),
    path("admin/asks/", asks),
    path("en/renders/", asks_while_rendering),
    path("en/keeps-first/", keeps_a_session_first),
    path("en/keeps-only/", keeps_a_session_only),
    path("en/fails/", fails),
    *site_map,
]


class Away:
    """Stands between Django and the database and lets nothing through."""

    def __init__(self):
        self.attempts = 0

    def __call__(self, execute, sql, params, many, context):
        self.attempts += 1
        raise OperationalError("the server closed the connection unexpectedly")


@pytest.fixture
def away():
    wrapper = Away()
    with connection.execute_wrapper(wrapper):
        yield wrapper


def texts(response):
    """What stands in the boxes of the page, as the visitor sees it."""
    boxes = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", response.text, re.DOTALL)
    return [html.unescape(box).replace("\r\n", "\n") for box in boxes]


@pytest.mark.parametrize(
    ("address", "policy"),
    [
        ("/en/about/", "same-origin"),
        ("/en/practices/open-doors/", "same-origin"),
        ("/en/practices/open-doors/card.png", "cross-origin"),
        ("/feeds/practices.atom", "cross-origin"),
        ("/api/v1/practices", "cross-origin"),
        ("/static/img/mark.svg", "same-origin"),
    ],
)
def test_only_feeds_data_and_share_cards_may_be_loaded_by_other_sites(address, policy):
    response = security_headers(lambda request: HttpResponse())(RequestFactory().get(address))
    assert response["Cross-Origin-Resource-Policy"] == policy


def test_a_view_may_open_itself_to_other_sites():
    def badge(request):
        return HttpResponse(headers={"Cross-Origin-Resource-Policy": "cross-origin"})

    response = security_headers(badge)(RequestFactory().get("/en/badge/"))
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_no_page_may_use_camera_microphone_or_place():
    response = security_headers(lambda request: HttpResponse())(RequestFactory().get("/"))
    policy = response["Permissions-Policy"].split(", ")
    assert {"camera=()", "microphone=()", "geolocation=()", "payment=()"} <= set(policy)
    assert all(rule.endswith("=()") for rule in policy)


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PUT", "PATCH", "DELETE", "CONNECT", "PROPFIND", "NONSENSE"])
def test_a_method_that_nobody_needs_is_refused(method):
    response = known_methods(lambda request: HttpResponse("passed"))(RequestFactory().generic(method, "/"))
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, POST"
    assert b"passed" not in response.content


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_the_three_known_methods_pass(method):
    response = known_methods(lambda request: HttpResponse("passed"))(RequestFactory().generic(method, "/"))
    assert response.content == b"passed"


@pytest.mark.parametrize(
    "error", ["django-operational", "django-interface", "psycopg-operational", "psycopg-interface"]
)
def test_a_failing_database_is_a_503_that_asks_to_come_back(client, error):
    response = client.get("/en/fails/", {"with": error})
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert response["Cache-Control"] == "no-store"
    assert "cannot reach our data" in response.text


def test_a_broken_rule_of_the_database_is_no_outage(client):
    client.raise_request_exception = False
    assert client.get("/en/fails/", {"with": "integrity"}).status_code == 500


@pytest.mark.parametrize("address", ["/en/asks/", "/en/renders/"])
def test_the_503_page_asks_the_database_nothing(client, away, address):
    response = client.get(address)
    assert response.status_code == 503
    assert away.attempts == 1


def test_what_was_posted_is_given_back_word_for_word(client, away):
    response = client.post("/en/asks/", FORM)
    assert response.status_code == 503
    assert "Nothing was saved, but your text is still here" in response.text
    assert texts(response) == list(FORM.values())
    assert "<b>of you" not in response.text


def test_the_form_can_be_sent_again_as_it_was(client, away):
    response = client.post("/en/asks/?step=2", FORM | {"theme": ["housing", "health"], "trap": ""})
    assert '<form method="post" action="/en/asks/?step=2">' in response.text
    assert texts(response) == [*FORM.values(), "housing", "health"]
    assert '<input type="hidden" name="trap" value="">' in response.text


def test_a_resent_form_passes_the_check_for_forged_ones(away):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.cookies["csrf"] = token = "a" * 32
    first = client.post("/en/asks/", FORM | {"csrfmiddlewaretoken": token})
    assert first.status_code == 503
    fresh = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', first.text)[1]
    assert fresh != token
    assert client.post("/en/asks/", FORM | {"csrfmiddlewaretoken": fresh}).status_code == 503
    assert client.post("/en/asks/", FORM).status_code == 403


def test_a_password_is_never_shown_back(client, away):
    response = client.post("/en/asks/", {"username": "amina", "password": "between-us", "otp-token": "123456"})
    assert texts(response) == ["amina"]
    assert "between-us" not in response.text
    assert "123456" not in response.text
    assert "Send again" not in response.text


def test_a_form_with_a_file_is_shown_but_not_sent_again_without_it(client, away):
    letter = SimpleUploadedFile("letter.pdf", b"%PDF-1.7 signed")
    response = client.post("/admin/asks/", FORM | {"letter": letter})
    assert texts(response) == list(FORM.values())
    assert "Send again" not in response.text
    assert "signed" not in response.text


def test_a_button_without_words_can_be_pressed_again(client, away):
    response = client.post("/en/asks/")
    assert "Nothing was saved" in response.text
    assert "your text is still here" not in response.text
    assert "Send again" in response.text


def test_a_session_begun_before_the_outage_is_not_saved(client, away):
    response = client.post("/en/keeps-first/", FORM)
    assert response.status_code == 503
    assert away.attempts == 1
    assert "session" not in response.cookies
    assert texts(response) == list(FORM.values())


def test_a_session_that_cannot_be_saved_is_no_success(client, away):
    client.raise_request_exception = False
    response = client.post("/en/keeps-only/", FORM)
    assert response.status_code == 503
    assert "Saved." not in response.text
    assert texts(response) == list(FORM.values())
