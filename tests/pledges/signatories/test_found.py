"""Finding signatories: by a city's name, around a place, in a country, the newest first."""

from datetime import date

import pytest
from django.urls import reverse

from pledges.dates import date_in_brief
from practices.models import Place
from practices.search.place_names import keys_of
from tests.people import a_city
from tests.pledges.signers import a_published, a_stated

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(client):
    """The names on the page at this query string, in their order, and its heading."""

    def read(query):
        answer = client.get(reverse("signatories") + query)
        assert answer.status_code == 200
        return [signature.signer for signature in answer.context["signatures"]], answer.context["heading"]

    return read


@pytest.fixture
def some_signatories():
    a_stated(a_city("Cologne", "DE", latitude=50.94, longitude=6.96, names={"de": "Köln"}))
    a_stated(a_city("Bonn", "DE", latitude=50.73, longitude=7.10), precision="day", signed_on=date(2022, 6, 17))
    a_stated(a_city("Liège", "BE", latitude=50.63, longitude=5.57), precision="before", signed_on=date(2018, 6, 20))
    a_stated(a_city("Warsaw", "PL", latitude=52.2, longitude=21.0), precision="day", signed_on=date(2019, 1, 5))
    Place.objects.create(
        geonames_id=2935517, name="Dortmund", country="DE", latitude=51.51, longitude=7.47, population=588_000,
        keys=keys_of(["Dortmund"]),
    )  # fmt: skip


@pytest.mark.usefixtures("some_signatories")
def test_a_name_finds_a_signatory_in_any_script_and_says_so(found):
    assert found("?q=K%C3%B6ln") == (["Cologne"], "1 signatory matching “Köln”")
    assert found("?q=liege&country=BE") == (["Liège"], "1 signatory matching “liege” in Belgium")
    assert found("?q=liege&country=PL")[0] == []


@pytest.mark.usefixtures("some_signatories")
def test_around_a_city_the_nearest_come_first(client, found):
    answer = client.get(reverse("signatories") + "?q=dortmund&around=1")
    assert answer.status_code == 302 and answer["Location"] == "/en/signatories/?near=2935517"
    assert found("?near=2935517") == (["Cologne", "Bonn"], "2 signatories within 100 km of Dortmund, Germany")
    page = " ".join(client.get(answer["Location"]).text.split())
    assert "73 km" in page and "Within 100 km of Dortmund, Germany" in page
    # Who types another name is done with the place.
    assert found("?near=2935517&q=warsaw")[0] == ["Warsaw"]


@pytest.mark.usefixtures("some_signatories")
def test_a_place_that_may_be_several_is_offered_for_choice(client):
    Place.objects.create(
        geonames_id=7, name="Dortmund", country="US", latitude=40.0, longitude=-80.0, population=20_000,
        keys=keys_of(["Dortmund"]),
    )  # fmt: skip
    page = client.get(reverse("signatories") + "?q=dortmund&around=1").text
    assert 'href="?near=2935517"' in page and 'href="?near=7"' in page


@pytest.mark.usefixtures("some_signatories")
def test_the_country_is_chosen_from_a_box_and_stays_in_the_address(client, found):
    page = client.get(reverse("signatories") + "?country=DE").text
    assert found("?country=DE")[1] == "2 signatories in Germany"
    assert '<option value="DE" selected>Germany (2)</option>' in page
    assert 'name="country"' not in page.partition('id="narrow"')[2].partition("</form>")[0]
    several = client.get(reverse("signatories") + "?country=BE&country=PL").text
    assert '<option value="">Belgium or Poland</option>' in several
    assert '<input type="hidden" name="country" value="PL">' in several


@pytest.mark.usefixtures("some_signatories")
def test_the_newest_first_and_unknown_days_last(client, found):
    assert found("?sort=newest")[0] == ["Bonn", "Warsaw", "Liège", "Cologne"]
    a_published(institution="Greater Amman Municipality")
    # Signatures made here stand apart in every order.
    assert found("?sort=newest")[0][0] == "Greater Amman Municipality"
    assert [option.label for option in client.get(reverse("signatories")).context["sorts"]] == ["City A–Z", "Newest"]


def test_an_order_that_changes_nothing_is_not_offered(client):
    a_stated()
    assert client.get(reverse("signatories")).context["sorts"] == []


@pytest.mark.usefixtures("some_signatories")
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?q=zeppelin", "We know of no signatory called “zeppelin”."),
        ("?near=2935517&country=PL", "No signatories match. Remove a filter."),
        ("?q=&around=1", "Type the name of a city to see which cities lie within 100 km of it."),
        ("?q=zeppelin&around=1", "We could not find a place called “zeppelin”."),
    ],
)
def test_nothing_found_says_what_one_can_do(client, query, sentence):
    page = " ".join(client.get(reverse("signatories") + query).text.split())
    assert sentence in page and reverse("sign") in page


def test_a_neighbourhood_without_signatories_leads_to_its_country(client):
    a_stated(a_city("Munich", "DE", latitude=48.14, longitude=11.58))
    a_stated(a_city("Rostock", "DE", latitude=54.09, longitude=12.13))
    Place.objects.create(
        geonames_id=1, name="Dortmund", country="DE", latitude=51.51, longitude=7.47, population=1, keys="|dortmund|"
    )
    page = " ".join(client.get(reverse("signatories") + "?near=1").text.split())
    assert "No city within 100 km of Dortmund, Germany has signed yet, as far as we know." in page
    assert '<a href="?country=DE">2 signatories in Germany</a>' in page


@pytest.mark.usefixtures("some_signatories")
def test_files_hold_what_the_page_shows(client):
    rows = client.get(reverse("signatories_json") + "?near=2935517").json()["signatories"]
    assert sorted(row["city"] for row in rows) == ["Bonn", "Cologne"]
    page = client.get(reverse("signatories") + "?near=2935517").text
    assert f'{reverse("signatories_csv")}?near=2935517"' in page


@pytest.mark.parametrize("query", ["?q=%00", "?q=%25_", "?near=%00", "?near=-1", "?near=9999999999999", "?sort=oldest"])
def test_nonsense_is_no_error(found, query):
    a_stated()
    found(query)


@pytest.mark.parametrize("query", ["?q=ber", "?near=berlin-de", "?sort=newest", "?q=zeppelin"])
def test_the_number_of_statements_does_not_grow(starter, client, query, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        client.get(reverse("signatories") + query)


@pytest.mark.parametrize(
    ("precision", "signed_on", "not_before", "words"),
    [
        ("day", date(2022, 6, 17), None, "June 2022"),
        ("before", date(2018, 6, 20), None, "by June 2018"),
        ("between", date(2025, 5, 18), date(2024, 1, 29), "2024–2025"),
        ("between", date(2024, 5, 18), date(2024, 1, 29), "2024"),
        ("unknown", None, date(2018, 6, 20), "2018 or later"),
        ("unknown", None, None, "Date not known"),
    ],
)
def test_a_day_in_brief(precision, signed_on, not_before, words):
    assert date_in_brief(precision, signed_on, not_before) == words
