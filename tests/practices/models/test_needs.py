"""What is kept of a need's meaning follows its phrases, and every change is seen."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError

from citysolidarity.caching.edition import FIRST, EditionRow
from citysolidarity.worker.worker import Worker
from practices.models import Need
from practices.models.entries.embeddings_kept_up import keep_embeddings_up
from practices.search import embeddings
from tests.people import a_practice
from tests.practices.directory.meaning import toy_model  # noqa: F401 - a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("toy_model")]


@pytest.fixture(autouse=True)
def looks_anew():
    keep_embeddings_up.forget()


@pytest.fixture
def need():
    return Need.objects.create(slug="roofs", phrases=["roof", "toit"])


def edition():
    return EditionRow.read(FIRST).number


def test_an_idle_worker_embeds_them_once(need, django_assert_num_queries):
    worker = Worker()
    for _ in range(3):
        worker.tell_idle()
    assert not Need.objects.missing().exists() and Need.objects.of_model().get() == need
    with django_assert_num_queries(2):  # one of them looks for erasures to note
        worker.tell_idle()


def test_new_phrases_or_a_new_model_embed_them_anew(need, monkeypatch):
    Need.objects.keep(Need.objects.made())
    Need.objects.update(phrases=["garden"])
    assert Need.objects.missing().exists()
    Need.objects.keep(Need.objects.made())
    assert not Need.objects.missing().exists()
    monkeypatch.setattr(embeddings, "MODEL", "another")
    assert Need.objects.missing().exists() and not Need.objects.of_model().exists()


def test_the_command_embeds_them(need, capsys):
    call_command("embed_practices")
    assert capsys.readouterr().out == "Needs: 1 embedded\n"


def test_every_change_moves_the_edition(need):
    seen = [edition()]
    answer = need.needpractices.create(practice=a_practice())
    seen.append(edition())
    for change in (
        lambda: need.needpractices.update(answers=False),
        answer.delete,
        lambda: Need.objects.update(phrases=["a\x0bb"]),
        need.delete,
    ):
        change()
        seen.append(edition())
    assert seen == sorted(set(seen))


def test_a_need_without_phrases_is_refused():
    with pytest.raises(IntegrityError):
        Need.objects.create(slug="empty", phrases=[])


def test_a_practice_that_goes_answers_no_need_any_more(need):
    practice = a_practice()
    need.needpractices.create(practice=practice)
    practice.delete()
    assert not need.needpractices.exists()
