"""The command that forgets somebody shows first what would go, and asks."""

import io

import pytest
from django.core.management import CommandError, call_command

from pledges.models import SignatureContact
from tests.dump import every_row
from tests.people import a_city
from tests.pledges.signers import a_published

pytestmark = pytest.mark.django_db
ADDRESS = "rana.haddad@amman.example"


class Terminal(io.StringIO):
    """Somebody who sits at the machine and types this."""

    def isatty(self):
        return True


@pytest.mark.parametrize("typed", ["", "\n", "n\n", "no\n", "yesterday\n"])
def test_it_asks_first_and_takes_only_a_yes(monkeypatch, capsys, typed):
    mine = a_published(email=ADDRESS)
    before = every_row()
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    call_command("forget", ADDRESS)
    assert every_row() == before
    said = capsys.readouterr().out
    assert f"1 signer of a signature; the signature stays:\n  signature {mine.pk}, Greater Amman Municipality" in said
    assert said.endswith("Nothing was erased.\n") and "is erased" not in said


@pytest.mark.parametrize("typed", ["y\n", "Yes\n"])
def test_a_yes_erases(monkeypatch, capsys, typed):
    a_published(email=ADDRESS)
    a_published(city=a_city("Irbid", "JO"), email=ADDRESS)
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    call_command("forget", ADDRESS)
    assert not SignatureContact.objects.exists()
    said = capsys.readouterr().out
    assert "2 signers of signatures; the signatures stay:" in said and said.endswith("All of this is erased.\n")


def test_where_nobody_can_be_asked_nothing_is_erased_without_the_option(monkeypatch, capsys):
    a_published(email=ADDRESS)
    monkeypatch.setattr("sys.stdin", io.StringIO("yes\n"))
    with pytest.raises(CommandError, match="Nothing was erased: there is nobody to ask here"):
        call_command("forget", ADDRESS)
    assert SignatureContact.objects.exists()
    call_command("forget", ADDRESS, "--noinput")
    assert not SignatureContact.objects.exists()


def test_an_address_that_is_nowhere_is_not_asked_about(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO())
    call_command("forget", ADDRESS)
    assert capsys.readouterr().out == f"Nothing about {ADDRESS} is kept.\n"
