"""Whoever asks to be forgotten is found nowhere any more, and nothing else is lost."""

from datetime import date

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import transaction

from pledges import emails
from pledges.models import Evidence, Signature, SignatureContact, SignatureEvent
from pledges.vocabularies import Proof, Visibility
from tests.dump import every_row, pg_dump
from tests.letters import work
from tests.people import a_city
from tests.pledges.signers import a_confirmed, a_curator, a_draft, a_lead_curator, a_published

ADDRESS, PHONE, NAME = "rana.haddad+sign@amman.example", "+962 6 463 0001", "Rana Haddad"
PERSON = {"email": ADDRESS, "phone": PHONE, "signer_name": NAME}


def a_life_in_the_database():
    """One person in every place that can hold one: three signatures, and what curators wrote about them."""
    shown = a_published(**PERSON, name_may_be_shown=True)
    a_published(city=a_city("Irbid", "JO"), visibility=Visibility.COUNTED, **(PERSON | {"email": ADDRESS.upper()}))
    a_draft(city=a_city("Zarqa", "JO"), **PERSON)
    gone = a_confirmed(city=a_city("Aqaba", "JO"), **PERSON)
    with transaction.atomic():
        emails.confirmed_receipt.post(gone)
    work()
    gone.withdraw(a_lead_curator(), f"{NAME} wrote from {ADDRESS}")
    Evidence.objects.create(
        signature=shown, kind=Proof.OTHER, seen_on=date(2026, 5, 4), note=f"{NAME}, {PHONE}", by=a_curator()
    )
    LogEntry.objects.create(
        user=a_curator(), content_type=ContentType.objects.get_for_model(SignatureContact), object_repr=ADDRESS,
        action_flag=CHANGE, change_message=f"{ADDRESS} was {ADDRESS.title()}",
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_dump_of_the_database_holds_nothing_of_the_person_and_the_count_is_right():
    a_life_in_the_database()
    before = pg_dump().lower()
    assert all(word.lower() in before for word in (ADDRESS, PHONE, NAME))
    count, kinds = Signature.objects.count_now(), list(SignatureEvent.objects.values_list("signature", "kind", "at"))
    call_command("forget", ADDRESS.title())
    after = pg_dump().lower()
    assert not [word for word in (ADDRESS, "haddad+sign", PHONE, NAME) if word.lower() in after]
    assert Signature.objects.count_now() == count and count["total"] == 2
    assert list(SignatureEvent.objects.values_list("signature", "kind", "at")) == kinds


@pytest.mark.django_db(transaction=True)
def test_events_are_as_safe_as_before_once_somebody_was_forgotten():
    a_life_in_the_database()
    call_command("forget", ADDRESS)
    with pytest.raises(Exception, match="never changed or deleted"), transaction.atomic():
        SignatureEvent.objects.update(reason="other")


@pytest.mark.django_db
def test_others_stay_as_they_are():
    other = a_published(email="other." + ADDRESS, phone="+962 6 463 0002", signer_name="Sami Odeh")
    before = every_row()
    a_draft(city=other.city, email="somebody@else.example")
    call_command("forget", "somebody@else.example")
    assert SignatureContact.objects.get() == other.contact
    after = every_row()
    assert after["pledges_evidence"] == before["pledges_evidence"]
    assert before["pledges_signature"][0] in after["pledges_signature"]


@pytest.mark.django_db
def test_an_address_inside_another_one_is_not_the_same(capsys):
    a_published(email="xa@b.example")
    a_draft(email="a@b.example")
    call_command("forget", "a@b.example")
    assert list(SignatureContact.objects.values_list("email", flat=True)) == ["xa@b.example"]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "@amman.example", "amman", "rana@", "rana@localhost", "%"])
def test_less_than_a_whole_address_is_refused(typed):
    with pytest.raises(CommandError, match="not a whole mail address"):
        call_command("forget", typed)


@pytest.mark.django_db
def test_a_curators_account_is_not_emptied_in_passing():
    a_curator(email=ADDRESS)
    with pytest.raises(CommandError, match="account of the desk"):
        call_command("forget", ADDRESS)


@pytest.mark.django_db
def test_letters_in_a_development_machines_folder_go_too(settings, tmp_path):
    settings.MAIL_OUTBOX = tmp_path
    (tmp_path / "1.eml").write_text(f"To: {ADDRESS}\n")
    (tmp_path / "2.eml").write_text("To: other@amman.example\n")
    call_command("forget", ADDRESS)
    assert [file.name for file in tmp_path.iterdir()] == ["2.eml"]
