"""Needs at the desk: curators write them, and see which no practice answers."""

import pytest

from practices.models import Need
from tests.desk import desk, form_of, save
from tests.login import at_the_desk, staff
from tests.people import a_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator():
    return at_the_desk(staff("ana", "Curator"))


def a_need(slug, *phrases):
    return Need.objects.create(slug=slug, phrases=[*(phrases or [slug])])


def listed(curator, **query):
    return [need.slug for need in curator.get(desk("need"), query).context["cl"].queryset]


def test_a_curator_writes_a_need_and_puts_practices_to_it(curator):
    practice = a_practice()
    typed = {"slug": "night-interpreters", "phrases": " \n", "needpractices-0-practice": practice.slug}
    assert save(curator, desk("need", "add"), **typed) == [["This field is required."]]
    assert save(curator, desk("need", "add"), **typed | {"phrases": "• interpreters at night\n\nintérprete "}) == []
    need = Need.objects.get()
    assert need.phrases == ["interpreters at night", "intérprete"] and str(need) == "interpreters at night"
    assert need.needpractices.get().answers
    page = desk("need", "change", need.pk)
    assert "slug" not in form_of(curator, page)
    assert save(curator, page, **{"needpractices-0-answers": ""}) == []
    assert not need.needpractices.get().answers
    twice = {"needpractices-1-practice": practice.slug, "needpractices-TOTAL_FORMS": 2}
    assert save(curator, page, **twice) != []


def test_the_list_counts_public_practices_and_shows_the_gaps(curator):
    answered, helped, old, _bare = (a_need(slug) for slug in ("answered", "helped", "old", "bare"))
    answered.needpractices.create(practice=a_practice())
    helped.needpractices.create(practice=a_practice(), answers=False)
    archived = a_practice()
    old.needpractices.create(practice=archived)
    archived.archive()
    page = curator.get(desk("need"))
    assert [(need.slug, need.answered, need.helped) for need in page.context["cl"].queryset] == [
        ("answered", 1, 0), ("bare", 0, 0), ("helped", 0, 1), ("old", 0, 0),
    ]  # fmt: skip
    assert listed(curator, answered="no") == ["bare", "helped", "old"]
    assert listed(curator, q="HELPED") == ["helped"]


def test_one_without_practices_is_deleted_and_no_other(curator):
    used, bare = a_need("used"), a_need("bare")
    used.needpractices.create(practice=a_practice())
    assert curator.post(desk("need", "delete", used.pk), {"post": "yes"}).status_code == 403
    curator.post(desk("need", "delete", bare.pk), {"post": "yes"})
    assert Need.objects.get() == used
