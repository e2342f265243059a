"""The letters: what stands in them, what never does, and when they are not sent at all."""

import re
from datetime import date

import pytest
from django.core import mail as sent
from django.db import IntegrityError, connection, transaction
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from citysolidarity.mail.tokens import TokenStatus
from pledges import emails
from pledges.models import SentForm, Signature, SignatureLetter
from pledges.models.letter import FIRST, ONCE, Purpose
from pledges.signing import alarm
from pledges.vocabularies import Refusal
from tests import letters
from tests.people import a_city
from tests.pledges.signers import (
    a_confirmed,
    a_curator,
    a_draft,
    a_due,
    a_published,
    a_verified,
    an_asked,
    an_offered,
)

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.pledges.email_links.link_urls")]
CANARY = "Kanarienvogel"


def work(act=letters.work):
    """Everything that is due is done; returns the letters that left."""
    sent.outbox.clear()
    act()
    return list(sent.outbox)


def posted(letter, signature):
    with transaction.atomic():
        row = letter.post(signature)
    (mail,) = work(letters.send)  # test_links_in_letters.py does it for each letter with the housekeeping
    return row, mail


def a_refused(code=Refusal.NO_PROOF, **facts):
    signature = a_confirmed(**facts)
    signature.refuse(a_curator(), code)
    return signature


def a_withdrawn(**facts):
    signature = a_confirmed(**facts)
    signature.withdraw()
    return signature


IN_STATE = {
    "confirm_signature": a_draft,
    "already_signed": a_draft,
    "expired_link_resend": a_draft,
    "confirmed_receipt": a_confirmed,
    "verified_notice": a_verified,
    "published_notice": a_published,
    "refused": a_refused,
    "withdrawal_link": a_confirmed,
    "correction_link": a_published,
    "withdrawn_receipt": a_withdrawn,
    "taken_away": a_withdrawn,
    "decision_taken_back": a_confirmed,
    **dict.fromkeys(("commitments_question", "commitments_reminder", "commitments_link"), an_asked),
    **dict.fromkeys(("renewal_question", "renewal_reminder", "renewal_link"), a_due),
    **dict.fromkeys(("new_version", "new_version_reminder", "new_version_link"), an_offered),
}
FOLLOWUP = (
    "commitments_question", "commitments_reminder", "commitments_link", "renewal_question", "renewal_link",
    "new_version", "new_version_link", "renewal_reminder", "new_version_reminder",
)  # fmt: skip


def test_every_letter_has_a_signature_to_be_tried_with():
    assert set(IN_STATE) == set(emails.LETTERS)
    assert {*FIRST, *ONCE} <= set(emails.LETTERS)


@pytest.mark.parametrize("name", IN_STATE)
def test_a_letter_holds_its_links_and_they_are_good(name):
    letter = emails.LETTERS[name]
    row, mail = posted(letter, IN_STATE[name]())
    html = mail.alternatives[0].content
    for purpose in letter.purposes:
        (token,) = re.findall(rf"/en/link/{purpose.value}/([\w-]+)/\s", mail.body)
        assert token == row.token(purpose)
        assert SignatureLetter.objects.open(token, purpose).verdict is TokenStatus.GOOD
        assert f'/link/{purpose.value}/{token}/"' in html
    assert mail.body.count("/link/") == len(letter.purposes)
    assert mail.subject and mail.subject == mail.subject.strip() and "\n" not in mail.subject
    assert "{" not in mail.body and "\n\n\n" not in mail.body
    assert SignatureLetter.objects.get(pk=row.pk).sent_at


AFTER_THE_CHECK = ("verified_notice", "published_notice")


@pytest.mark.parametrize("name", IN_STATE)
def test_nothing_that_was_typed_stands_in_a_letter_before_a_curator_has_looked(name):
    typed = {
        "institution": f"{CANARY} institution",
        "office": "other",
        "office_other": f"{CANARY} office",
        "signer_name": f"{CANARY} name",
    }
    _, mail = posted(emails.LETTERS[name], IN_STATE[name](**typed))
    written = mail.message().as_string() + mail.body + mail.alternatives[0].content
    if name in AFTER_THE_CHECK:
        assert f"{CANARY} institution" in written
        written = written.replace(f"{CANARY} institution", "")
    assert CANARY not in written


@pytest.mark.parametrize("name", [name for name in IN_STATE if name not in AFTER_THE_CHECK])
def test_a_city_that_was_typed_is_named_only_after_a_curator_has_looked(name):
    city = a_city(f"{CANARY} city", official_domain="amman.example")
    _, mail = posted(emails.LETTERS[name], IN_STATE[name](city=city))
    if name not in ("correction_link", *FOLLOWUP):  # here of a published signature
        assert CANARY not in mail.body + mail.subject and "your city" in mail.body
    _, mail = posted(emails.published_notice, a_published(city=a_city("L’Aquila & Co", "IT")))
    assert "for L’Aquila & Co is now published" in mail.body
    assert "for L’Aquila &amp; Co is now published" in mail.alternatives[0].content


@pytest.mark.parametrize("name", IN_STATE)
def test_a_city_of_the_list_of_places_is_named(name):
    city = a_city("Irbid", "JO", official_domain="amman.example", geonames_id=248946)
    _, mail = posted(emails.LETTERS[name], IN_STATE[name](city=city))
    assert "Irbid" in mail.subject and "Irbid" in mail.body


@pytest.mark.parametrize("name", ["confirm_signature", "already_signed", "expired_link_resend", "confirmed_receipt"])
def test_the_first_letters_give_the_reference_and_say_who_we_are(name):
    signature = IN_STATE[name]()
    SentForm.accepted("key", "{}", signature=signature)
    _, mail = posted(emails.LETTERS[name], signature)
    assert signature.sent_form.reference in mail.body
    assert "An open directory of what cities do to include people forced to flee." in mail.body


@pytest.mark.parametrize("name", ["confirm_signature", "already_signed", "expired_link_resend", "published_notice"])
def test_they_say_whose_text_is_signed(name):
    _, mail = posted(emails.LETTERS[name], IN_STATE[name]())
    assert "this directory’s own text, not UNHCR’s" in mail.body


@pytest.mark.parametrize("code", [code for code in Refusal if code != Refusal.NOT_ME])
def test_every_refusal_has_a_sentence_of_its_own(code):
    _, mail = posted(emails.refused, a_refused(code))
    paragraphs = mail.body.split("\n\n")
    assert len(paragraphs[2]) > 60
    assert paragraphs[2] != paragraphs[3]


def test_whoever_disowned_a_signature_gets_no_letter_about_it():
    signature = a_draft()
    signature.disown()
    with transaction.atomic():
        emails.refused.post(signature)
    assert work() == []


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "shown here, with its proof"),
        ({"visibility": "from-date", "public_from": date(2027, 1, 2)}, "published on 2 January 2027"),
        ({"visibility": "counted"}, "counted but not named"),
    ],
)
def test_the_notice_says_what_the_city_chose(facts, words):
    _, mail = posted(emails.published_notice, a_published(**facts))
    assert words in mail.body
    assert ("/en/signatories/" in mail.body) == (facts.get("visibility") != "counted")


def test_free_mail_is_told_that_it_takes_longer():
    for email in ("mayor@gmail.com", "mayor@elsewhere.example"):
        assert "takes longer" in posted(emails.confirmed_receipt, a_confirmed(email=email))[1].body
    assert "takes longer" not in posted(emails.confirmed_receipt, a_confirmed())[1].body


# --- the outbox ---------------------------------------------------------------------------


def test_the_outbox_holds_an_id_and_no_address():
    signature = a_draft(email=f"{CANARY}@amman.example")
    with transaction.atomic():
        row = emails.confirm_signature.post(signature)
    task = DBTaskResult.objects.get()
    assert task.args_kwargs == {"args": [str(row.pk)], "kwargs": {}}
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(row::text, '') FROM " + DBTaskResult._meta.db_table + " row")
        assert CANARY not in cursor.fetchone()[0]
        cursor.execute("SELECT string_agg(row::text, '') FROM pledges_signatureletter row")
        assert CANARY not in cursor.fetchone()[0]


def test_a_letter_of_a_rolled_back_transaction_is_never_sent():
    with transaction.atomic():
        emails.confirm_signature.post(a_draft())
        transaction.set_rollback(True)
    assert work() == []
    assert not SignatureLetter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_letter_is_posted_in_a_transaction_or_not_at_all():
    signature = a_draft()
    with pytest.raises(transaction.TransactionManagementError):
        emails.confirm_signature.post(signature)
    assert not SignatureLetter.objects.exists()


@pytest.mark.parametrize("name", [*FIRST, *ONCE])
def test_a_letter_that_leaves_once_is_refused_a_second_time(name):
    signature = IN_STATE[name]()
    posted(emails.LETTERS[name], signature)
    with pytest.raises(IntegrityError), transaction.atomic():
        emails.LETTERS[name].post(signature)
    assert work() == []


def test_a_draft_gets_one_first_letter_of_either_kind():
    signature = a_draft()
    posted(emails.already_signed, signature)
    with pytest.raises(IntegrityError), transaction.atomic():
        emails.confirm_signature.post(signature)


def test_a_letter_that_makes_no_sense_any_more_stays_unsent():
    signature = a_draft()
    with transaction.atomic():
        row = emails.confirm_signature.post(signature)
    signature.confirm()
    assert work() == []
    row.refresh_from_db()
    assert (row.sent_at, row.bounced_at, row.reply) == (None, None, "not needed")


def test_an_erased_contact_gets_nothing_and_troubles_nobody():
    signature = a_draft()
    with transaction.atomic():
        emails.confirm_signature.post(signature)
    signature.contact.delete()
    assert work() == []
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_a_letter_leaves_in_the_language_in_which_it_was_asked_for(settings):
    settings.LANGUAGES = [("en", "English"), ("ar", "Arabic")]
    with translation.override("ar"), transaction.atomic():
        row = emails.confirm_signature.post(a_draft())
    (mail,) = work()
    assert row.language == "ar"
    assert "/ar/link/confirm/" in mail.body
    assert '<html lang="ar" dir="rtl">' in mail.alternatives[0].content


def test_every_link_names_the_purpose_it_was_made_for():
    assert {purpose for letter in emails.LETTERS.values() for purpose in letter.purposes} == set(Purpose)


# --- alarms --------------------------------------------------------------------------------


def test_an_alarm_reaches_every_curator_once_an_hour():
    a_curator(email="one@cities.example")
    a_curator(email="two@cities.example")
    a_curator()
    a_curator(email="gone@cities.example", is_active=False)
    assert [alarm.alarm_to_curators("drafts-wait") for _ in range(3)] == [2, 0, 0]
    mails = work()
    assert sorted(mail.to[0] for mail in mails) == ["one@cities.example", "two@cities.example"]
    assert "sent one after the other" in mails[0].body


def test_without_curators_the_alarm_goes_to_the_operator(settings):
    settings.CONTACT_EMAIL = "contact@cities.example"
    assert alarm.alarm_to_curators("drafts-wait") == 1
    assert [mail.to for mail in work()] == [["contact@cities.example"]]


def test_the_desk_can_list_what_did_not_arrive():
    bounced, _ = posted(emails.confirm_signature, a_draft())
    SignatureLetter.objects.filter(pk=bounced.pk).update(sent_at=None)
    bounced.mark_bounced("550 5.1.1")
    posted(emails.confirm_signature, a_draft())
    assert list(SignatureLetter.objects.undelivered()) == [bounced]
    assert Signature.objects.filter(letters__bounced_at__isnull=False).count() == 1
