"""Guides at the desk: composed on one page, logged, and removed step by step."""

import pytest
from django.contrib.admin.models import LogEntry

from practices.models import Guide
from tests.desk import desk, form_of, save
from tests.login import at_the_desk, staff
from tests.people import a_practice
from tests.practices.guides.making import a_document, a_guide, a_step, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator():
    return at_the_desk(staff("ana", "Curator"))


def page_of(guide):
    return desk("guide", "change", guide.pk)


def test_a_curator_begins_a_guide_with_its_steps(curator):
    page = desk("guide", "add")
    assert [one.opts.model.__name__ for one in curator.get(page).context["inline_admin_formsets"]] == ["GuideStep"]
    typed = {
        "title": "After an election", "slug": "after-an-election", "question": "How does the work go on?",
        "for_whom": "For people just elected.", "steps-0-heading": "Read", "steps-0-text": "Read first.",
    }  # fmt: skip
    assert save(curator, page, **typed) == []
    guide = Guide.objects.get()
    assert guide.published_on is None and guide.steps.get().heading == "Read"


def test_practices_and_documents_are_put_into_its_steps(curator):
    guide, practice = a_guide(), a_practice()
    step = guide.steps.get()
    other = a_guide("The first 72 hours").steps.get()
    fields = {
        "guidepractices-0-step": step.pk,
        "guidepractices-0-practice": f"https://cities.example{practice.get_absolute_url()}",
        "guidepractices-0-why": "It shows how.",
        "guidedocuments-0-step": step.pk, "guidedocuments-0-title": "Manual", "guidedocuments-0-publisher": "A network",
        "guidedocuments-0-url": "example.org/manual", "guidedocuments-0-year": "2020", "guidedocuments-0-why": "It explains.",
    }  # fmt: skip
    assert save(curator, page_of(guide), **fields | {"guidepractices-0-step": other.pk}) != []
    assert save(curator, page_of(guide), **fields) == []
    assert guide.guidepractices.get().practice == practice
    assert guide.guidedocuments.get().url == "https://example.org/manual"
    assert "Added practice in a guide" in LogEntry.objects.get().get_change_message()
    assert "It shows how." in curator.get(guide.get_absolute_url()).text


def test_an_address_without_an_entry_is_told(curator):
    guide = a_guide()
    fields = {"guidepractices-0-step": guide.steps.get().pk, "guidepractices-0-practice": "/practices/nowhere/"}
    assert ["There is no entry at this address."] in save(curator, page_of(guide), **fields)


def test_a_step_goes_with_what_stands_in_it_unless_that_is_moved_first(curator):
    guide = a_guide()
    step = a_step(guide, "Settle who pays")
    moved, lost = put(a_practice("Moved"), guide), put(a_practice("Lost"), guide)
    first = guide.steps.first().pk
    assert save(curator, page_of(guide), **{"steps-0-DELETE": "on", "guidepractices-0-step": step.pk}) == []
    assert not guide.steps.filter(pk=first).exists()
    assert list(guide.guidepractices.all()) == [moved] and guide.guidepractices.get().step == step
    assert not type(lost).objects.filter(pk=lost.pk).exists()


def test_nothing_is_put_into_a_step_that_is_being_removed(curator):
    guide = a_guide()
    place = put(a_practice(), guide)
    gone = {"steps-0-DELETE": "on", "guidepractices-0-why": "Another sentence."}
    assert save(curator, page_of(guide), **gone) == [["This step is being removed: select another one."]]
    assert guide.guidepractices.get() == place


def test_a_practice_stands_in_a_guide_once(curator):
    guide, practice = a_guide(), a_practice()
    put(practice, guide)
    again = {
        "guidepractices-1-step": guide.steps.get().pk, "guidepractices-1-practice": practice.slug,
        "guidepractices-1-why": "Again.",
    }  # fmt: skip
    assert save(curator, page_of(guide), **again) != []
    assert guide.guidepractices.count() == 1


def test_the_address_of_a_public_guide_stays(curator):
    guide = a_guide()
    assert "slug" not in form_of(curator, page_of(guide))
    assert "slug" in form_of(curator, page_of(a_guide("A draft", published_on=None)))
    assert save(curator, page_of(guide), title="", published_on="") != []


def test_the_page_says_which_practices_are_not_public(curator):
    guide = a_guide()
    put(a_practice("Plans", published_at=None), guide)
    assert "Draft: left out here." in curator.get(page_of(guide)).text


def test_nobody_deletes_a_guide_and_a_viewer_changes_none(curator):
    guide = a_guide()
    a_document(guide)
    viewer = at_the_desk(staff("vera", "Viewer"))
    assert viewer.get(page_of(guide)).status_code == 200
    assert {one.post(desk("guide", "delete", guide.pk)).status_code for one in (curator, viewer)} == {403}
    assert viewer.post(page_of(guide), {}).status_code == 403 and Guide.objects.get() == guide


def test_a_guide_needs_as_many_queries_for_many_practices_as_for_few(curator, django_assert_max_num_queries):
    guide = a_guide()
    for _ in range(2):
        put(a_practice(), guide)
    curator.get(page_of(guide))
    with django_assert_max_num_queries(60) as few:
        curator.get(page_of(guide))
    for _ in range(4):
        put(a_practice(), guide)
    with django_assert_max_num_queries(len(few.captured_queries) + 4 * 3):
        curator.get(page_of(guide))
