"""Entering and correcting a signature that a public source names, by hand."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.urls import reverse

from pledges.models import Signature
from pledges.vocabularies import Kind, Origin
from tests.forms import a_place
from tests.people import a_city, a_practice
from tests.pledges.desk.desk import at_the_desk, somebody, the_list, the_page
from tests.pledges.signers import a_confirmed, a_lead_curator, a_published, a_stated

pytestmark = pytest.mark.django_db
ENTER = "admin:pledges_signature_enter"
FACTS = {
    "institution": "City Council",
    "precision": "before",
    "signed_on": "2018-06-20",
    "signed_by": "Listed on 20 June 2018",
    "source_title": "Cities #WithRefugees",
    "source_publisher": "UNHCR",
    "source_url": "https://www.example.org/cities",
    "source_year": "2018",
}


def correct(signature):
    return reverse("admin:pledges_signature_named", args=[signature.pk])


def enter(desk, where, **facts):
    return desk.post(reverse(ENTER), FACTS | {"city": where.pk} | facts)


def test_a_signature_that_a_source_names_is_entered_and_public_at_once(desk, ana, client):
    city = a_city("Flums", "CH")
    assert reverse(ENTER) in desk.get(the_list()).text
    assert enter(desk, city).status_code == 302
    connection.check_constraints()
    signature = Signature.objects.get()
    assert (signature.origin, signature.institution, signature.signed_on) == (
        Origin.STATED,
        "City Council",
        date(2018, 6, 20),
    )
    (event,), (source,) = signature.events.all(), signature.sources.all()
    assert (event.kind, event.by, source.url) == (Kind.STATED, ana, FACTS["source_url"])
    city.refresh_from_db()
    assert city.is_signed and FACTS["source_url"] in client.get(signature.get_absolute_url()).text
    assert LogEntry.objects.filter(object_id=str(signature.pk), user=ana).count() == 1


def enter_elsewhere(desk, typed, **facts):
    return desk.post(reverse(ENTER), FACTS | {"city": "", "place": typed} | facts)


def test_a_city_of_the_gazetteer_is_named_and_made(desk):
    a_place("Graz", "AT", 2778067, names=(), latitude=47.07, longitude=15.44)
    page = desk.get(reverse(ENTER)).text
    assert f'data-suggest="{reverse("places")}"' in page and "js/suggest" in page
    assert enter_elsewhere(desk, "Graz, Austria").status_code == 302
    connection.check_constraints()
    city = Signature.objects.get().city
    assert (city.name, city.country, city.geonames_id) == ("Graz", "AT", 2778067)


def test_a_city_of_the_directory_may_be_typed_as_well(desk):
    city = a_city("Flums", "CH")
    a_stated(city=a_city("Oslo", "NO"))
    a_practice("Parks", city)
    assert enter_elsewhere(desk, "Flums, Switzerland").status_code == 302
    assert Signature.objects.filter(city=city).count() == 1


def test_a_name_that_several_places_have_is_asked_about_without_script(desk):
    for key, near in ((1, "Kunshan"), (2, "Bengbu")):
        a_place("Suzhou", "CN", key, names=(), near=near)
    page = enter_elsewhere(desk, "Suzhou")
    assert list(page.context["form"].errors) == ["which"] and page.text.count('type="radio" name="which"') == 2
    assert not Signature.objects.exists()
    assert enter_elsewhere(desk, "Suzhou", which="place:2").status_code == 302
    assert Signature.objects.get().city.geonames_id == 2


@pytest.mark.parametrize(
    ("typed", "which", "field"),
    [("", "", "city"), ("Xyzzyqua", "", "place"), ("Graz", "place:7", "which"), ("Graz", "x", "which")],
)
def test_a_city_that_is_not_known_is_told_beside_its_field(desk, typed, which, field):
    a_place("Graz", "AT", 1, names=())
    a_place("Graz", "DE", 2, names=())
    assert list(enter_elsewhere(desk, typed, which=which).context["form"].errors) == [field]
    assert not Signature.objects.exists()


def test_a_city_with_a_live_signature_gets_no_second_one(desk):
    for live in (a_published(), a_stated(city=a_city("Oslo", "NO"))):
        answer = enter(desk, live.city)
        assert "This city already has a signature" in answer.text and 'value="City Council"' in answer.text
    assert Signature.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"source_url": ""}, "source_url"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"source_title": " "}, "source_title"),
        ({"source_year": "18"}, "source_year"),
        ({"signed_on": ""}, "signed_on"),
        ({"signed_on": "2017-01-01"}, "signed_on"),
        ({"signed_on": "2999-01-01"}, "signed_on"),
        ({"signed_on": "2023-02-30"}, "signed_on"),
        ({"precision": "between"}, "not_before"),
        ({"precision": "between", "not_before": "2019-01-01"}, "not_before"),
        ({"precision": "perhaps"}, "precision"),
        ({"city": "0"}, "city"),
        ({"institution": "x" * 201}, "institution"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field_and_nothing_is_saved(desk, wrong, field):
    answer = enter(desk, a_city(), **wrong)
    assert list(answer.context["form"].errors) == [field]
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    ("facts", "stored"),
    [
        ({"precision": "day", "not_before": "2018-06-20"}, ("day", date(2018, 6, 20), None)),
        ({"precision": "unknown"}, ("unknown", None, None)),
        (
            {"precision": "between", "not_before": "2018-06-20", "signed_on": "2019-01-01"},
            ("between", date(2019, 1, 1), date(2018, 6, 20)),
        ),
    ],
)
def test_days_are_kept_as_exactly_as_they_are_known(desk, facts, stored):
    enter(desk, a_city(), **facts)
    connection.check_constraints()
    signature = Signature.objects.get()
    assert (signature.precision, signature.signed_on, signature.not_before) == stored


def test_a_wrong_one_is_corrected_everywhere_at_once(desk, client):
    signature = a_stated(city=a_city("Flums", "CH"))
    signature.sources.create(title="Another", publisher="A newspaper", url="https://example.org/2", position=1)
    assert correct(signature) in desk.get(the_page(signature)).text
    desk.post(correct(signature), FACTS | {"precision": "day", "signed_on": "2019-03-04"})
    connection.check_constraints()
    signature.refresh_from_db()
    signature.city.refresh_from_db()
    assert (signature.institution, signature.city.signed_on) == ("City Council", date(2019, 3, 4))
    assert [source.title for source in signature.sources.all()] == ["Cities #WithRefugees", "Another"]
    assert "4 March 2019" in client.get(signature.get_absolute_url()).text


def test_only_what_a_source_names_and_what_is_live_is_corrected_so(desk):
    assert desk.get(correct(a_confirmed())).status_code == 404
    gone = a_stated(city=a_city("Oslo", "NO"))
    gone.withdraw(a_lead_curator(), "Asked to.")
    answer = desk.post(correct(gone), FACTS)
    assert answer.status_code == 200 and answer.context["form"].non_field_errors()
    assert correct(gone) not in desk.get(the_page(gone)).text


@pytest.mark.parametrize("role", ["Viewer", "Translator"])
def test_it_is_for_curators(role):
    eve, signature = at_the_desk(somebody(role)), a_stated()
    for page in (reverse(ENTER), correct(signature)):
        assert (eve.get(page).status_code, eve.post(page, FACTS).status_code) == (403, 403)


def test_a_source_that_stands_there_already_is_said_and_nothing_typed_is_lost(desk):
    signature = a_stated(city=a_city("Flums", "CH"))
    signature.sources.create(title="Another list", publisher="UNHCR", url="https://www.example.org/another")
    asked = {"source_title": "Another list", "source_url": "https://www.example.org/another"}
    answer = desk.post(correct(signature), FACTS | asked | {"signed_by": "Listed in spring"})
    assert answer.status_code == 200 and "recorded this already" in answer.text and "Listed in spring" in answer.text
