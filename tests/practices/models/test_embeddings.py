"""What is kept of an entry's meaning follows its text, and nothing else."""

import pytest
from django.core.management import CommandError, call_command

from citysolidarity.caching.edition import FIRST, EditionRow
from citysolidarity.worker.signals import worker_idle
from citysolidarity.worker.worker import Worker
from practices.models import City, Practice, PracticeEmbedding
from practices.models.entries.embeddings_kept_up import keep_embeddings_up
from practices.search import embeddings
from tests.people import a_city, a_practice
from tests.practices.directory.meaning import embed_all, toy_model  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toy_model")]


def edition():
    return EditionRow.read(FIRST).number


@pytest.fixture(autouse=True)
def looks_anew():
    keep_embeddings_up.forget()


def test_each_public_entry_has_one_row_and_a_draft_has_none():
    a_practice(approach="They build a roof.")
    a_practice(published_at=None)
    assert embed_all() == 1
    row = PracticeEmbedding.objects.get()
    assert len(row.vectors) == 2 * embeddings.VECTORS * embeddings.SIZE
    assert str(row) == f"{embeddings.MODEL} of {row.practice_id}"


@pytest.mark.parametrize(
    ("change", "number"),
    [
        (lambda entry: Practice.objects.filter(pk=entry.pk).update(lessons="Ask early."), 1),
        (lambda entry: City.objects.filter(pk=entry.city_id).update(name="Quito"), 1),
        (lambda entry: entry.keywords.create(language="fr", phrases=["toits vacants"]), 1),
        (lambda entry: Practice.objects.filter(pk=entry.pk).update(area="Centro", started=2019), 0),
        (lambda entry: entry.sources.update(title="Another report"), 0),
    ],
    ids=["a section", "its city's name", "its keywords", "what is not embedded", "a source"],
)
def test_only_what_changed_is_embedded_anew(change, number):
    entry = a_practice()
    a_practice("Another")
    embed_all()
    change(entry)
    assert embed_all() == number
    assert PracticeEmbedding.objects.count() == 2


def test_a_new_model_embeds_everything_beside_the_old_rows(monkeypatch):
    a_practice()
    embed_all()
    monkeypatch.setattr(embeddings, "MODEL", "another")
    assert embed_all() == 1
    assert PracticeEmbedding.objects.count() == 2 and PracticeEmbedding.objects.of_model().count() == 1


def test_writing_moves_the_edition_and_looking_does_not():
    entry = a_practice()
    before = edition()
    embed_all()
    assert (after := edition()) > before
    assert EditionRow.read(before).changed == [entry.pk]
    embed_all()
    assert edition() == after


def test_they_go_with_their_entry():
    entry = a_practice()
    embed_all()
    entry.delete()
    assert not PracticeEmbedding.objects.exists()


def test_a_round_ends_after_its_time(toy_model):  # noqa: F811
    for _ in range(3):
        a_practice()
    [first] = PracticeEmbedding.objects.made(0)
    assert len(PracticeEmbedding.objects.made(60, [first])) == 2


def test_an_idle_worker_saves_once_when_nothing_is_missing_any_more(toy_model, monkeypatch):  # noqa: F811
    monkeypatch.setattr(keep_embeddings_up, "SECONDS", 0)
    entries = [a_practice() for _ in range(3)]
    before, worker = edition(), Worker()
    for _ in range(3):
        worker.tell_idle()
        assert edition() == before and not PracticeEmbedding.objects.exists()
    worker.tell_idle()
    assert PracticeEmbedding.objects.count() == 3
    assert sorted(EditionRow.read(before).changed) == sorted(entry.pk for entry in entries)


def test_an_entry_that_goes_meanwhile_stops_no_other(toy_model, monkeypatch):  # noqa: F811
    monkeypatch.setattr(keep_embeddings_up, "SECONDS", 0)
    gone, stays = a_practice(), a_practice("Another")
    worker = Worker()
    worker.tell_idle()
    worker.tell_idle()
    Practice.objects.filter(pk=gone.pk).delete()
    worker.tell_idle()
    assert [row.practice_id for row in PracticeEmbedding.objects.all()] == [stays.pk]


def test_an_idle_worker_embeds_and_then_only_looks(toy_model, django_assert_num_queries):  # noqa: F811
    a_practice(city=a_city())
    worker = Worker()
    for _ in range(3):
        worker.tell_idle()
    assert toy_model.embedded == 1
    with django_assert_num_queries(2):  # one of them looks for erasures to note
        worker.tell_idle()


def test_without_the_packages_the_worker_embeds_nothing(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(embeddings, "is_available", lambda: False)
    a_practice()
    with django_assert_num_queries(1):  # which looks for erasures to note
        Worker().tell_idle()
    with pytest.raises(CommandError, match="extra “meaning”"):
        call_command("embed_practices")


def test_a_receiver_that_fails_stops_no_worker(caplog):
    def breaks(**kwargs):
        raise ValueError("broken")

    worker_idle.connect(breaks)
    try:
        Worker().tell_idle()
    finally:
        worker_idle.disconnect(breaks)
    assert "broken" in caplog.text


def test_the_command_embeds_what_is_missing(capsys):
    a_practice()
    call_command("embed_practices")
    assert capsys.readouterr().out == "Entries: 1 embedded\n"
    assert PracticeEmbedding.objects.count() == 1
