"""The login of the desk: nobody is logged in before a password and a second factor, and trying is slowed down."""

from datetime import timedelta

import pytest
import time_machine
from allauth import urls
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.test import Client
from django.urls import get_resolver, reverse

from citysolidarity.database.clock import database_now
from citysolidarity.login import factors, limits
from citysolidarity.login.enrolment_links import link_for
from citysolidarity.login.login_steps import PENDING, PENDING_SECONDS
from tests.login import DESK, LOGIN, PASSWORD, SECOND, code_of, is_logged_in, post_password, staff, with_app, wrong_code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_login")]
SORRY = "Please enter the correct username and password"


def test_password_and_code_lead_to_where_one_wanted(client):
    secret = with_app(staff())
    wanted = reverse("admin:practices_city_changelist") + "?q=Amman"
    asked = client.get(wanted)
    assert asked["Location"].startswith(LOGIN)
    page = client.get(asked["Location"])
    assert post_password(client, next=page.context["next"])["Location"] == SECOND
    assert client.post(SECOND, {"code": code_of(secret)})["Location"] == wanted
    assert is_logged_in(client)
    assert client.get(LOGIN)["Location"] == DESK


def test_a_password_alone_opens_nothing(client):
    user = staff()
    with_app(user)
    before = User.objects.get().last_login
    post_password(client)
    assert not is_logged_in(client)
    assert client.get("/en/").wsgi_request.user.is_anonymous
    for name in ("factors", "factors_app", "factors_passkey", "factors_codes"):
        assert client.get(reverse(f"admin:{name}"))["Location"] == SECOND
    assert User.objects.get().last_login == before


def test_a_session_that_did_not_pass_the_second_factor_is_outside(client):
    client.force_login(staff())
    assert not is_logged_in(client)
    assert client.get(LOGIN).status_code == 200


@pytest.mark.parametrize("then", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_nobody_is_led_to_another_site(client, then):
    secret = with_app(staff())
    post_password(client, next=then)
    assert client.post(SECOND, {"code": code_of(secret)})["Location"] == DESK


def test_a_wrong_code_is_told_and_leads_nowhere(client):
    secret = with_app(staff())
    post_password(client)
    answer = client.post(SECOND, {"code": wrong_code(secret)})
    assert "This code is wrong" in answer.content.decode()
    assert not is_logged_in(client)


def test_a_code_is_taken_once(client):
    secret = with_app(staff())
    code = code_of(secret)
    post_password(client)
    assert client.post(SECOND, {"code": f" {code[:3]} {code[3:]}"}).status_code == 302
    other = Client()
    post_password(other)
    assert other.post(SECOND, {"code": code}).status_code == 200
    assert not is_logged_in(other)


def test_a_recovery_code_works_once(client):
    user = staff()
    with_app(user)
    first, *_others = factors.new_recovery_codes(user)
    post_password(client)
    assert client.post(SECOND, {"code": first}).status_code == 302
    assert factors.of(user)["codes"] == 9
    other = Client()
    post_password(other)
    assert other.post(SECOND, {"code": first}).status_code == 200
    assert not is_logged_in(other)


def test_the_second_factor_waits_a_quarter_of_an_hour(client):
    secret = with_app(staff())
    post_password(client)
    session = client.session
    session[PENDING] = [*session[PENDING][:2], session[PENDING][2] - PENDING_SECONDS, *session[PENDING][3:]]
    session.save()
    assert client.post(SECOND, {"code": code_of(secret)})["Location"] == LOGIN


def test_the_machines_clock_ends_no_login_and_no_link_of_somebody_new(client):
    secret = with_app(staff())
    path = link_for(staff("nia")).removeprefix("http://localhost:8000")
    post_password(client)
    with time_machine.travel("2199-01-01", tick=False):
        assert client.get(path).context["form"]
        assert client.post(SECOND, {"code": code_of(secret)}).status_code == 302
    assert is_logged_in(client)


def test_the_link_of_somebody_new_ends_after_three_days_of_the_database(client, monkeypatch):
    path = link_for(staff("nia")).removeprefix("http://localhost:8000")
    for days, is_good in ((2.9, True), (3.1, False)):
        later = database_now() + timedelta(days=days)
        monkeypatch.setattr("citysolidarity.login.enrolment_links.database_now", lambda later=later: later)
        assert bool(client.get(path).context["form"]) == is_good


def test_a_new_password_shuts_out_whoever_gave_the_old_one(client):
    user = staff()
    secret = with_app(user)
    post_password(client)
    user.set_password("another horse battery")
    user.save()
    assert client.post(SECOND, {"code": code_of(secret)})["Location"] == LOGIN


def test_another_secret_key_takes_no_code_and_no_recovery_code(client, settings):
    """An unreadable secret must never be taken for an empty one, whose codes anybody could work out."""
    user = staff()
    secret = with_app(user)
    codes = factors.new_recovery_codes(user)
    before = settings.SECRET_KEY
    settings.SECRET_KEY = "another-key-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEF"
    assert [factors.use_code(user, code) for code in (code_of(secret), codes[0])] == [None, None]
    assert factors.of(user)["codes"] == 0
    settings.SECRET_KEY_FALLBACKS = [before]
    assert factors.use_code(user, codes[0]) and factors.use_code(user, code_of(secret))


def test_secrets_are_not_readable_in_the_database():
    user = staff()
    secret = with_app(user)
    factors.new_recovery_codes(user)
    assert [row.type for row in Authenticator.objects.all() if secret in str(row.data)] == []


# --- one answer, and slower ---------------------------------------------------------------


def test_one_answer_for_a_wrong_password_an_unknown_name_and_no_staff(client):
    staff()
    User.objects.create_user("visitor", password=PASSWORD)
    staff("gone", is_active=False)
    tries = [("ana", "wrong"), ("nobody", "wrong"), ("visitor", PASSWORD), ("gone", PASSWORD)]
    pages = set()
    for name, password in tries:
        answer = post_password(client, name, password)
        token = answer.context["csrf_token"]
        pages.add((answer.status_code, answer.content.decode().replace(str(token), "").replace(name, "")))
    [(status, text)] = pages
    assert status == 200 and SORRY in text


@pytest.mark.parametrize("name", ["ana", "nobody"])
def test_too_many_passwords_are_slowed_down_and_never_locked(client, name):
    user = staff()
    answers = [post_password(client, name, "wrong").status_code for _ in range(limits.PASSWORDS.most + 1)]
    assert answers == [200] * limits.PASSWORDS.most + [429]
    answer = post_password(client, name)  # even with the right one
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 600
    assert "Too many attempts. Please wait" in answer.content.decode()
    user.refresh_from_db()
    assert user.is_active
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    assert post_password(elsewhere).status_code == 302  # a stranger's tries do not shut ana out where she is


def test_too_many_codes_are_slowed_down(client):
    secret = with_app(staff())
    post_password(client)
    answers = [client.post(SECOND, {"code": wrong_code(secret)}).status_code for _ in range(limits.CODES.most + 1)]
    assert answers == [200] * limits.CODES.most + [429]
    answer = client.post(SECOND, {"code": code_of(secret)})
    assert answer.status_code == 429 and int(answer["Retry-After"]) > 0
    assert not is_logged_in(client)


@pytest.mark.parametrize("posted", [{}, {"code": ""}, {"code": "x" * 999}, {"code": "١٢٣٤٥٦"}, {"code": "\0"}])
def test_odd_codes_are_no_error_page(client, posted):
    with_app(staff())
    post_password(client)
    assert client.post(SECOND, posted).status_code == 200


NO_PASSKEY = '{"id": "x", "rawId": "x", "response": {}, "type": "public-key"}'


@pytest.mark.parametrize("credential", ["", "x", "[]", "{}", '{"id": 1}', NO_PASSKEY])
def test_odd_passkeys_are_no_error_page(client, credential):
    with_app(staff())
    post_password(client)
    assert client.post(SECOND, {"credential": credential}).status_code == 200
    assert not is_logged_in(client)


# --- nothing else is open --------------------------------------------------------------------


def test_no_page_of_allauth_is_open(client):
    paths = list(allauth_paths(urls.urlpatterns))
    assert len(paths) > 15
    for prefix in ("/", "/accounts/", "/admin/", "/en/", "/en/accounts/"):
        for path in paths:
            if f"{prefix}{path}" in {LOGIN, "/admin/logout/"}:
                continue
            status = client.get(f"{prefix}{path}").status_code
            assert status == 404 or (prefix == "/admin/" and status == 302), f"{prefix}{path}: {status}"
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert not [name for name in names if name.startswith(("account_", "mfa_"))]


def allauth_paths(patterns, before=""):
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from allauth_paths(pattern.url_patterns, here)
        elif "(" not in here:
            yield here.replace("<int:pk>", "1")


# --- the link of somebody new --------------------------------------------------------------------


def test_a_link_sets_a_password_once(client):
    user = staff()
    path = link_for(user).removeprefix("http://localhost:8000")
    new = {"new_password1": "quite another battery", "new_password2": "quite another battery"}
    assert client.get(path).status_code == 200
    assert client.get(path).context["form"]  # looking does not use it up
    assert client.post(path, new | {"new_password2": "x"}).status_code == 200
    assert client.post(path, new)["Location"] == LOGIN
    assert not is_logged_in(client)
    assert post_password(client, password="quite another battery")["Location"] == SECOND
    assert client.get(path).context["form"] is None
    assert client.post(path, new).context["form"] is None


@pytest.mark.parametrize("secret", ["x", "x.y", "MQ.y", "ÿ.y", ".", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk.y"])
def test_a_made_up_link_opens_nothing(client, secret):
    answer = client.get(reverse("admin:welcome", args=[secret]))
    assert answer.status_code == 200 and answer.context["form"] is None
