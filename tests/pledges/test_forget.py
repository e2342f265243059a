"""Whoever asks to be forgotten is found nowhere any more, and nothing else is lost."""

import json
from datetime import date

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import transaction

from citysolidarity.mail.blocked_addresses import BlockedMailbox
from citysolidarity.mail.tokens import TokenStatus
from pledges import emails
from pledges.erasure import forget, preview
from pledges.models import (
    Commitment,
    CommitmentQuestion,
    Evidence,
    Signature,
    SignatureContact,
    SignatureEvent,
    SignatureLetter,
)
from pledges.models.letter import Purpose
from pledges.vocabularies import Proof, State, Visibility
from practices.models.entries.version import Version
from tests.dump import every_row, pg_dump
from tests.letters import work
from tests.people import a_city, a_practice
from tests.pledges.signers import a_confirmed, a_curator, a_draft, a_lead_curator, a_published

ADDRESS, PHONE, NAME = "rana.haddad+sign@amman.example", "+962 6 463 0001", "Rana Haddad"
PERSON = {"email": ADDRESS, "phone": PHONE, "signer_name": NAME}


def noted(signature, note):
    """What a curator wrote about a signature."""
    return Evidence.objects.create(
        signature=signature, kind=Proof.OTHER, seen_on=date(2026, 5, 4), note=note, by=a_curator()
    )


def rows_of_others(mine) -> dict:
    """Every row of the tables that hold words about signatures, but those of one signature."""
    rows = {
        model.__name__: [row for row in model.objects.order_by("pk").values() if row.get("signature_id") != mine.pk]
        for model in (SignatureContact, SignatureEvent, Evidence, Commitment)
    }
    return rows | {"Signature": list(Signature.objects.exclude(pk=mine.pk).order_by("pk").values())}


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
    noted(shown, f"{NAME}, {PHONE}")
    promise = shown.commitments.create(
        clause=shown.version.clauses.get(), position=1, text="Open a door.", due=date(2030, 1, 1), office=NAME
    )
    CommitmentQuestion.objects.ask([promise])
    promise.questions.get().take("done", f"Ask {NAME}.", "https://amman.example/rana-haddad")
    LogEntry.objects.create(
        user=a_curator(), content_type=ContentType.objects.get_for_model(SignatureContact), object_repr=ADDRESS,
        action_flag=CHANGE, change_message=f"{ADDRESS} was {ADDRESS.title()}",
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_dump_of_the_database_holds_nothing_of_the_person_and_the_count_is_right():
    a_life_in_the_database()
    before = pg_dump().lower()
    assert all(word.lower() in before for word in (ADDRESS, PHONE, NAME))
    draft = Signature.objects.in_state(State.DRAFTED).get()
    count, moves = Signature.objects.count_now(), history()
    call_command("forget", ADDRESS.title(), "--yes")
    after = pg_dump().lower()
    assert not [word for word in (ADDRESS, "haddad+sign", PHONE, NAME) if word.lower() in after]
    assert Signature.objects.count_now() == count and count["total"] == 2
    assert [move for move in history() if move not in moves] == [(draft.pk, "expired")]
    assert [move for move in history() if move in moves] == moves


def history():
    return list(SignatureEvent.objects.values_list("signature", "kind"))


@pytest.mark.django_db(transaction=True)
def test_events_are_as_safe_as_before_once_somebody_was_forgotten():
    a_life_in_the_database()
    call_command("forget", ADDRESS, "--yes")
    with pytest.raises(Exception, match="never changed or deleted"), transaction.atomic():
        SignatureEvent.objects.update(reason="other")


@pytest.mark.django_db
def test_others_stay_as_they_are():
    other = a_published(email="other." + ADDRESS, phone="+962 6 463 0002", signer_name="Sami Odeh")
    before = every_row()
    a_draft(city=other.city, email="somebody@else.example")
    call_command("forget", "somebody@else.example", "--yes")
    assert SignatureContact.objects.get() == other.contact
    after = every_row()
    assert after["pledges_evidence"] == before["pledges_evidence"]
    assert before["pledges_signature"][0] in after["pledges_signature"]


@pytest.mark.django_db
def test_an_address_inside_another_one_is_not_the_same(capsys):
    others = ["xa@b.example", "x.a@b.example", "x-a@b.example", "x+a@b.example", "a@b.example.org", "a@b.example-x.org"]
    kept = a_published(email="xa@b.example")
    a_draft(email="a@b.example")
    noted(kept, " ".join([*others, "a@b.example."]))
    call_command("forget", "a@b.example", "--yes")
    assert list(SignatureContact.objects.values_list("email", flat=True)) == ["xa@b.example"]
    assert Evidence.objects.get(kind=Proof.OTHER).note == " ".join([*others, "[erased]."])


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "@amman.example", "amman", "rana@", "rana@localhost", "%"])
def test_less_than_a_whole_address_is_refused(typed):
    with pytest.raises(CommandError, match="not a whole e-mail address"):
        call_command("forget", typed, "--yes")


@pytest.mark.django_db
def test_a_curators_account_is_not_emptied_in_passing():
    a_curator(email=ADDRESS)
    with pytest.raises(CommandError, match="account of the desk"):
        call_command("forget", ADDRESS, "--yes")


@pytest.mark.django_db
def test_letters_in_a_development_machines_folder_go_too(settings, tmp_path):
    settings.MAIL_OUTBOX = tmp_path
    (tmp_path / "1.eml").write_text(f"To: {ADDRESS}\n")
    (tmp_path / "2.eml").write_text(f"To: other.{ADDRESS}\n\nNot for {ADDRESS}.\n")
    call_command("forget", ADDRESS, "--yes")
    assert [file.name for file in tmp_path.iterdir()] == ["2.eml"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", [NAME, "Municipality", "municipality", "of", "Greater Amman Municipality", "Other", "(.*)"]
)
def test_nobody_elses_words_change_whatever_the_signer_is_called(name):
    """Two signers of one name, and names that are words of everybody's rows."""
    mine = a_published(email=ADDRESS, phone="", signer_name=name)
    for town in ("Irbid", "Zarqa"):
        other = a_confirmed(
            city=a_city(town, "JO"), email=f"office@{town}.example", signer_name=name, office="other",
            office_other=f"{name} of {town}", institution=f"{name} of {town}",
        )  # fmt: skip
        noted(other, f"{name} said that {NAME} of the Municipality signed, and other words.")
        other.withdraw(a_lead_curator(), f"{name} of the Municipality wrote (.*)")
        LogEntry.objects.create(
            user=a_curator(), content_type=ContentType.objects.get_for_model(Signature), object_id=str(other.pk),
            object_repr=str(other), action_flag=CHANGE, change_message=f"{name} of the Municipality",
        )  # fmt: skip
    before, log = rows_of_others(mine), list(LogEntry.objects.values())
    institution = mine.institution
    call_command("forget", ADDRESS, "--yes")
    assert rows_of_others(mine) == before and list(LogEntry.objects.values()) == log
    mine.refresh_from_db()
    assert (mine.signer_name, mine.institution) == ("", institution)


@pytest.mark.django_db
def test_name_and_telephone_go_from_what_curators_wrote_about_the_person():
    mine = a_published(**PERSON)
    other = a_published(city=a_city("Irbid", "JO"), email="sami@irbid.example", signer_name="Sami Haddad")
    words = "Mrs HADDAD, rana  haddad, +96264630001 or 962-6-463.0001; not Haddadin, not 0096264630001234."
    note, others = noted(mine, words), noted(other, words)
    mine.withdraw(a_lead_curator(), "x" * 291 + " Haddad " + "y")
    message = json.dumps([{"changed": {"name": "Rana", "object": "Rana Haddad", "fields": ["Note of Haddad"]}}])
    logged = LogEntry.objects.create(
        user=a_curator(), content_type=ContentType.objects.get_for_model(Evidence), object_id=str(note.pk),
        object_repr="Another proof", action_flag=CHANGE, change_message=message,
    )  # fmt: skip
    call_command("forget", ADDRESS, "--yes")
    for row in (note, others, logged):
        row.refresh_from_db()
    assert note.note == "Mrs [erased], [erased], [erased] or [erased]; not Haddadin, not 0096264630001234."
    assert others.note == words
    assert json.loads(logged.change_message) == [
        {"changed": {"name": "[erased]", "object": "[erased]", "fields": ["Note of [erased]"]}}
    ]
    assert mine.events.get(kind="withdrawn").reason == "x" * 291 + " [erased]"
    assert logged.get_change_message()


@pytest.mark.django_db
def test_the_log_of_a_signature_stays_readable_when_the_signer_is_called_like_a_key_of_it():
    mine = a_published(email=ADDRESS, signer_name="Changed Fields")
    logged = LogEntry.objects.create(
        user=a_curator(), content_type=ContentType.objects.get_for_model(Signature), object_id=str(mine.pk),
        object_repr=str(mine), action_flag=CHANGE, change_message=json.dumps([{"changed": {"fields": ["Note"]}}]),
    )  # fmt: skip
    call_command("forget", ADDRESS, "--yes")
    logged.refresh_from_db()
    assert logged.get_change_message() == "Changed Note."


@pytest.mark.django_db
def test_the_whole_address_goes_wherever_anybody_wrote_it_even_after_a_line_break():
    other = a_published(email="sami@irbid.example", institution=f"Office {ADDRESS}")
    practice = a_practice(partners=[ADDRESS, "A school"], challenge=f"Ask\n{ADDRESS}\nfirst.")
    Version.objects.keep([practice.pk])
    other.withdraw(a_lead_curator(), ADDRESS)
    call_command("forget", ADDRESS.upper(), "--yes")
    rows = str(every_row())
    assert ADDRESS not in rows.lower()
    practice.refresh_from_db()
    assert practice.partners == ["[erased]", "A school"] and practice.challenge == "Ask\n[erased]\nfirst."
    assert practice.versions.earliest("revision").record["challenge"] == "Ask\n[erased]\nfirst."
    assert Signature.objects.get().institution == "Office [erased]"


@pytest.mark.django_db
def test_a_draft_goes_whole_and_no_letter_of_the_person_opens_anything():
    draft = a_draft(**PERSON, signed_by="", institution="Club of Rana")
    with transaction.atomic():
        emails.confirm_signature.post(draft)
    token = SignatureLetter.objects.get().token(Purpose.CONFIRM)
    call_command("forget", ADDRESS, "--yes")
    draft.refresh_from_db()
    assert (draft.state, draft.institution, draft.signer_name) == (State.EXPIRED, "–", "")
    assert not SignatureLetter.objects.exists()
    assert SignatureLetter.objects.open(token, Purpose.CONFIRM).verdict is TokenStatus.ALTERED


@pytest.mark.django_db(transaction=True)
def test_looking_first_changes_nothing_and_says_what_the_act_does():
    a_life_in_the_database()
    before = every_row()
    shown = preview(ADDRESS)
    assert every_row() == before
    assert [len(shown[kind]) for kind in ("signatures", "drafts", "notes", "places")] == [3, 1, 3, 2]
    assert len(shown["commitment_answers"]) == 1
    assert forget(ADDRESS) == shown
    assert not any(preview(ADDRESS).values())


@pytest.mark.django_db
def test_the_mark_that_nothing_is_sent_there_stays_unless_it_is_to_go(capsys):
    BlockedMailbox.objects.block(ADDRESS)
    call_command("forget", ADDRESS, "--yes")
    assert "--unblock erases it too" in capsys.readouterr().out
    assert BlockedMailbox.objects.holds(ADDRESS)
    call_command("forget", ADDRESS, "--yes", "--unblock")
    assert not BlockedMailbox.objects.holds(ADDRESS)


@pytest.mark.django_db
def test_what_was_signed_in_the_persons_name_stays_and_is_told(capsys):
    mine = a_published(**PERSON | {"institution": "Office of Mayor Haddad"})
    call_command("forget", ADDRESS, "--yes")
    mine.refresh_from_db()
    assert mine.institution == "Office of Mayor Haddad"
    assert f"Look whether that is right:\n  signature {mine.pk}," in capsys.readouterr().out
