"""What people had done after the back-up is done again in the restored database, and to nobody else."""

import os
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from citysolidarity.attachments.models import Document
from citysolidarity.erasures import journal
from citysolidarity.erasures.models import ErasureAct, ErasureNote
from citysolidarity.mail.blocked_addresses import BlockedMailbox
from citysolidarity.people import erasing_again
from citysolidarity.people.erasing_again import ACTS, PEOPLE, erase_again
from pledges.erasure import forget
from pledges.models import SignatureContact, SupportContact
from pledges.vocabularies import State
from practices.models import Follower
from tests.forms import a_place
from tests.people import a_city
from tests.pledges.invitations.inviters import an_invitation
from tests.pledges.signers import a_confirmed, a_draft, a_published
from tests.pledges.supports.residents import a_support
from tests.practices.following.followers import a_following
from tests.practices.sharing.sharers import a_submission

pytestmark = pytest.mark.django_db


@contextmanager
def lost():
    """What is done in the block, the database forgets; the files keep its notes."""
    with transaction.atomic():
        yield
        journal.copy()
        transaction.set_rollback(True)


def test_every_act_of_a_person_is_done_again_once():
    withdrawn, restored, other = (
        a_published(),
        a_published(city=a_city("Irbid", "JO")),
        a_published(city=a_city("Aqaba", "JO")),
    )
    disowned = a_draft(city=a_city("Zarqa", "JO"))
    support, invitation = a_support(confirmed=True), an_invitation(confirmed=True)
    following = a_following("theme=housing", confirmed=True)
    a_place()
    submission = a_submission()
    by = other.events.exclude(by=None).first().by
    document = Document.objects.create(signature=other, title="Letter", size=1, digest="0" * 64, added_by=by)
    with lost():
        withdrawn.withdraw()
        restored.withdraw()
        restored.undo_withdrawal()
        disowned.disown()
        BlockedMailbox.objects.block("not.me@irbid.example")
        support.withdraw()
        invitation.withdraw()
        following.stop()
        submission.withdraw()
        Document.objects.filter(pk=document.pk).forget()
    assert ErasureNote.objects.count() == 0 and not BlockedMailbox.objects.holds("not.me@irbid.example")

    done = erase_again()
    assert done == dict.fromkeys(ACTS, 1) | {ErasureAct.SIGNATURE_WITHDRAWN: 2}
    for row in (withdrawn, restored, other, disowned, support, invitation, following, submission, document):
        row.refresh_from_db()
    states = [withdrawn.state, restored.state, other.state, disowned.state]
    assert states == [State.WITHDRAWN, State.PUBLISHED, State.PUBLISHED, State.REFUSED]
    assert support.withdrawn_at and invitation.withdrawn_at and following.stopped_at and submission.withdrawn_at
    assert document.deleted_at and BlockedMailbox.objects.holds("not.me@irbid.example")
    assert erase_again() == {}


@pytest.mark.parametrize("unblock", [False, True])
def test_a_person_is_known_by_their_address_wherever_it_stands(unblock, settings):
    ana = "Ana.Haddad@irbid.example"
    signature, other = a_confirmed(email=ana), a_published(city=a_city("Aqaba", "JO"), email="x" + ana)
    a_support(email=ana.lower())
    a_following("theme=housing", email=ana)
    noted = a_published(city=a_city("Zarqa", "JO"))
    noted.institution = f"Council ({ana}), Zarqa"
    noted.save(update_fields=["institution"])
    BlockedMailbox.objects.block(ana)
    with lost():
        forget(ana.upper(), unblock=unblock)
    content = "".join(path.read_text() for path in settings.ERASURES_ROOT.iterdir())
    assert "haddad" not in content.lower() and len(content.splitlines()) <= 3
    # Keys change; the old one is kept as long as what was made with it counts.
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key " * 6
    erase_again()
    emails = set(SignatureContact.objects.values_list("email", flat=True))
    assert emails == {other.contact.email, noted.contact.email}
    assert not SupportContact.objects.exists() and not Follower.objects.exists()
    noted.refresh_from_db()
    assert noted.institution == "Council ([erased]), Zarqa"
    signature.refresh_from_db()
    assert signature.confirmed_at and not signature.signer_name


def test_what_was_erased_before_the_back_up_is_not_erased_again():
    """Whoever signed anew after an erasure keeps what they signed then."""
    forget("ana@irbid.example")
    journal.copy()
    a_confirmed(email="ana@irbid.example")
    assert erase_again() == {} and SignatureContact.objects.filter(email="ana@irbid.example").exists()


def test_a_number_that_was_given_out_again_is_somebody_else():
    signature = a_published()
    with lost():
        signature.withdraw()
    type(signature).objects.filter(pk=signature.pk).update(drafted_at=signature.drafted_at - timedelta(days=1))
    assert erase_again() == {}


def test_a_line_that_was_cut_off_spoils_no_other(settings):
    settings.ERASURES_ROOT.mkdir()
    path = settings.ERASURES_ROOT / journal.file_of(datetime.now(UTC))
    path.write_text('{"id": "3f')
    with lost():
        a_support(confirmed=True).withdraw()
    assert [line.act for line in journal.missing()] == [ErasureAct.SUPPORT_WITHDRAWN]


def test_what_a_full_disk_took_half_of_is_not_called_copied(monkeypatch):
    ErasureNote.objects.note(ErasureAct.BLOCKED, "00")
    write = os.write
    with monkeypatch.context() as patched:
        patched.setattr(journal.os, "write", lambda file, data: write(file, data[: len(data) // 2]))
        with pytest.raises(OSError, match="No space left"):
            journal.copy()
    assert ErasureNote.objects.filter(copied_at__isnull=True).count() == 1
    assert journal.copy() == 1 and len(list(journal.read())) == 1


def test_an_act_that_fails_leaves_what_was_done_before_and_is_tried_again(monkeypatch):
    first, second = a_support(confirmed=True), an_invitation(confirmed=True)
    with lost():
        first.withdraw()
        second.withdraw()
    with monkeypatch.context() as patch:
        patch.setitem(erasing_again.ACTS, ErasureAct.INVITATION_WITHDRAWN, lambda key: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            erase_again()
    assert erase_again() == {ErasureAct.INVITATION_WITHDRAWN: 1}


def test_every_act_that_is_noted_can_be_done_again():
    assert {*ACTS, *PEOPLE} == set(ErasureAct)
