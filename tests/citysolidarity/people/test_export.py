"""Whoever asks gets what is kept about them, and nothing about others."""

import json

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command

from citysolidarity.people.export import kept_about
from pledges.erasure import forget
from pledges.models import SupportContact
from practices.models import Asker, Enquiry
from tests.login import at_the_desk, staff
from tests.people import a_city, a_practice
from tests.pledges.signers import a_confirmed
from tests.pledges.supports.residents import a_support

pytestmark = pytest.mark.django_db
MINE, OTHERS = "rana@amman.example", "omar@amman.example"


@pytest.fixture
def told():
    a_confirmed(email=MINE.title(), signer_name="Rana Haddad", phone="+962 6 463 0001")
    a_confirmed(city=a_city("Irbid", "JO"), email=OTHERS, signer_name="Omar Nasser")
    question = Enquiry.accepted("key", "", practice=a_practice(), text="How did it begin?", language="en")
    Asker.objects.create(enquiry=question, email=MINE)
    a_support(a_city("Zarqa", "JO"), confirmed=True)
    SupportContact.objects.update(email=MINE, first_name="Rana")


def test_everything_about_one_person_is_exported_and_nothing_about_another(told):
    found = kept_about(MINE)
    assert {
        "pledges.SignatureContact",
        "pledges.Signature",
        "practices.Asker",
        "practices.Enquiry",
        "pledges.SupportContact",
    } <= set(found)
    words = json.dumps(found)
    assert all(word in words for word in ("Rana Haddad", "+962 6 463 0001", "How did it begin?"))
    assert "Omar" not in words and OTHERS not in words
    assert "nonce" not in words and '"key"' not in words


def test_the_command_prints_it_and_refuses_half_an_address(told, capsys):
    call_command("export_person", MINE)
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(kept_about(MINE)))
    with pytest.raises(CommandError):
        call_command("export_person", "rana")


def test_after_an_erasure_nothing_is_left_to_export(told):
    forget(MINE)
    assert kept_about(MINE) == {} and kept_about(OTHERS)


def test_a_lead_curator_downloads_it_by_a_press_and_the_log_says_so_without_the_address(told):
    desk = at_the_desk(staff("lea", "Lead curator"))
    assert "Download what is stored" in desk.post("/admin/people/forget/", {"address": MINE}).text
    answer = desk.post("/admin/people/forget/", {"address": MINE, "export": "yes"})
    assert answer["Content-Disposition"].startswith("attachment") and answer.json() == json.loads(
        json.dumps(kept_about(MINE))
    )
    assert MINE not in str(list(LogEntry.objects.values())) and LogEntry.objects.count() == 1
    assert (
        at_the_desk(staff("ana")).post("/admin/people/forget/", {"address": MINE, "export": "yes"}).status_code == 403
    )
