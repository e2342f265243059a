"""The versions of the statement: UNHCR's is described and linked, ours stand whole with their fingerprints."""

import pytest
from django.urls import reverse

from pledges.models import StatementVersion
from pledges.signatories import unhcr
from tests.pledges.signers import a_published, a_stated, a_version

pytestmark = pytest.mark.django_db


def test_unhcrs_statement_is_described_dated_and_linked_and_counts_the_named(client):
    a_version(number=501)
    a_stated(), a_published()
    page = client.get(reverse("statement_versions"))
    assert all(text.url in page.text for text in unhcr.TEXTS)
    assert "1 city on our list is named in public sources as signing it." in page.text
    assert "13 June 2018" in page.text
    assert "1 public signature of this version." in page.text


def test_each_version_stands_as_it_was_in_each_of_its_languages(starter, client):
    for version in StatementVersion.objects.valid().prefetch_related("clauses"):
        page = client.get(reverse("statement_version", args=[version.number]) + f"?language={version.language}")
        assert page.status_code == 200 and page.context["version"] == version
        assert all(group in page.text for group in version.sha256_groups)
        assert all(clause.title in page.text for clause in version.clauses.all())
    assert client.get(reverse("statement_version", args=[1])).context["is_newest"] is False


def test_a_number_or_language_that_is_none_is_no_fault(client):
    assert client.get(reverse("statement_version", args=[77])).status_code == 404
    a_version(number=501)
    assert client.get(reverse("statement_version", args=[501]) + "?language=tlh").status_code == 200
    assert client.get(reverse("statement_versions")).status_code == 200


def test_a_historical_signature_belongs_to_unhcrs_text(client):
    signature = a_stated()
    page = client.get(signature.get_absolute_url()).text
    assert f'href="{reverse("statement_versions")}#unhcr"' in page
