"""Pages about the same practice on other platforms: proposed from the sources, shown once a curator has compared them."""

from collections import Counter

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from citysolidarity.desk.transitions import TransitionNotAllowed
from practices.models import Elsewhere, Practice
from practices.models.entries.elsewhere import Platform, platform_of
from tests.people import a_practice
from tests.pledges.desk.desk import somebody

pytestmark = pytest.mark.django_db
PAGE = "https://urbact.eu/good-practices/parks"


def described(practice=None, url=PAGE) -> Elsewhere:
    """A proposal for a practice, as the daily rules make it."""
    practice = practice or a_practice()
    practice.sources.create(title="Parks", publisher="URBACT", url=url)
    Elsewhere.objects.propose()
    return practice.elsewhere.get()


@pytest.mark.parametrize(
    ("url", "platform"),
    [
        ("https://globalcompactrefugees.org/good-practices/a", Platform.GCR),
        ("http://www.globalcompactrefugees.org", Platform.GCR),
        ("https://USE.metropolis.org/case-studies/a", Platform.METROPOLIS),
        ("https://www.metropolis.org/news/a", None),
        ("https://www.ufrgs.br/migracidades/a", Platform.MIGRACIDADES),
        ("https://www.ufrgs.br/MigraCidades", Platform.MIGRACIDADES),
        ("https://www.ufrgs.br/migracidades-2/", None),
        ("https://www.ufrgs.br/", None),
        ("https://participedia.net/case/5", Platform.PARTICIPEDIA),
        ("https://www.oecd-opsi.org/innovations/a/", Platform.OPSI),
        ("https://urbact.eu.example.org/a", None),
        ("https://noturbact.eu/a", None),
        ("https://[urbact.eu/a", None),
    ],
)
def test_the_platform_follows_from_the_address(url, platform):
    assert platform_of(url) == platform


def test_the_starter_directory_proposes_its_sources_on_platforms_and_shows_none(starter):
    assert Counter(Elsewhere.objects.values_list("platform", flat=True)) == {
        "gcr": 5, "metropolis-use": 3, "urbact": 2, "oecd-opsi": 1,
    }  # fmt: skip
    assert Elsewhere.objects.propose() == 0
    assert Elsewhere.objects.waiting().count() == 11 and not Elsewhere.objects.shown().exists()


def test_a_proposal_goes_with_its_source_and_a_decision_stays():
    practice, draft = a_practice(), a_practice(published_at=None)
    draft.sources.create(title="Parks", publisher="URBACT", url=PAGE)
    refused, gone = (f"{PAGE}/{number}" for number in (1, 2))
    for url in (refused, gone):
        practice.sources.create(title=url, publisher="URBACT", url=url)
    practice.sources.create(title="The same page again", publisher="URBACT", url=gone)
    call_command("tidy", verbosity=0)
    assert sorted(Elsewhere.objects.values_list("practice", "url")) == [(practice.pk, refused), (practice.pk, gone)]
    assert Elsewhere.objects.get(url=refused).refuse(somebody("Curator"))
    practice.sources.filter(publisher="URBACT").delete()
    assert Elsewhere.objects.propose() == 0
    assert list(Elsewhere.objects.values_list("url", flat=True)) == [refused]
    assert not Elsewhere.objects.waiting().exists() and not Elsewhere.objects.shown().exists()


def test_the_first_of_two_curators_at_once_decides_and_nobody_without_the_right():
    row = described()
    first, second = somebody("Curator"), somebody("Lead curator")
    same = Elsewhere.objects.get()
    assert row.accept(first) is True and same.accept(second) is False
    assert Elsewhere.objects.get().decided_by == first
    for user in (None, somebody("Viewer"), somebody("Translator")):
        with pytest.raises(TransitionNotAllowed):
            row.refuse(user)
    assert Elsewhere.objects.shown().count() == 1


def test_the_database_refuses_a_decision_of_nobody():
    described()
    with pytest.raises(IntegrityError, match="elsewhere_decided_by_somebody"), transaction.atomic():
        Elsewhere.objects.update(accepted_at=timezone.now())
    with pytest.raises(IntegrityError, match="elsewhere_platform_known"), transaction.atomic():
        Elsewhere.objects.update(platform="facebook")


def test_every_surface_shows_a_page_from_its_acceptance_to_its_refusal(client, monkeypatch):
    monkeypatch.setattr("citysolidarity.caching.page_cache.BYTES_KEPT", 1_000_000)
    row = described()
    curator = somebody("Curator")
    page, address = row.practice.get_absolute_url(), f"/api/v1/practices/{row.practice.slug}"

    def shown():
        """On the page, in its Markdown, in the API and in the lines of a download."""
        texts = client.get(page).text, client.get(f"{page.rstrip('/')}.md").text
        lines = client.get("/api/v1/practices.jsonl").getvalue().decode()
        record = client.get(address).json()["also_described_in"]
        return [
            "Also described in" in texts[0],
            "## Also described in" in texts[1],
            f'"checked_on":"{today}"' in lines,
            record,
        ]

    today = timezone.localdate().isoformat()
    nowhere = [False, False, False, []]
    assert shown() == nowhere
    row.accept(curator)
    told = {"platform": "urbact", "name": "URBACT", "url": PAGE, "checked_on": today}
    assert shown() == [True, True, True, [told]]
    text = " ".join(client.get(page).text.split())
    assert f'<a href="{PAGE}" rel="noopener">URBACT</a>' in text and "checked on " in text
    row.refuse(curator)
    assert shown() == nowhere
    row.accept(curator)
    Practice.objects.update(archived_at=timezone.now())
    assert not Elsewhere.objects.shown().exists()
