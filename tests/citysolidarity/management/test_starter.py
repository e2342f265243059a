"""A site begins with the starter directory or without it, and gets rid of it again where nobody has worked with it."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as usual
from django.core.management import CommandError, call_command
from django.db.models.functions import Now
from django.urls import reverse

from citysolidarity.attachments.models import Document
from citysolidarity.desk.acts import log_act
from citysolidarity.management.commands import up
from citysolidarity.management.commands.remove_starter import found
from pledges.models import AskedCity, Deed, Milestone, Signature, StatementVersion
from practices.models import City, Guide, GuideStep, LibraryDocument, Need, Network, Practice, PracticeTranslation
from tests.folders import ENTRY, TOWN, write
from tests.login import staff
from tests.people import a_city, a_practice
from tests.pledges.signers import a_curator, a_lead_curator, a_verified
from tests.practices.correspondence.letters import a_route
from tests.practices.library.making import a_document

FIXTURES = Path(usual.BASE_DIR) / "fixtures"
STARTER = (City, Practice, Guide, LibraryDocument, Need, Network, Signature, Milestone, Deed)


def load(**options) -> str:
    out = StringIO()
    call_command("load_directory", without_places=True, stdout=out, **options)
    return out.getvalue()


def remove(**options) -> str:
    out = StringIO()
    call_command("remove_starter", stdout=out, **options)
    return out.getvalue()


# --- begin without it ---------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_site_without_the_starter_directory_has_the_statement_alone(settings, client):
    settings.STARTER_DIRECTORY = False
    said = load()
    assert "versions of the statement (all new)" in said and "practices" not in said
    assert [model.__name__ for model in STARTER if model.objects.exists()] == []
    assert {version.language for version in StatementVersion.objects.valid()} == {"en", "fr", "es", "ar", "pt"}
    for name in ("home", "directory", "cities", "guides", "library", "signatories", "statement", "sign", "share"):
        assert client.get(reverse(name), follow=True).status_code == 200, name


@pytest.mark.django_db
def test_up_loads_what_is_wanted_once(settings, monkeypatch):
    asked = []
    monkeypatch.setattr(up, "call_command", lambda name, **options: asked.append(name))
    settings.STARTER_DIRECTORY = False
    up.load_when_empty()
    load()
    up.load_when_empty()
    settings.STARTER_DIRECTORY = True
    up.load_when_empty()
    a_practice()
    up.load_when_empty()
    assert asked == ["load_directory", "load_gazetteer", "load_directory", "load_gazetteer"]


# --- get rid of it ------------------------------------------------------------------------------


@pytest.fixture
def away(settings):
    settings.STARTER_DIRECTORY = False


def test_it_is_not_removed_while_a_load_would_bring_it_back(db, settings):
    settings.STARTER_DIRECTORY = True
    with pytest.raises(CommandError, match="STARTER_DIRECTORY=0"):
        remove(yes=True)


ALL = "5 guides, 133 documents, 237 needs, 197 practices, 41 networks, 136 signatures, 17 milestones, 289 cities"


def slugs(rows) -> set[str]:
    return set(rows.values_list("slug", flat=True))


def test_all_of_it_would_go_right_after_the_load_and_nothing_goes_unless_somebody_says_so(starter, away, capsys):
    Deed.objects.propose()
    with pytest.raises(CommandError, match="nobody to ask"):
        call_command("remove_starter")
    assert capsys.readouterr().out == f"These would go: {ALL}.\n"
    assert Practice.objects.count() == 197


def test_nothing_of_it_is_left_and_its_addresses_say_so(starter, away, client):
    addresses = [
        row.get_absolute_url()
        for row in (City.objects.signed()[0], Guide.objects.all()[0], LibraryDocument.objects.all()[0])
    ] + [row.get_absolute_url() for row in (Network.objects.all()[0], Signature.objects.all()[0])]
    assert f"Removed: {ALL}." in remove(yes=True)
    assert [model.__name__ for model in STARTER if model.objects.exists()] == []
    assert [client.get(address).status_code for address in addresses] == [410] * 5
    for name in ("home", "directory", "cities", "guides", "library", "signatories", "statement", "sign", "share"):
        assert client.get(reverse(name), follow=True).status_code == 200, name


def test_what_somebody_has_worked_with_stays(starter, away):
    """Each of these is kept for another reason, and named."""
    curator = staff("ana", "Curator")
    edited, translated, reviewed, noted, asked, decided, guided, shown = Practice.objects.order_by("slug")[:8]
    Practice.objects.filter(pk=edited.pk).update(summary="What we found out since.")
    PracticeTranslation.objects.filter(practice=translated, language="fr").update(title="Un autre titre")
    PracticeTranslation.objects.filter(practice=reviewed, language="es").update(published_by=curator)
    noted.review_comments.create(by=curator, text="Ask them in May.")
    a_route(asked)
    Deed.objects.propose()
    Deed.objects.filter(practice=decided).first().accept(curator)
    ours = Guide.objects.create(
        slug="ours", title="Ours", question="How?", for_whom="For us", published_on=date(2026, 1, 1)
    )
    step = GuideStep.objects.create(guide=ours, position=1, heading="One", text="Do.")
    ours.guidepractices.create(step=step, practice=guided, position=1, why="It fits.")
    a_document().documentpractices.create(practice=shown)
    changed = Guide.objects.exclude(pk=ours.pk).first()
    Guide.objects.filter(pk=changed.pk).update(question="How do we begin?")
    kept = {row.slug for row in (edited, translated, reviewed, noted, asked, decided, guided, shown)}
    kept |= set(changed.guidepractices.values_list("practice__slug", flat=True))
    look = found(FIXTURES)
    said = look.staying["practices"]
    assert set().union(*said.values()) == kept and len(kept) > 8
    assert {slug for reason, names in said.items() if "worked on" in reason for slug in names} == {
        edited.slug, translated.slug,
    }  # fmt: skip
    assert slugs(Practice.objects.filter(pk__in=look.going[Practice])) == slugs(Practice.objects.exclude(slug__in=kept))
    assert set(look.going[Guide]) == set(
        Guide.objects.exclude(pk__in=[ours.pk, changed.pk]).values_list("pk", flat=True)
    )
    homes = slugs(City.objects.filter(practices__slug__in=kept))
    assert homes <= set().union(*look.staying["cities"].values())


def test_signatories_documents_networks_and_cities_stay_that_somebody_has_worked_with(starter, away):
    curator = staff("ana", "Lead curator")
    corrected, withdrawn, replaced, lettered, asked = Signature.objects.live().order_by("pk")[:5]
    Signature.objects.filter(pk=corrected.pk).update(signed_by="as its council says")
    withdrawn.withdraw(a_lead_curator(), "It says it never signed.")
    replaced.supersede(a_curator(), a_verified(city=replaced.city))
    Document.add(b"%PDF-1.7", title="Letter", by=curator, signature=lettered)
    AskedCity.objects.create(city=asked.city)
    noted, read = LibraryDocument.objects.order_by("slug")[:2]
    LibraryDocument.objects.filter(pk=noted.pk).update(note="The second edition is out.")
    read.translations.filter(language="fr").update(reviewed_by=curator, reviewed_at=Now())
    joined, described, logged = Network.objects.order_by("slug")[:3]
    joined.memberships.create(city=a_city("Aarau", "CH"), source_url="https://example.org/members")
    Network.objects.filter(pk=described.pk).update(description="Ours.")
    log_act(logged, curator, "Read")
    look = found(FIXTURES)
    kept = {row.city.slug for row in (corrected, withdrawn, replaced, lettered)}
    assert set().union(*look.staying["signatures"].values()) == kept
    assert set().union(*look.staying["documents"].values()) == {noted.slug, read.slug}
    assert set().union(*look.staying["networks"].values()) == {joined.slug, described.slug, logged.slug}
    assert {asked.city.slug, *kept} <= set().union(*look.staying["cities"].values())
    said = remove(yes=True)
    assert "These signatures stay, for somebody has worked on them here (3): " in said
    assert slugs(Network.objects.all()) == {joined.slug, described.slug, logged.slug}
    assert Signature.objects.exclude(pk=replaced.pk).filter(city=replaced.city).exists()
    assert not City.objects.filter(pk=asked.city_id).signed().exists()


@pytest.mark.django_db
def test_what_goes_is_gone_for_good_and_what_is_ours_stays(away, client, tmp_path):
    other = TOWN | {"name": "Zarqa", "geonames_id": 250090}
    school = ENTRY | {"slug": "school-zarqa", "title": "A school", "city": "Zarqa"}
    write(tmp_path, cities=[TOWN, other], practices=[ENTRY, school])
    load(folder=tmp_path)
    mine = a_practice(slug="of-our-own", city=City.objects.get(name="Amman"))
    said = remove(folder=tmp_path, yes=True)
    assert (
        "Removed: 0 guides, 0 documents, 0 needs, 2 practices, 0 networks, 0 signatures, 0 milestones, 1 cities."
        in said
        and "These practices stay" not in said
    )
    assert list(Practice.objects.all()) == [mine] and list(City.objects.all()) == [mine.city]
    assert client.get("/en/practices/parks-amman/").status_code == 410
    assert "1 practice" in client.get(reverse("directory")).text
    load(folder=tmp_path)
    assert list(Practice.objects.all()) == [mine]
    assert "0 practices, 0 networks, 0 signatures, 0 milestones, 1 cities." in remove(folder=tmp_path, yes=True)
