"""What is private is kept for a time and no longer; what is public stays, and every count with it."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone

from citysolidarity.http import throttle
from citysolidarity.http.throttle import Limit, LimitUse
from pledges import emails
from pledges.models import Commitment, CommitmentQuestion, Signature, SignatureContact, SignatureEvent
from pledges.retention import ERASED
from pledges.vocabularies import Kind, Refusal, State, Visibility
from tests.people import a_city
from tests.pledges.signers import (
    a_confirmed,
    a_curator,
    a_draft,
    a_published,
    a_verified,
    an_asked,
    make_older,
    put_right,
)

pytestmark = pytest.mark.django_db
SECONDS = timedelta(seconds=5)
NAME = {"signer_name": "Rana Haddad", "name_may_be_shown": True}


def tidy():
    call_command("tidy", verbosity=0)


def stored(signature) -> Signature:
    return Signature.objects.get(pk=signature.pk)


def has_contact(signature) -> bool:
    return SignatureContact.objects.filter(signature=signature).exists()


def test_a_draft_expires_after_seven_days_and_keeps_its_words_for_fourteen():
    draft = a_draft(institution="Typed by a stranger", **NAME)
    make_older(draft, drafted_at=timedelta(days=7) - SECONDS)
    tidy()
    assert stored(draft).state == State.DRAFTED
    make_older(draft, drafted_at=2 * SECONDS)
    tidy()
    assert stored(draft).state == State.EXPIRED
    make_older(draft, drafted_at=timedelta(days=7) - 2 * SECONDS)
    tidy()
    assert stored(draft).institution == "Typed by a stranger" and has_contact(draft)
    make_older(draft, drafted_at=2 * SECONDS)
    tidy()
    blank = stored(draft)
    assert (blank.institution, blank.signer_name, blank.name_may_be_shown, blank.office) == (
        ERASED,
        "",
        False,
        "unknown",
    )
    assert not has_contact(draft)
    assert [event.kind for event in blank.events.all()] == [Kind.DRAFTED, Kind.EXPIRED]


def test_a_fresh_link_keeps_an_old_draft_alive():
    draft = a_draft()
    make_older(draft, drafted_at=timedelta(days=15))
    with transaction.atomic():
        letter = emails.expired_link_resend.post(draft)
    tidy()
    assert stored(draft).state == State.DRAFTED and has_contact(draft)
    letter.posted_at -= timedelta(days=7) + SECONDS
    letter.save(update_fields=["posted_at"])
    tidy()
    assert stored(draft).state == State.EXPIRED and not has_contact(draft)


def test_what_a_stranger_sent_in_somebodys_name_is_blanked_after_fourteen_days():
    draft = a_draft(institution="Typed by a stranger")
    draft.disown()
    make_older(draft, drafted_at=timedelta(days=14) + SECONDS)
    tidy()
    assert stored(draft).institution == ERASED and not has_contact(draft)


@pytest.mark.parametrize("end", ["refused_at", "withdrawn_at"])
def test_who_signed_what_was_refused_or_withdrawn_is_erased_after_six_months(end):
    signature = a_confirmed(**NAME) if end == "refused_at" else a_published(**NAME)
    if end == "refused_at":
        signature.refuse(a_curator(), Refusal.NO_PROOF)
    else:
        signature.withdraw()
    dates = ("drafted_at", "confirmed_at", "verified_at", "published_at", end)
    make_older(signature, **dict.fromkeys(dates, timedelta(days=183) - SECONDS))
    tidy()
    assert has_contact(signature) and stored(signature).signer_name
    make_older(signature, **dict.fromkeys(dates, 2 * SECONDS))
    tidy()
    assert not has_contact(signature) and stored(signature).signer_name == ""
    assert stored(signature).institution == "Greater Amman Municipality"


def test_what_stands_is_never_touched():
    standing = [a_confirmed(**NAME), a_verified(**NAME), a_published(**NAME)]
    dates = ("drafted_at", "confirmed_at", "verified_at", "published_at")
    for signature in standing:
        make_older(signature, **dict.fromkeys(dates, timedelta(days=4_000)))
    tidy()
    assert all(has_contact(one) and stored(one).signer_name == "Rana Haddad" for one in standing)


def test_a_signature_shows_itself_on_its_day():
    signature = a_published(visibility=Visibility.FROM_DATE, public_from=date(2199, 1, 1))
    tidy()
    assert not signature.city.__class__.objects.get(pk=signature.city_id).is_signed
    Signature.objects.filter(pk=signature.pk).update(public_from=date(2020, 1, 1))
    tidy()
    assert signature.city.__class__.objects.get(pk=signature.city_id).is_signed


def test_of_an_internet_address_only_a_keyed_hash_is_kept_and_only_for_a_day():
    limit = Limit("sign posts", 5, hours=1)
    limit.take("203.0.113.77/32")
    (use,) = LimitUse.objects.all()
    assert bytes(use.who) == throttle.keyed_hash("sign posts", "203.0.113.77/32")
    assert b"203" not in bytes(use.who)
    LimitUse.objects.update(moments=[moment - timedelta(days=1) for moment in use.moments])
    tidy()
    assert not LimitUse.objects.exists()


def test_tidying_twice_moves_nothing_twice():
    draft = a_draft()
    make_older(draft, drafted_at=timedelta(days=20))
    tidy()
    before = list(SignatureEvent.objects.values()), list(Signature.objects.values())
    tidy()
    assert before == (list(SignatureEvent.objects.values()), list(Signature.objects.values()))


def test_the_commitments_of_a_blanked_draft_go_with_it():
    draft, standing = a_draft(), a_published()
    for one in (draft, standing):
        clause = one.version.clauses.first()
        Commitment.objects.create(signature=one, clause=clause, position=1, text="We will.", due=date(2199, 1, 1))
    make_older(draft, drafted_at=timedelta(days=14) + SECONDS)
    tidy()
    assert Commitment.objects.get().signature == standing


def test_what_a_curator_did_not_show_is_erased_after_six_months_and_the_state_stays():
    signature = an_asked()
    question = signature.commitments.get().questions.get()
    question.take("done", "It is open.", "https://www.amman.example/door")
    question.refuse(a_curator())
    rows = CommitmentQuestion.objects.filter(pk=question.pk)
    tidy()
    assert rows.get().text == "It is open."
    half_a_year = timedelta(days=184)
    rows.update(**{name: F(name) - half_a_year for name in ("asked_at", "answered_at", "refused_at")})
    tidy()
    assert (rows.get().text, rows.get().url, rows.get().state) == ("", "", "done")


def test_what_a_curator_shows_is_kept():
    question = an_asked().commitments.get().questions.get()
    question.take("done", "It is open.")
    question.accept(a_curator())
    half_a_year = timedelta(days=400)
    CommitmentQuestion.objects.update(
        **{name: F(name) - half_a_year for name in ("asked_at", "answered_at", "accepted_at")}
    )
    tidy()
    assert CommitmentQuestion.objects.get(pk=question.pk).text == "It is open."


def test_who_signed_goes_six_months_after_a_correction_took_its_place_unless_still_shown():
    replaced, waits = a_published(**NAME), a_published(city=a_city("Zarqa"), **NAME)
    put_right(replaced)
    put_right(waits, visibility="from-date", public_from=timezone.localdate() + timedelta(days=400))
    Signature.objects.filter(superseded_at__isnull=False).update(superseded_at=Now() - timedelta(days=184))
    tidy()
    assert not has_contact(replaced) and stored(replaced).signer_name == ""
