"""The link that confirms; and what every link in a letter keeps to."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from pledges import emails
from pledges.models import Signature, SignatureEvent, SignatureLetter
from pledges.vocabularies import State
from tests.delays import waits
from tests.forms import heading
from tests.pledges.email_links.letters import link, make_old, posted
from tests.pledges.signers import a_confirmed, a_draft, a_due, a_published, an_asked, an_offered, make_older

pytestmark = pytest.mark.django_db


def stored(signature):
    return Signature.objects.get(pk=signature.pk)


def everything():
    """The rows that a link could change."""
    tables = (
        "pledges_signature", "pledges_signatureevent", "pledges_signatureletter", "citysolidarity_blockedmailbox",
        "pledges_commitmentquestion", "pledges_renewal", "pledges_versionmove", "pledges_election",
    )  # fmt: skip
    with connection.cursor() as cursor:
        found = []
        for table in tables:
            cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} t ORDER BY 1")
            found += cursor.fetchall()
    return found


def withdrawn():
    signature = a_published()
    signature.withdraw()
    return signature


LINKS = {
    "confirm": (a_draft, emails.confirm_signature),
    "disown": (a_draft, emails.confirm_signature),
    "withdraw": (a_published, emails.withdrawal_link),
    "correct": (a_published, emails.correction_link),
    "undo": (withdrawn, emails.withdrawn_receipt),
    "report_progress": (an_asked, emails.commitments_question),
    "renew": (a_due, emails.renewal_question),
    "move_version": (an_offered, emails.new_version),
}
links = pytest.mark.parametrize("purpose", LINKS)


def a_link(purpose):
    signer, letter = LINKS[purpose]
    row = posted(letter, signer())
    return row, link(row, purpose)


@links
def test_opening_a_link_ten_times_changes_nothing(client, purpose):
    _row, address = a_link(purpose)
    before = everything()
    for _ in range(10):
        page = client.get(address)
        assert page.status_code == 200 and client.head(address).status_code == 200
        assert page["Cache-Control"] == "no-store" and page["Referrer-Policy"] == "no-referrer"
    assert everything() == before
    assert page.text.partition("<main")[2].count("<button") == 1
    assert not client.cookies


@links
def test_the_page_does_not_repeat_the_secret(client, purpose):
    row, address = a_link(purpose)
    assert row.token(purpose) not in client.get(address).text


@links
def test_an_ended_link_says_so(client, purpose):
    row, address = a_link(purpose)
    make_old(row, days=60 if purpose in ("report_progress", "renew", "move_version") else 7, seconds=1)
    page = client.get(address)
    assert page.status_code == 410 and heading(page) == "This link has expired"
    assert ("Send me a new link" in page.text) == (purpose != "undo")
    assert client.post(address).status_code == 410
    assert page["Cache-Control"] == "no-store" and page["Referrer-Policy"] == "no-referrer"


@links
def test_a_used_link_says_so(client, purpose):
    row, address = a_link(purpose)
    SignatureLetter.objects.filter(pk=row.pk).update(used=[purpose])
    page = client.get(address)
    assert page.status_code == 410 and heading(page) == "This link has been used"


@links
def test_an_altered_link_says_so(client, purpose):
    row, _address = a_link(purpose)
    token = row.token(purpose)
    before = everything()
    for altered in (token[:-1], f"{token[:-1]}{'A' if token[-1] != 'A' else 'B'}", "x", "x" * 56, "\0" * 56, "é" * 56):
        page = client.get(reverse(purpose, args=[altered]))
        assert page.status_code == 404 and heading(page) == "This link is incomplete"
        assert client.post(reverse(purpose, args=[altered])).status_code == 404
    assert everything() == before


@links
def test_a_link_made_for_something_else_leads_to_its_page(client, purpose):
    row, address = a_link(purpose)
    wrong = "withdraw" if purpose != "withdraw" else "confirm"
    page = client.get(reverse(wrong, args=[row.token(purpose)]))
    assert page.status_code == 404 and heading(page) == "This link is for something else"
    assert f'href="{address}"' in page.text
    assert client.post(reverse(wrong, args=[row.token(purpose)])).status_code == 404


@pytest.mark.parametrize("purpose", ["confirm", "disown"])
def test_a_new_link_comes_by_letter_and_works(client, purpose):
    row, address = a_link(purpose)
    make_old(row, days=8)
    make_older(row.signature, drafted_at=timedelta(days=8))
    answer = client.post(address, {"again": "1"})
    assert answer["Location"] == reverse("done", args=["again"])
    fresh = SignatureLetter.objects.get(name="expired_link_resend")
    assert client.post(link(fresh, "confirm"))["Location"] == reverse("done", args=["confirmed"])
    assert stored(row.signature).state == State.CONFIRMED


def test_a_new_link_is_sent_three_times_a_day_at_most(client):
    row, address = a_link("confirm")
    make_old(row, days=8)
    DBTaskResult.objects.all().delete()
    assert {client.post(address, {"again": "1"}).status_code for _ in range(8)} == {302}
    assert SignatureLetter.objects.filter(name="expired_link_resend").count() == 6
    assert waits() == [0, 0, 0, 24, 24, 24], "hours"


def test_a_good_link_sends_no_new_one(client):
    _row, address = a_link("confirm")
    assert client.post(address, {"again": "1"})["Location"] == address
    assert SignatureLetter.objects.count() == 1


# --- confirming ------------------------------------------------------------------------


def test_the_button_confirms_and_posts_the_receipt(client):
    row, address = a_link("confirm")
    answer = client.post(address)
    assert answer["Location"] == reverse("done", args=["confirmed"])
    assert stored(row.signature).state == State.CONFIRMED
    assert SignatureLetter.objects.filter(name="confirmed_receipt").count() == 1
    assert heading(client.get(answer["Location"])) == "The signature is confirmed"


def letter_of(row):
    return SignatureLetter.objects.get(pk=row.pk)


def test_pressing_twice_confirms_once(client):
    row, address = a_link("confirm")
    answers = [client.post(address) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert len({answer["Location"] for answer in answers}) == 1, "whoever double-clicks reads what was done"
    assert client.get(address).status_code == 410
    used = [mark if "." not in mark else f"100.{mark.partition('.')[2]}" for mark in letter_of(row).used]
    SignatureLetter.objects.filter(pk=row.pk).update(used=used)
    assert client.post(address).status_code == 410, "years later it says how things stand now"
    assert SignatureEvent.objects.filter(kind="confirmed").count() == 1
    assert SignatureLetter.objects.filter(name="confirmed_receipt").count() == 1


def test_a_signature_that_moved_meanwhile_is_not_confirmed_and_the_link_stays_good(client):
    row, address = a_link("confirm")
    row.signature.disown()
    page = client.post(address)
    assert page.status_code == 409 and heading(page) == "This is no longer possible"
    assert SignatureLetter.objects.get(pk=row.pk).used == []


def test_an_outcome_that_nobody_knows_is_not_found(client):
    assert client.get(reverse("done", args=["nothing"])).status_code == 404


def test_what_was_typed_is_shown_as_text(client):
    row = posted(emails.confirm_signature, a_draft(institution="<b>City</b> & Co"))
    assert "&lt;b&gt;City&lt;/b&gt; &amp; Co" in client.get(link(row, "confirm")).text


def test_a_confirmed_signature_awaits_a_curator_and_is_on_no_page(client):
    signature = a_confirmed()
    assert client.get(signature.get_absolute_url()).status_code == 404
