"""Promise by deed: every number is the length of the list behind it, and nothing stands there before a curator decides."""

import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from pledges.deeds.matrix import WHATS, Deeds
from pledges.deeds.scope import Scope
from pledges.models import Clause, CommitmentQuestion, Deed, StatementVersion
from pledges.vocabularies import CLAUSE_CODES, CLAUSES_OF_THEMES, clauses_of
from practices.models import Practice
from practices.vocabularies import THEMES
from tests.people import a_city, a_practice
from tests.pledges.deeds.making import a_commitment, a_deed
from tests.pledges.signers import a_curator, a_draft, a_published, a_stated, a_version

pytestmark = pytest.mark.django_db
CELL = re.compile(r'<td data-tint="(\d)">\s*<a href="([^"]+)"\s+aria-label="[^"]*: (\d+)">(\d+)</a>')


def cells(page):
    return [(int(tint), url.replace("&amp;", "&"), int(count)) for tint, url, _said, count in CELL.findall(page.text)]


def test_the_table_names_every_theme_and_clauses_of_the_statement(starter):
    assert set(CLAUSES_OF_THEMES) == set(THEMES.codes)
    codes = [clause.code for clause in StatementVersion.objects.current("en").clauses.all()]
    assert tuple(codes) == CLAUSE_CODES
    assert {code for codes in CLAUSES_OF_THEMES.values() for code in codes} == set(CLAUSE_CODES)
    assert clauses_of(["culture-sport", "welcome", "unknown"]) == ["welcome", "host-communities", "facts"]


def test_a_proposal_is_made_once_and_shown_nowhere(client):
    a_version()
    practice = a_practice(themes=["welcome"])
    a_practice(published_at=None)
    call_command("tidy", verbosity=0)
    assert sorted(Deed.objects.values_list("practice", "clause")) == [(practice.pk, "facts"), (practice.pk, "welcome")]
    assert Deed.objects.propose() == 0
    page = client.get(reverse("deeds"))
    assert {count for _tint, _url, count in cells(page)} == {0}
    Practice.objects.update(themes=["reception"])
    assert Deed.objects.propose() == 0
    assert list(Deed.objects.values_list("clause", flat=True)) == ["welcome"], (
        "what nobody decided on follows the themes"
    )


def test_a_decision_stays_whatever_the_themes_say():
    practice = a_practice(themes=["welcome"])
    Deed.objects.propose()
    deed = Deed.objects.get(clause="facts")
    deed.refuse(a_curator())
    Practice.objects.update(themes=["health"])
    Deed.objects.propose()
    assert set(Deed.objects.values_list("clause", flat=True)) == {"facts", "services"}
    assert not Deed.objects.shown().exists()
    assert practice.deeds.count() == 2


def test_every_number_is_the_length_of_its_list(starter, client):
    curator = a_curator()
    Deed.objects.propose()
    for deed in Deed.objects.waiting()[:60]:
        deed.accept(curator)
    unsigned = Deed.objects.shown().filter(practice__city__signed_precision="").first()
    signed = a_published(city=unsigned.practice.city)
    promise = a_commitment(signed)
    CommitmentQuestion.objects.ask([promise])
    question = promise.questions.get()
    question.take("done", "It is open.", "https://www.amman.example/door")
    question.accept(curator)
    for query in ("", f"?country={signed.city.country}", f"?city={signed.city.slug}"):
        page = client.get(reverse("deeds") + query)
        assert page.status_code == 200
        found = cells(page)
        assert len(found) == 7 * (3 if "city" in query else 5) + 7 * 7
        assert sum(count for _tint, _url, count in found) > 0
        for tint, url, count in found:
            listed = client.get(url)
            assert listed.status_code == 200 and (tint == 0) == (count == 0)
            assert (
                listed.text.partition('<ul class="deed-list">')[2].partition("</ul>\n</div>")[0].count("<li>") >= count
            )
            assert (f": {count}</h2>" if count else ")</h2>") in listed.text


def test_the_columns_keep_apart_who_signed_what(client):
    version = a_version()
    here, named, other = a_published(version=version).city, a_stated(a_city("Vienna", "AT")).city, a_city("Graz", "AT")
    for city in (here, named, named, other):
        a_deed(a_practice(city=city))
    deeds = Deeds(Scope())
    counts = {code: len(deeds.keys("welcome", what)) for code, what in WHATS.items()}
    assert counts == {
        "practices": 4, "practices-signed": 1, "practices-named": 2, "practices-others": 1, "commitments": 0, "pages": 0,
    }  # fmt: skip
    austria = Deeds(Scope(country="AT"))
    assert len(austria.keys("welcome", WHATS["practices"])) == 3
    assert len(Deeds(Scope(city=other)).keys("welcome", WHATS["practices"])) == 1


def test_only_what_is_public_counts(client):
    version = a_version()
    a_commitment(a_draft(version=version))
    a_commitment(a_published(version=version, visibility="counted"))
    public = a_published(version=version)
    promise = a_commitment(public)
    archived = a_practice(city=public.city)
    a_deed(archived)
    archived.archive(why="x")
    deeds = Deeds(Scope())
    assert deeds.keys("welcome", WHATS["commitments"]) == [promise.pk]
    assert deeds.keys("welcome", WHATS["practices"]) == []
    public.withdraw()
    assert Deeds(Scope()).keys("welcome", WHATS["commitments"]) == []


@pytest.mark.parametrize(
    "query", ["?country=XX", "?city=nowhere-xx", "?city=%00", "?country=DE&country=FR", "?people=x"]
)
def test_an_address_typed_by_hand_is_no_error(client, query):
    a_version()
    assert client.get(reverse("deeds") + query).status_code == 200
    assert client.get(reverse("deeds_list", args=["welcome", "practices"]) + query).status_code == 200


def test_an_unknown_clause_or_column_is_not_found(client):
    a_version()
    assert client.get(reverse("deeds_list", args=["nothing", "practices"])).status_code == 404
    assert client.get(reverse("deeds_list", args=["welcome", "nothing"])).status_code == 404


def test_before_the_first_version_it_says_so(client):
    assert "has not been published here yet" in client.get(reverse("deeds")).text


def test_a_clause_of_a_new_version_keeps_its_deeds():
    a_deed(a_practice())
    a_version(promise="We welcome everybody.")
    clause = Clause.objects.get(version=StatementVersion.objects.current("en"))
    assert Deeds(Scope()).by_show([clause]).lines[0].practices == 1
