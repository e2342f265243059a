"""What the database refuses of guides, and what it does with them: order, deletion, the edition."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from citysolidarity.caching.edition import FIRST, EditionRow
from practices.models import Guide, GuideDocument, GuidePractice, GuideStep
from tests.people import a_practice
from tests.practices.guides.making import a_document, a_guide, a_step, put

pytestmark = pytest.mark.django_db


@transaction.atomic
def as_a_whole(act):
    act()
    connection.check_constraints()


def refuses(act, name):
    with pytest.raises(IntegrityError, match=name):
        as_a_whole(act)


def test_a_practice_stands_once_in_a_guide_and_in_any_number_of_guides():
    guide, practice = a_guide(), a_practice()
    put(practice, guide)
    put(practice, a_guide("The first 72 hours"))
    refuses(lambda: put(practice, guide, a_step(guide, "Again")), "guide_names_a_practice_once")


def test_the_step_of_another_guide_is_refused():
    step = a_guide("The first 72 hours").steps.get()
    refuses(lambda: put(a_practice(), a_guide(), step), "guidepractice_in_a_step_of_its_guide")
    guide = Guide.objects.get(slug="the-first-72-hours")
    row = a_document(guide)
    other = a_guide("After an election").steps.get()
    refuses(lambda: GuideDocument.objects.filter(pk=row.pk).update(step=other), "guidedocument_in_a_step_of_its_guide")


def test_only_what_was_published_is_withdrawn():
    today = timezone.localdate()
    refuses(lambda: a_guide(published_on=None, withdrawn_on=today), "guide_withdrawn_was_public")
    refuses(lambda: a_guide(withdrawn_on=today - timedelta(days=1)), "guide_withdrawn_was_public")


def test_what_is_added_without_a_place_comes_last():
    guide = a_guide()
    a_step(guide, "Settle who pays")
    guide.steps.create(heading="Before all", text="Talk.", position=0)
    a_step(guide, "At last")
    assert [step.heading for step in guide.steps.all()] == ["Before all", "Find homes", "Settle who pays", "At last"]


def test_everything_in_a_guide_goes_with_it_and_its_practices_stay():
    guide, practice = a_guide(), a_practice()
    put(practice, guide)
    a_document(guide)
    guide.delete()
    connection.check_constraints()
    left = [model.objects.count() for model in (GuideStep, GuidePractice, GuideDocument)]
    assert left == [0, 0, 0] and type(practice).objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda guide: Guide.objects.filter(pk=guide.pk).update(title="Homes"),
        lambda guide: guide.steps.update(text="Look around."),
        lambda guide: guide.guidepractices.update(why="Because."),
        lambda guide: guide.guidedocuments.all().delete(),
    ],
    ids=["the guide", "a step", "a practice in it", "a document"],
)
def test_a_change_of_a_guide_moves_the_edition(change):
    guide = a_guide()
    put(a_practice(), guide)
    a_document(guide)
    before = EditionRow.read(FIRST).number
    change(guide)
    assert EditionRow.read(FIRST).number > before
