"""Two who edit the same row at once, on every page of the desk: what the other one saved is kept, or asked about."""

import re
from html import unescape

import pytest
from django.contrib import admin
from django.forms import ModelForm

from citysolidarity.desk.forms import DeskForm
from citysolidarity.desk.rows import LockedWhileSaving, NoneAddedOrDeleted
from practices.models import City, Need, Network
from tests.desk import desk, form_of
from tests.login import at_the_desk, staff
from tests.people import a_city, a_practice
from tests.practices.library.making import a_document, a_network

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator():
    return at_the_desk(staff("ana", "Curator"))


@pytest.fixture
def network():
    return a_network()


def send(curator, page, opened, **typed):
    answer = curator.post(page, opened | typed)
    return [*answer.context["errors"]] if answer.status_code == 200 else []


def marks_in(answer, name):
    return unescape(re.search(f'name="{name}" value="([^"]*)"', answer.text)[1])


def test_what_a_colleague_changed_stays_where_one_did_not_touch_it(curator, network):
    page = desk("network", "change", network.pk)
    opened = form_of(curator, page)
    Network.objects.update(description="A new description.")
    assert send(curator, page, opened, name="Solidarity Cities") == []
    network.refresh_from_db()
    assert (network.name, network.description) == ("Solidarity Cities", "A new description.")


def test_where_both_wrote_it_is_asked_once(curator, network):
    page = desk("network", "change", network.pk)
    opened = form_of(curator, page)
    Network.objects.update(name="Theirs", description="A new description.")
    answer = curator.post(page, opened | {"name": "Mine"})
    [told] = answer.context["adminform"].form.errors.values()
    assert "to “Theirs”" in told[0] and 'value="Mine"' in answer.text and Network.objects.get().name == "Theirs"
    marks = {"seen": marks_in(answer, "seen")}
    assert send(curator, page, opened | marks, name="Mine") == []
    network.refresh_from_db()
    assert (network.name, network.description) == ("Mine", "A new description.")


def test_both_may_write_the_same(curator, network):
    page = desk("network", "change", network.pk)
    opened = form_of(curator, page)
    Network.objects.update(name="Solidarity Cities")
    assert send(curator, page, opened, name="Solidarity Cities") == []


def test_so_it_is_in_each_row_below(curator):
    need = Need.objects.create(slug="roofs", phrases=["roof"])
    first, second = (
        need.needpractices.create(practice=a_practice(slug=slug)) for slug in ("roofs-amman", "tents-amman")
    )
    page = desk("need", "change", need.pk)
    opened = form_of(curator, page)
    need.needpractices.filter(pk=first.pk).update(answers=False)
    other = a_practice(slug="beds-amman")
    assert send(curator, page, opened, **{"needpractices-1-practice": other.slug}) == []
    assert list(need.needpractices.order_by("pk").values_list("practice", "answers")) == [
        (first.practice_id, False), (other.pk, True),
    ]  # fmt: skip
    need.needpractices.filter(pk=second.pk).update(practice=a_practice(slug="huts-amman"))
    assert send(curator, page, opened) == []
    assert need.needpractices.get(pk=second.pk).practice.slug == "huts-amman"
    [[told]] = send(curator, page, opened, **{"needpractices-1-practice": other.slug})
    assert "to “Public spaces for all”" in told


def test_a_row_that_a_colleague_took_away_stays_away(curator):
    document = a_document()
    page = desk("librarydocument", "change", document.pk)
    opened = form_of(curator, page)
    document.points.all().delete()
    assert send(curator, page, opened, summary="Something else.") == []
    assert not document.points.exists()
    assert send(curator, page, opened, **{"points-0-text": "Late inclusion costs."}) == []
    assert document.points.get().text == "Late inclusion costs."


def test_rows_that_are_left_are_still_themselves(curator):
    document = a_document("Paper", "One", "Two", "Three")
    page = desk("librarydocument", "change", document.pk)
    opened = form_of(curator, page)
    document.points.filter(text="One").delete()
    more = {"points-2-text": "Drei", "points-3-text": "Four", "points-3-position": 4, "points-TOTAL_FORMS": 4}
    assert send(curator, page, opened, **more) == []
    assert list(document.points.values_list("text", flat=True)) == ["Two", "Drei", "Four"]
    assert send(curator, page, opened | {"points-INITIAL_FORMS": "many"}) != []


def test_a_city_is_one_of_them(curator):
    city = a_city()
    page = desk("city", "change", city.pk)
    opened = form_of(curator, page)
    City.objects.filter(pk=city.pk).update(names={"fr": "Amman", "ar": "عمّان"}, population=5)
    assert send(curator, page, opened, population_year=2020) == []
    city.refresh_from_db()
    assert (city.names, city.population, city.population_year) == ({"fr": "Amman", "ar": "عمّان"}, 5, 2020)


def test_keywords_of_an_entry_are_kept_or_asked_about(curator):
    practice = a_practice()
    keywords = practice.keywords.create(language="en", phrases=["council flats"])
    page = desk("practice", "change", practice.pk)
    opened = form_of(curator, page)
    practice.keywords.update(phrases=["social housing"])
    assert send(curator, page, opened, **{"keywords-0-phrases": "large families"}) != []
    assert send(curator, page, opened) == []
    keywords.refresh_from_db()
    assert keywords.phrases == ["social housing"]


def test_every_form_of_the_desk_is_of_this_kind():
    """But for those of Django and of the libraries, and pages on which nothing can be changed."""
    found = 0
    for page in admin.site._registry.values():
        if not page.__class__.__mro__[2].__module__.startswith(("practices", "pledges")) or page.form is ModelForm:
            continue
        assert isinstance(page, LockedWhileSaving), page
        assert issubclass(page.form, DeskForm), page
        for part in page.inlines:
            assert issubclass(part.form, DeskForm) or issubclass(part, NoneAddedOrDeleted), part
        found += 1
    assert found > 12
