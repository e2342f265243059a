"""`createcurator` makes somebody for the desk, once, and lets in anew whoever lost everything."""

import re

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from citysolidarity.login import factors
from tests.login import PASSWORD, at_the_desk, is_logged_in, staff, with_app

pytestmark = pytest.mark.django_db
ANA = {"name": "ana", "mail": "ana@city.example", "role": "Lead curator"}


def said(capsys, **options):
    call_command("createcurator", **options)
    return capsys.readouterr().out


def path_in(text):
    return re.search(r"http://localhost:8000(/admin/welcome/\S+)", text)[1]


def test_it_makes_a_curator_and_prints_a_link_and_no_password(capsys, client):
    text = said(capsys, **ANA)
    user = User.objects.get()
    assert (user.username, user.email, user.is_staff, user.is_superuser) == ("ana", "ana@city.example", True, False)
    assert [group.name for group in user.groups.all()] == ["Lead curator"]
    assert not user.has_usable_password()
    assert client.get(path_in(text)).context["form"]


def test_an_administrator_may_do_everything(capsys):
    said(capsys, **ANA | {"role": "Administrator"})
    assert User.objects.get().is_superuser


def test_a_second_time_nothing_happens(capsys):
    said(capsys, **ANA)
    before = User.objects.values().get()
    text = said(capsys, name="ana")
    assert "ana exists already (Lead curator); nothing was changed." in text
    assert "/admin/welcome/" not in text
    assert User.objects.values().get() == before


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (
            {"role": "King"},
            "There is no role 'King'; there are: Viewer, Translator, Curator, Lead curator, administrator.",
        ),
        ({"mail": "not an address"}, "Enter a valid email address."),
        ({"name": "a b"}, "Enter a valid username."),
        ({"name": "x" * 151}, "at most 150 characters"),
        ({"name": None}, "Say it with --name."),
        ({"mail": None}, "Say it with --mail."),
        ({"role": None}, "Say it with --role."),
    ],
)
def test_what_does_not_fit_is_told_in_a_sentence_and_nothing_is_made(wrong, sentence, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    with pytest.raises(CommandError, match=re.escape(sentence)):
        call_command("createcurator", **ANA | wrong)
    assert not User.objects.exists()


def test_it_asks_for_what_is_not_said(capsys, monkeypatch):
    answers = iter(["ana", "ana@city.example", ""])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    said(capsys)
    assert [group.name for group in User.objects.get().groups.all()] == ["Lead curator"]


def test_whoever_lost_everything_is_let_in_anew(capsys, client):
    user = staff()
    with_app(user)
    factors.new_recovery_codes(user)
    session = at_the_desk(user)
    text = said(capsys, name="ana", again=True)
    user.refresh_from_db()
    assert not factors.are_set_up(user) and factors.of(user)["codes"] == 0
    assert not user.check_password(PASSWORD)
    assert not is_logged_in(session)
    assert client.get(path_in(text)).context["form"]
    with pytest.raises(CommandError, match="There is no ben"):
        call_command("createcurator", name="ben", again=True)
