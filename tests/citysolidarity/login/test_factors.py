"""Setting up second factors: led there after the password, and changed after the login only with the password once more."""

import re
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.core.management import CommandError, call_command

from citysolidarity.login import factors, limits
from tests.login import DESK, PASSWORD, SECOND, code_of, is_logged_in, post_password, staff, with_app, wrong_code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("real_login")]
FACTORS, APP, PASSKEY, CODES = (f"/admin/factors/{page}" for page in ("", "app/", "passkey/", "codes/"))


def key_on(page) -> str:
    """The key that the page shows in letters."""
    return re.search(r'<code class="key">([A-Z2-7 ]+)</code>', page.content.decode())[1]


@pytest.fixture
def inside(client):
    """The client of somebody with an app who is logged in."""
    secret = with_app(staff())
    post_password(client)
    client.post(SECOND, {"code": code_of(secret)})
    return client


def test_whoever_has_none_is_led_to_set_one_up_and_reaches_nothing_else(client):
    staff()
    assert post_password(client)["Location"] == SECOND
    assert client.get(SECOND)["Location"] == FACTORS
    page = client.get(FACTORS).content.decode()
    assert APP in page and PASSKEY in page
    for path in (DESK, "/admin/practices/practice/", "/admin/sessions/", "/admin/password_change/"):
        assert client.get(path)["Location"].startswith("/admin/login/")
    assert client.get(CODES)["Location"] == FACTORS
    assert client.post(FACTORS, {"forget": "1"})["Location"] == FACTORS


def test_an_app_is_set_up_by_its_first_code_and_recovery_codes_come_with_it(client):
    user = staff()
    post_password(client, next="/admin/practices/city/")
    page = client.get(APP)
    secret = key_on(page)
    assert key_on(client.get(APP)) == secret  # the same until it is set up: a reload does not spoil what was scanned
    secret_url = factors.Adapter().build_totp_url(user, secret.replace(" ", ""))
    assert f"otpauth://totp/{user.username}?secret={secret.replace(' ', '')}" in secret_url
    assert '<svg class="qr"' in page.content.decode() and "data:" not in page.content.decode()
    assert "is wrong" in client.post(APP, {"code": wrong_code(secret)}).content.decode()
    assert not is_logged_in(client)
    done = client.post(APP, {"code": code_of(secret)})
    codes = re.findall(r"<code>(\d{8})</code>", done.content.decode())
    assert len(set(codes)) == 10
    assert 'href="/admin/practices/city/"' in done.content.decode()
    assert is_logged_in(client)
    assert codes[0] not in client.get(CODES).content.decode()  # shown once
    assert factors.use_code(user, codes[3])


def test_setting_up_is_slowed_down_too(client):
    staff()
    post_password(client)
    secret = key_on(client.get(APP))
    answers = [client.post(APP, {"code": wrong_code(secret)}).status_code for _ in range(limits.CODES.most + 1)]
    assert answers[-1] == 429 and set(answers[:-1]) == {200}


@pytest.mark.parametrize("path", [APP, CODES, FACTORS])
def test_inside_nothing_changes_without_the_password(inside, path):
    before = list(Authenticator.objects.values_list("pk", "data"))
    secret = key_on(inside.get(APP))
    posted = {"code": code_of(secret), "forget": str(before[0][0])}
    for password in ({}, {"password": ""}, {"password": "wrong"}):
        answer = inside.post(path, posted | password)
        assert answer.status_code == 200
    assert "This is not your password." in answer.content.decode()
    assert list(Authenticator.objects.values_list("pk", "data")) == before


def test_a_new_app_takes_the_place_of_the_old_one(inside):
    secret = key_on(inside.get(APP))
    inside.post(APP, {"code": code_of(secret), "password": PASSWORD})
    app = Authenticator.objects.get(type="totp")
    assert factors.Adapter().decrypt(app.data["secret"]) == secret.replace(" ", "")


def test_the_last_factor_stays(inside):
    [app] = Authenticator.objects.filter(type="totp")
    answer = inside.post(FACTORS, {"forget": app.pk, "password": PASSWORD}, follow=True)
    assert "your last second factor stays" in answer.content.decode()
    assert Authenticator.objects.filter(pk=app.pk).exists()


def test_of_two_factors_one_can_be_taken_away(inside):
    [app] = Authenticator.objects.filter(type="totp")
    assert 'name="forget"' not in inside.get(FACTORS).content.decode()
    key = Authenticator.objects.create(user=app.user, type="webauthn", data={"name": "old key"})
    assert "old key" in inside.get(FACTORS).content.decode()
    inside.post(FACTORS, {"forget": key.pk, "password": PASSWORD})
    assert list(Authenticator.objects.filter(user=app.user)) == [app]


def test_nobody_takes_a_colleagues_factor_away(inside):
    other = staff("ben")
    with_app(other)
    with_passkey = Authenticator.objects.get(user=other)
    inside.post(FACTORS, {"forget": with_passkey.pk, "password": PASSWORD})
    assert factors.are_set_up(other)


@pytest.mark.parametrize("forget", ["", "x", "0", "-1", "9" * 30, "²"])
def test_odd_factors_are_no_error_page(inside, forget):
    assert inside.post(FACTORS, {"forget": forget, "password": PASSWORD})["Location"] == FACTORS


def test_new_recovery_codes_make_the_old_ones_worthless(inside):
    user = Authenticator.objects.get().user
    old = factors.new_recovery_codes(user)
    page = inside.post(CODES, {"password": PASSWORD}).content.decode()
    assert len(re.findall(r"<code>\d{8}</code>", page)) == 10
    assert not factors.use_code(user, old[0])


def test_recovery_codes_that_allauth_made_before_still_work_once(inside):
    user = Authenticator.objects.get().user
    data = {"seed": factors.Adapter().encrypt("ab" * 40), "used_mask": 0}
    first, *_others = Authenticator.objects.create(user=user, type="recovery_codes", data=data).wrap().generate_codes()
    assert factors.use_code(user, first) and not factors.use_code(user, first)
    assert factors.of(user)["codes"] == 9


def test_a_secret_waits_in_the_session_encrypted(inside):
    secret = key_on(inside.get(APP)).replace(" ", "")
    assert inside.session[factors.NEW_APP] and secret not in str(dict(inside.session))
    inside.post(APP, {"code": code_of(secret), "password": PASSWORD})
    assert factors.NEW_APP not in inside.session


def test_a_passkey_that_answers_no_question_is_not_kept(inside):
    assert "publicKey" in inside.get(PASSKEY).context["question"]
    for credential in ("", "[]", "{}", '{"id": "x"}'):
        answer = inside.post(PASSKEY, {"credential": credential, "name": "key", "password": PASSWORD})
        assert answer.status_code == 200
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_the_desk_has_no_list_of_factors():
    """allauth would register one by itself, with the secrets in it."""
    assert not [model for model in admin.site._registry if model.__module__.startswith("allauth")]


def test_another_key_takes_over_the_secrets_and_the_former_one_may_go(client, settings):
    """Also those of recovery codes; and without the former key nothing is changed."""
    user, former = staff(), settings.SECRET_KEY
    secret, codes = with_app(user), factors.new_recovery_codes(user)
    settings.SECRET_KEY = "k7Qw2ZxV9bNm4RtY6UiO1pAsDfGh3JkL8eWcXzBnMqTyHgFdSaPoIuYtReWq"
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("encrypt_anew")
    settings.SECRET_KEY_FALLBACKS = [former]
    call_command("encrypt_anew", stdout=(told := StringIO()))
    assert told.getvalue().startswith("2 encrypted")
    settings.SECRET_KEY_FALLBACKS = []
    assert factors.use_code(user, code_of(secret))
    assert factors.use_code(user, codes[0])
    assert not factors.use_code(user, codes[0])
