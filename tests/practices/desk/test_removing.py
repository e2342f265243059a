"""Taking away at the desk what should not stand there, with the roles that people have."""

import pytest
from django.contrib.admin.models import LogEntry

from practices.models import ContactRoute, Figure, Membership, Network
from practices.models.entries.version import Version
from tests.desk import desk, form_of, save
from tests.login import at_the_desk, staff
from tests.people import a_city, a_practice

pytestmark = pytest.mark.django_db
EDITORS = ("Curator", "Lead curator")


@pytest.fixture(params=EDITORS)
def editor(request):
    return staff("ana", request.param)


@pytest.fixture
def entry():
    """A public entry with two sources; the figure rests on the second."""
    practice = a_practice()
    second = practice.sources.create(title="Names people", publisher="B", url="https://example.org/b", position=1)
    Figure.objects.create(practice=practice, value="12", what="parks", year=2020, source=second)
    return practice


def page_of(entry):
    return desk("practice", "change", entry.pk)


def titles(entry):
    return list(entry.sources.values_list("title", flat=True))


def test_a_figure_goes_and_the_history_says_who_took_it_away(editor, entry):
    assert save(at_the_desk(editor), page_of(entry), **{"figures-0-DELETE": "on"}) == []
    assert not Figure.objects.exists() and titles(entry) == ["A report", "Names people"]
    after, before = Version.objects.all()
    assert [len(version.record["figures"]) for version in (after, before)] == [0, 1] and after.by == editor
    assert LogEntry.objects.get().get_change_message() == "Deleted figure “12 parks (2020)”."


def test_a_source_goes_and_the_history_says_who_took_it_away(editor, entry):
    assert save(at_the_desk(editor), page_of(entry), **{"sources-0-DELETE": "on"}) == []
    assert titles(entry) == ["Names people"]
    after, before = Version.objects.all()
    assert [len(version.record["sources"]) for version in (after, before)] == [1, 2] and after.by == editor
    assert LogEntry.objects.get().get_change_message() == "Deleted source “A report”."


def test_a_source_goes_together_with_the_figure_that_rests_on_it(editor, entry):
    gone = {"sources-1-DELETE": "on", "figures-0-DELETE": "on"}
    assert save(at_the_desk(editor), page_of(entry), **gone) == []
    assert titles(entry) == ["A report"] and not Figure.objects.exists()


def test_a_source_goes_when_its_figure_is_given_another_one(editor, entry):
    first = entry.sources.get(title="A report")
    changes = {"sources-1-DELETE": "on", "figures-0-source": first.pk}
    assert save(at_the_desk(editor), page_of(entry), **changes) == []
    assert titles(entry) == ["A report"] and Figure.objects.get().source == first


def test_a_figure_never_loses_its_source_unnoticed(editor, entry):
    said = save(at_the_desk(editor), page_of(entry), **{"sources-1-DELETE": "on"})
    assert "This source is being removed: select another one, or also remove what is based on it." in str(said)
    assert len(titles(entry)) == 2 and Figure.objects.exists()


def test_a_public_entry_keeps_one_source_and_a_draft_need_not(editor, entry):
    client, draft = at_the_desk(editor), a_practice(published_at=None)
    every = {"sources-0-DELETE": "on", "sources-1-DELETE": "on", "figures-0-DELETE": "on"}
    assert save(client, page_of(entry), **every) == ["A published practice keeps at least one source."]
    assert len(titles(entry)) == 2
    assert save(client, page_of(draft), **{"sources-0-DELETE": "on"}) == []
    assert titles(draft) == []


def test_a_mailbox_goes(editor, entry):
    ContactRoute.objects.create(practice=entry, email="office@amman.example")
    assert save(at_the_desk(editor), page_of(entry), **{"routes-0-DELETE": "on"}) == []
    assert not ContactRoute.objects.exists()


def test_a_city_is_taken_out_of_a_network_and_the_log_says_so(editor):
    network = Network.objects.create(slug="eurocities", name="Eurocities")
    city = a_city()
    Membership.objects.create(city=city, network=network, source_url="https://example.org/")
    assert save(at_the_desk(editor), desk("city", "change", city.pk), **{"memberships-0-DELETE": "on"}) == []
    assert not Membership.objects.exists()
    assert "Deleted membership" in LogEntry.objects.get().get_change_message()


def test_a_network_without_cities_goes_and_one_with_cities_stays(editor):
    used, unused = (Network.objects.create(slug=name, name=name) for name in ("used", "unused"))
    Membership.objects.create(city=a_city(), network=used, source_url="https://example.org/")
    client = at_the_desk(editor)
    chosen = {"action": "delete_selected", "_selected_action": [used.pk, unused.pk], "post": "yes"}
    assert client.post(desk("network", "delete", used.pk), {"post": "yes"}).status_code == 403
    assert client.post(desk("network"), chosen).status_code == 403
    assert client.post(desk("network", "delete", unused.pk), {"post": "yes"}).status_code == 302
    assert list(Network.objects.all()) == [used] and Membership.objects.exists()


@pytest.mark.parametrize("role", ["Viewer", "Translator"])
@pytest.mark.parametrize("removed", ["sources-0", "figures-0", "sources-1"])
def test_who_only_looks_takes_nothing_away(role, removed, entry):
    client = at_the_desk(staff("ben", role))
    posted = form_of(at_the_desk(staff()), page_of(entry)) | {f"{removed}-DELETE": "on"}
    assert "-DELETE" not in client.get(page_of(entry)).text
    assert client.post(page_of(entry), posted).status_code == 403
    assert len(titles(entry)) == 2 and Figure.objects.exists()
    network = Network.objects.create(slug="eurocities", name="Eurocities")
    assert client.post(desk("network", "delete", network.pk), {"post": "yes"}).status_code == 403
