"""What a password may be: long, of any letters, taken as it is typed; and not what everybody would try first."""

import math

import pytest
from django.conf import global_settings
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.utils.module_loading import import_string

from citysolidarity.login.passwords import OWN_WORDS
from citysolidarity.login.sessions import CHANCE
from tests.login import SECOND, at_the_desk, code_of, is_logged_in, post_password, staff, with_app

pytestmark = pytest.mark.django_db
OLD = "correct horse battery"


def change(client, new, old=OLD):
    typed = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post("/admin/password_change/", typed)


@pytest.mark.parametrize(
    "word", ["CitySolidarity2026!", "withrefugees123", "UNHCR-curator-2026", "Solidaridad!!", "تضامن٢٠٢٦"]
)
def test_a_password_of_the_sites_own_words_is_refused_and_says_why(word):
    answer = change(at_the_desk(staff()), word).content.decode()
    assert "words that everybody expects here" in answer


@pytest.mark.parametrize("word", ["password1234", "qwertyuiop", "1q2w3e4r5t", "iloveyou"])
def test_a_password_that_is_known_from_breaches_is_refused(word):
    assert "too common" in change(at_the_desk(staff()), word).content.decode()


def test_a_short_one_is_refused_and_the_old_one_is_asked_for():
    client = at_the_desk(staff())
    assert "too short" in change(client, "k7f!aQz").content.decode()
    assert "was entered incorrectly" in change(client, "quite another x", old="guessed").content.decode()


@pytest.mark.parametrize(
    "new", ["all small letters", "  a blank on either side  ", "語" * 8, "x9 " * 40, "tschüß ’n’ roll"]
)
def test_any_letters_of_any_length_are_taken_exactly_as_typed(new, client):
    ana = staff()
    with_app(ana)
    assert change(at_the_desk(ana), new).status_code == 302
    ana.refresh_from_db()
    assert ana.check_password(new)
    assert not ana.check_password(new.strip() if new != new.strip() else new[:-1])
    assert post_password(client, password=new).status_code == 302


def test_it_is_hidden_while_it_is_typed_and_may_be_pasted_or_filled_in():
    form = str(SetPasswordForm(staff())["new_password1"])
    assert 'type="password"' in form and 'autocomplete="new-password"' in form
    assert "onpaste" not in form and "maxlength" not in form
    login = at_the_desk(staff("ben")).get("/admin/password_change/").content.decode()
    assert login.count('type="password"') == 3


def test_words_of_this_site_stand_in_the_list():
    assert {"citysolidarity", "withrefugees", "curator"} <= set(OWN_WORDS)
    assert all(word == word.casefold() and word.isalpha() for word in OWN_WORDS)


def test_they_are_stored_as_django_does_outside_the_tests():
    """The tests use a quick one. OWASP's least for PBKDF2 with SHA-256 are 600,000 rounds."""
    first = import_string(global_settings.PASSWORD_HASHERS[0])
    assert first is PBKDF2PasswordHasher and first.iterations >= 600_000


def test_a_session_key_has_128_bits_of_chance():
    assert CHANCE * math.log2(len(VALID_KEY_CHARS)) >= 128


def test_logging_in_changes_the_key_of_the_session(client):
    """A key that somebody knew before, or put into the browser, is worth nothing afterwards."""
    secret = with_app(staff())
    post_password(client)
    before = client.session.session_key
    client.post(SECOND, {"code": code_of(secret)})
    assert is_logged_in(client)
    after = client.session.session_key
    assert before and after and before != after
    client.cookies["session"] = before
    assert not is_logged_in(client)


def test_logging_out_leaves_nothing_of_the_desk_in_the_browser():
    client = at_the_desk(staff())
    page = client.get("/admin/")
    assert "no-store" in page["Cache-Control"]
    answer = client.post("/admin/logout/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_logged_in(client)
