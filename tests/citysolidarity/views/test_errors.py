"""What went wrong is told kindly, with a way on, even while the database is away."""

import re

import psycopg
import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError, connection
from django.db.transaction import TransactionManagementError
from django.test import Client, RequestFactory
from django.urls import path
from django.utils.translation import override

from citysolidarity import middleware
from citysolidarity.http import database_outage
from citysolidarity.urls import handler400, handler403, handler404, handler500  # noqa: F401 (looked up here by Django)
from citysolidarity.urls import urlpatterns as site_map
from citysolidarity.views import errors
from practices.models import FormerAddress
from practices.vocabularies import THEMES

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def denies(request):
    raise PermissionDenied


def suspects(request):
    raise SuspiciousOperation("odd")


def breaks(request):
    raise ZeroDivisionError


urlpatterns = [
    path("en/denies/", denies),
    path("en/suspects/", suspects),
    path("en/breaks/", breaks),
    *site_map,
]


@pytest.fixture
def visitor(client):
    """A client that sees the error page, as a browser does."""
    client.raise_request_exception = False
    return client


def heading(response):
    return re.sub(r"\s+", " ", re.search(r"<h1[^>]*>(.*?)</h1>", response.text, re.DOTALL)[1])


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/en/suspects/", 400, "We could not read this request"),
        ("/en/denies/", 403, "This page is not open to you"),
        ("/en/nowhere/", 404, "We could not find this page"),
        ("/en/breaks/", 500, "Something went wrong on our side"),
    ],
)
def test_each_error_has_a_page_of_its_own(visitor, address, status, words):
    response = visitor.get(address)
    assert response.status_code == status
    assert heading(response) == words
    assert response["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("address", ["/en/suspects/", "/en/breaks/"])
def test_the_pages_for_400_and_500_need_no_database(visitor, address, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = visitor.get(address)
    assert "css/site.css" in response.text
    assert "<nav" not in response.text


@pytest.mark.parametrize("name", ["400", "500"])
def test_pages_that_stand_alone_need_no_context(name):
    from django.template.loader import render_to_string

    assert "<h1>" in render_to_string(f"errors/{name}.html")


def test_a_page_that_cannot_be_rendered_is_one_sentence(monkeypatch):
    def without_manifest(*args):
        raise ValueError("Missing staticfiles manifest entry for 'css/site.css'")

    monkeypatch.setattr(database_outage, "render_to_string", without_manifest)
    response = errors.server_error(RequestFactory().get("/en/"))
    assert response.status_code == 500
    assert response["Content-Type"].startswith("text/plain")
    assert "try again" in response.text


def test_an_unknown_host_is_a_400(visitor):
    response = visitor.get("/en/about/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.text


def test_a_form_without_its_token_says_what_to_do():
    response = Client(enforce_csrf_checks=True).post("/en/about/contact/", {"text": "Welcome to all"})
    assert response.status_code == 403
    assert heading(response) == "The form was not accepted"
    assert "Welcome to all" not in response.text


def test_a_page_not_found_offers_search_and_themes(visitor):
    page = visitor.get("/en/practices/open-doors-2019/").text
    assert re.search(r'<form[^>]* action="/en/practices/"', page)
    assert 'name="q" value="open doors"' in page
    for code in THEMES.codes:
        assert f'href="/en/practices/?theme={code}"' in page
    assert 'href="/en/cities/"' in page


def test_a_page_not_found_repeats_no_markup_of_its_address(visitor):
    page = visitor.get("/en/%22%3E%3Cscript%3Ealert%3C/").text
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    "address", ["/en/practices/%00/", "/en/" + "a" * 5_000 + "/", "/en/%ff%fe/", "/en/practices/😀/"]
)
def test_an_odd_address_is_simply_not_found(visitor, address):
    assert visitor.get(address).status_code == 404


def test_an_address_that_moved_leads_on_in_the_same_language(visitor):
    FormerAddress.objects.create(path="/practices/old-name/", moved_to="/practices/new-name/")
    response = visitor.get("/en/practices/old-name/")
    assert (response.status_code, response["Location"]) == (301, "/en/practices/new-name/")


def test_a_retired_address_is_known_without_its_last_slash(visitor):
    FormerAddress.objects.create(path="/nice-old-page/", moved_to="/practices/new-name/")
    assert visitor.get("/en/nice-old-page")["Location"] == "/en/practices/new-name/"


def test_an_address_cannot_lead_to_another_host(visitor):
    FormerAddress.objects.create(path="/practices/old-name/", moved_to="//evil.example/")
    assert visitor.get("/en/practices/old-name/")["Location"] == "/en/evil.example/"


def test_a_page_that_was_taken_away_says_why(visitor):
    FormerAddress.objects.create(path="/practices/gone/", reason="The city asked for it & we agreed.")
    response = visitor.get("/en/practices/gone/")
    assert response.status_code == 410
    assert "The city asked for it &amp; we agreed." in response.text
    assert 'href="/en/practices/?theme=housing"' in response.text


def test_a_page_not_found_asks_the_database_once(visitor, django_assert_num_queries):
    with django_assert_num_queries(1):
        visitor.get("/en/nowhere/")


def test_a_page_not_found_is_one_while_the_database_is_away(visitor):
    def away(*args):
        raise OperationalError("the server closed the connection unexpectedly")

    with connection.execute_wrapper(away):
        response = visitor.get("/en/nowhere/")
    assert response.status_code == 404
    assert heading(response) == "We could not find this page"


def test_a_form_is_sent_again_to_this_host_only():
    response = database_outage.unavailable(RequestFactory().post("/", {"text": "Welcome"}, PATH_INFO="//evil.example/"))
    assert 'action="/%2Fevil.example/"' in response.text


def test_the_pages_that_stand_alone_turn_with_the_script():
    with override("ar"):
        page = errors.server_error(RequestFactory().get("/ar/")).text
    assert '<html lang="ar" dir="rtl">' in page


def a_broken_transaction():
    try:
        raise OperationalError("the server closed the connection unexpectedly")
    except OperationalError as outage:
        raise TransactionManagementError("An error occurred in the current transaction.") from outage


def a_failure_while_giving_up():
    try:
        raise psycopg.errors.AdminShutdown("terminating connection")
    except psycopg.OperationalError:
        {}["nothing"]


def a_fault_of_ours():
    {}["nothing"]


@pytest.mark.parametrize(
    ("failing", "status"), [(a_broken_transaction, 503), (a_failure_while_giving_up, 503), (a_fault_of_ours, 500)]
)
def test_what_fails_because_the_database_is_away_is_an_outage(failing, status):
    request = RequestFactory().get("/en/")
    try:
        failing()
    except Exception as failure:
        assert errors.server_error(request).status_code == status
        answer = middleware.database_outage(lambda request: None).process_exception(request, failure)
        assert (answer.status_code if answer else 500) == status
