"""Whoever changes what pages show locks the edition before any row; whoever signs waits for nobody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pledges.models import AskedCity
from practices.models import City, ContactRoute, Guide, LibraryDocument, Network, Practice, PracticeTranslation, Source
from tests.pledges.signers import a_curator, a_published, a_verified

pytestmark = pytest.mark.django_db
LOCKED = [AskedCity, City, ContactRoute, Guide, LibraryDocument, Network, Practice, PracticeTranslation, Source]


def locks(act) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        act()
    return [query["sql"] for query in queries if "FOR UPDATE" in query["sql"]]


@pytest.mark.parametrize("model", LOCKED)
def test_rows_that_are_shown_are_locked_after_the_edition(model):
    edition, rows = locks(lambda: list(model.objects.select_for_update()))
    assert "practices_edition" in edition and model._meta.db_table in rows


def test_a_signature_that_is_shown_is_locked_after_the_edition_and_no_other():
    signature = a_verified(by=a_curator())
    assert not any("practices_edition" in query for query in locks(lambda: signature.reopen(a_curator())))
    first, *others = locks(a_published().withdraw)
    assert "practices_edition" in first and others
