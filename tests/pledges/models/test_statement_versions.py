"""A valid text never changes; one letter makes a new version; old signatures stay on theirs."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from pledges.models import Clause, StatementVersion
from pledges.models.statement import fingerprint
from tests.pledges.signers import a_draft, a_version

pytestmark = pytest.mark.django_db


def kept():
    return pytest.raises(IntegrityError, match="new version")


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another"},
        {"preamble": "We promise."},
        {"closing": "Join"},
        {"sha256": "0" * 64},
        {"number": 999},
        {"language": "fr"},
        {"valid_from": None, "sha256": ""},
    ],
    ids=str,
)
def test_a_valid_version_cannot_change(change):
    version = a_version()
    with kept():
        StatementVersion.objects.filter(pk=version.pk).update(**change)


def test_a_valid_version_cannot_be_deleted():
    version = a_version()
    with kept():
        StatementVersion.objects.filter(pk=version.pk).delete()


def test_a_clause_of_a_valid_version_cannot_change():
    version = a_version()
    with kept():
        version.clauses.update(promise="We welcome!")


def test_no_clause_joins_a_valid_version():
    version = a_version()
    with kept():
        Clause.objects.create(version=version, position=2, code="more", title="More", promise="More.")


def test_no_clause_moves_out_of_a_valid_version():
    version, draft = a_version(), a_version(valid_from=None)
    draft.clauses.all().delete()
    with kept():
        version.clauses.update(version=draft)


def test_a_draft_may_change():
    draft = a_version(valid_from=None)
    draft.clauses.update(promise="We shall welcome.")
    draft.clauses.all().delete()
    draft.delete()


def test_one_letter_changes_the_fingerprint():
    assert a_version(promise="We welcome.").sha256 != a_version(promise="We welcome!").sha256


def test_the_same_letters_have_the_same_fingerprint_however_they_are_composed():
    composed, decomposed = a_version(promise="Ōmura"), a_version(promise="O\u0304mura")
    assert composed.sha256 == decomposed.sha256


def test_the_fingerprint_is_that_of_the_text():
    version = a_version()
    assert version.sha256 == fingerprint("en\n\nStatement\n\nWe promise:\n\nWelcome\nWe welcome.\n\nJoin us.")
    assert "".join(version.sha256_groups) == version.sha256


def test_an_old_signature_stays_on_its_version():
    old = a_version()
    signature = a_draft(version=old)
    a_version()
    signature.confirm()
    signature.refresh_from_db()
    assert signature.version == old


def test_the_current_version_is_the_newest_whose_day_has_come():
    today = timezone.now().date()
    a_version(valid_from=today - timedelta(days=2))
    newest = a_version(valid_from=today)
    a_version(valid_from=today + timedelta(days=1))
    a_version(valid_from=None)
    assert StatementVersion.objects.current("en") == newest


def test_readers_get_their_language_or_english():
    english = a_version(number=1)
    arabic = a_version(language="ar", number=1)
    assert StatementVersion.objects.current("ar") == arabic
    assert StatementVersion.objects.current("pt") == english


def test_a_newer_wording_is_read_in_english_until_it_is_translated():
    a_version(number=1), a_version(language="ar", number=1)
    newer = a_version(number=2)
    assert StatementVersion.objects.current("ar") == newer
    assert StatementVersion.objects.current("ar") == StatementVersion.objects.current("en")
    translated = a_version(language="ar", number=2)
    assert StatementVersion.objects.current("ar") == translated and StatementVersion.objects.current("en") == newer


def test_before_the_first_version_there_is_none():
    assert StatementVersion.objects.current("en") is None
