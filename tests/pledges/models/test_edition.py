"""Public signatures move the edition, so that kept pages end; drafts move nothing, so that nobody waits for them."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from citysolidarity.caching.edition import FIRST, EditionRow
from pledges.models import Milestone
from tests.people import a_practice
from tests.pledges.deeds.making import a_deed
from tests.pledges.signers import a_curator, a_draft, a_lead_curator, a_published, a_verified, a_version, an_asked
from tests.practices.guides.making import a_guide, put
from tests.practices.library.making import a_document, a_network, joins, names, shows

pytestmark = pytest.mark.django_db


def edition():
    return EditionRow.read(FIRST).number


def test_a_draft_moves_nothing_until_it_is_published():
    a_version()
    signature = a_draft()
    before = edition()
    signature.confirm()
    a_draft(city=signature.city)
    assert edition() == before
    a_published()
    assert edition() > before


@pytest.mark.parametrize(
    "change",
    [
        lambda signature: signature.withdraw(a_lead_curator(), reason="The council asked for it."),
        lambda signature: signature.evidence.update(note="Seen again."),
        lambda signature: type(signature).objects.filter(pk=signature.pk).update(institution="Amman"),
        lambda signature: Milestone.objects.create(count=300, on=date(2025, 11, 1), source_publisher="UNHCR"),
    ],
    ids=["withdrawn", "its evidence", "its institution", "a milestone"],
)
def test_a_change_of_what_is_shown_moves_the_edition(change):
    signature = a_published()
    before = edition()
    change(signature)
    assert edition() > before


def test_evidence_of_what_is_not_public_moves_nothing():
    signature = a_verified(by=a_curator())
    before = edition()
    signature.evidence.update(note="Seen again.")
    assert edition() == before


def test_pages_of_signatures_are_kept_until_something_changes(client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("citysolidarity.caching.page_cache.BYTES_KEPT", 1_000_000)
    signature = a_published()
    addresses = [reverse("signatories"), reverse("signatories") + "?view=table", signature.get_absolute_url()]
    tags = [client.get(address).headers["ETag"] for address in addresses]
    for address, tag in zip(addresses, tags, strict=True):
        with django_assert_num_queries(2):  # both look at the edition
            assert client.get(address, headers={"if-none-match": tag}).status_code == 304
            assert client.get(address).status_code == 200
    assert len(set(tags)) == 3
    signature.withdraw(a_lead_curator(), reason="The council asked for it.")
    assert signature.city.name not in client.get(addresses[0]).text
    assert client.get(addresses[2]).status_code in {404, 410}


def test_no_kept_page_reads_a_table_that_does_not_move_the_edition(client):
    """A page that shows another table would go on showing what stood there before."""
    signature = an_asked()
    a_deed(a_practice(city=signature.city))
    entry = a_practice(city=signature.city)
    guide = a_guide()
    put(entry, guide)
    document, network = a_document(), a_network()
    shows(document, entry, 1)
    names(document, entry.city)
    joins(network, entry.city)
    entry.elsewhere.create(url="https://urbact.eu/parks", platform="urbact")
    shown = [document.get_absolute_url(), network.get_absolute_url()]
    shown += [entry.get_absolute_url(), signature.city.get_absolute_url(), signature.get_absolute_url()]
    shown += [address + "card.png" for address in (*shown[:2], *shown[3:])]
    shown += [guide.get_absolute_url(), guide.get_absolute_url() + "card.png"]
    lists = [
        *map(reverse, ("home", "cities", "coverage", "guides", "statement", "signatories", "supports")),
        *map(reverse, ("deeds", "statement_versions", "library", "timeline", "networks")),
        *(reverse("deeds_list", args=["welcome", what]) for what in ("practices-named", "commitments", "pages")),
        *(reverse("directory") + query for query in ("", "?view=map", "?q=parcs")),
    ]
    with CaptureQueriesContext(connection) as sent:
        for address in (*shown, *lists):
            assert client.get(address).has_header("ETag"), address
    read = set(
        re.findall(r'(?:FROM|JOIN) "?((?:practices|pledges)_\w+)\b(?!\()', " ".join(query["sql"] for query in sent))
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'edition_moved%'")
        watched = {name for (name,) in cursor}
    assert {"practices_practice", "practices_city", "pledges_signature", "pledges_commitment"} <= read
    assert {"pledges_askedcity", "pledges_supportmonth"} <= read
    assert {"practices_guide", "practices_guidestep", "practices_guidepractice", "practices_guidedocument"} <= read
    translations = {f"practices_{name}translation" for name in ("guide", "document", "network")}
    assert translations <= read
    assert {"practices_librarydocument", "practices_documentpoint", "practices_documentcity"} <= read
    assert {"practices_documentpractice", "practices_network", "practices_othermember", "practices_elsewhere"} <= read
    assert {f"pledges_{name}" for name in ("deed", "commitmentquestion", "election", "renewal", "versionmove")} <= read
    own = {"practices_edition", "practices_change", "practices_edition_numbers"}
    derived = {"practices_practicetext", "practices_rewording"}  # change with the practices and the terms alone
    # What of them becomes public saves the practice.
    touching = {"practices_report", "practices_enquiry", "practices_practicetranslation"}
    assert read - watched == own | derived | touching
