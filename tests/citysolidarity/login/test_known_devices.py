"""A browser in which somebody has logged in: strangers' tries elsewhere do not slow its owner down; its own tries do."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from citysolidarity.database.clock import database_now
from citysolidarity.login import known_devices, limits
from tests.login import DESK, LOGIN, SECOND, code_of, is_logged_in, post_password, staff, with_app

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_login")]
OFFICE = "192.0.2.7"


@pytest.fixture(autouse=True)
def sooner(monkeypatch):
    """The limits of the login, reached after fewer tries."""
    for name, most in (("PASSWORDS", 3), ("PASSWORDS_OF_A_NAME", 5), ("PASSWORDS_OF_A_DEVICE", 3)):
        monkeypatch.setattr(getattr(limits, name), "most", most)


@pytest.fixture
def ana():
    """A browser at the office from which ana logged in and out again."""
    secret = with_app(staff())
    browser = Client(REMOTE_ADDR=OFFICE)
    log_in(browser, secret)
    browser.post("/admin/logout/")
    assert not is_logged_in(browser)
    return browser


def log_in(browser, secret, name="ana"):
    post_password(browser, name)
    assert browser.post(SECOND, {"code": code_of(secret)}).status_code == 302


def strangers_try(name="ana"):
    """Wrong passwords for a name from many places, its own office among them, until each is slowed down."""
    places = [OFFICE, *(f"198.51.100.{number}" for number in range(4))]
    answers = [
        post_password(Client(REMOTE_ADDR=place), name, "wrong").status_code for place in places for _ in range(4)
    ]
    assert 200 in answers and answers[-4:] == [429] * 4


def test_strangers_everywhere_do_not_slow_down_who_has_been_inside(ana):
    strangers_try()
    assert post_password(Client(REMOTE_ADDR="203.0.113.9")).status_code == 429  # a browser nobody knows
    assert post_password(ana)["Location"] == SECOND
    ana.defaults["REMOTE_ADDR"] = "203.0.113.10"  # on a journey
    assert post_password(ana)["Location"] == SECOND


def test_a_known_browser_is_slowed_down_by_its_own_tries_and_by_no_others(ana):
    assert [post_password(ana, password="wrong").status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = post_password(ana)
    assert answer.status_code == 429 and 0 < int(answer["Retry-After"]) <= 600
    assert post_password(Client(REMOTE_ADDR="203.0.113.9"))["Location"] == SECOND


def test_the_cookie_earns_tries_for_its_own_name_alone(ana):
    staff("ben")
    strangers_try("ben")
    assert post_password(ana, "ben").status_code == 429
    assert post_password(ana)["Location"] == SECOND


def test_a_password_alone_earns_nothing():
    with_app(staff())
    browser = Client()
    assert post_password(browser).status_code == 302
    assert settings.DEVICE_COOKIE_NAME not in browser.cookies
    strangers_try()
    assert post_password(browser).status_code == 429


@pytest.mark.parametrize("value", ["", "x", "a:b:c", "W10:1:2"])
def test_a_made_up_cookie_earns_nothing(value):
    staff()
    strangers_try()
    browser = Client(REMOTE_ADDR="203.0.113.9")
    browser.cookies[settings.DEVICE_COOKIE_NAME] = value
    assert post_password(browser).status_code == 429


def test_the_machines_clock_makes_no_browser_strange_and_half_a_year_does(ana, monkeypatch):
    request = ana.get(LOGIN).wsgi_request
    with time_machine.travel("2199-01-01", tick=False):
        assert known_devices.known_device(request, "ana")
    later = database_now() + known_devices.REMEMBERED + timedelta(seconds=2)
    monkeypatch.setattr(known_devices, "database_now", lambda: later)
    assert not known_devices.known_device(request, "ana")


def test_it_lets_nobody_in_and_names_nobody(ana):
    cookie = ana.cookies[settings.DEVICE_COOKIE_NAME]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (DESK, True, "Strict")
    assert cookie["max-age"] == known_devices.REMEMBERED.total_seconds()
    stranger = Client()
    stranger.cookies[settings.DEVICE_COOKIE_NAME] = cookie.value
    assert not is_logged_in(stranger) and "ana" not in cookie.value
    assert not list(stranger.get("/en/").cookies) and not stranger.get(LOGIN).cookies.get("session")


def test_colleagues_at_one_machine_are_each_known_the_latest_five(ana, client):
    names = [f"colleague-{number}" for number in range(known_devices.MOST)]
    for name in names:
        log_in(ana, with_app(staff(name)), name)
        ana.post("/admin/logout/")
    request = client.get(LOGIN).wsgi_request
    request.COOKIES = {settings.DEVICE_COOKIE_NAME: ana.cookies[settings.DEVICE_COOKIE_NAME].value}
    assert [bool(known_devices.known_device(request, name)) for name in ("ana", *names)] == [False] + [
        True
    ] * known_devices.MOST
    assert len({known_devices.known_device(request, name) for name in names}) == 1
