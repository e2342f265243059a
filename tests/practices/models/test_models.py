"""What the database itself refuses, derives and keeps, whoever writes the row."""

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.utils import timezone

from practices.models import City, Figure, FormerAddress, Membership, Network, Practice, Source
from tests.people import a_city, a_practice

pytestmark = pytest.mark.django_db


def end_of_transaction():
    """Check now what the database checks when a transaction ends."""
    connection.check_constraints()


def refused(constraint):
    """Expect that the database refuses what the block does, by this constraint."""
    return pytest.raises(IntegrityError, match=constraint)


# --- practices: what is refused ------------------------------------------------------


@pytest.mark.parametrize(
    ("constraint", "facts"),
    [
        ("practice_years_in_order", {"started": 2015, "ended": 2014}),
        ("practice_running_has_no_end", {"status": "ongoing", "ended": 2020}),
        ("practice_started_plausible", {"started": 1899}),
        ("practice_started_plausible", {"started": 2101}),
        ("practice_ended_plausible", {"ended": 2101}),
        ("practice_one_to_three_themes", {"themes": []}),
        ("practice_one_to_three_themes", {"themes": ["housing", "health", "rights", "welcome"]}),
        ("practice_themes_known", {"themes": ["houses"]}),
        ("practice_themes_known", {"themes": ["housing", "Housing"]}),
        ("practice_populations_known", {"populations": ["women"]}),
        ("practice_groups_known", {"groups": ["refugees"]}),
        ("practice_contexts_known", {"contexts": ["war"]}),
        ("practice_gcr_objectives_known", {"gcr_objectives": ["5"]}),
        ("practice_sdgs_known", {"sdgs": ["18"]}),
        ("practice_instrument_known", {"instrument": ""}),
        ("practice_status_known", {"status": "paused"}),
        ("practice_cost_band_known", {"cost_band": "cheap"}),
        ("practice_cost_has_currency_and_year", {"cost_band": "under-50k", "cost_currency": "EUR"}),
        ("practice_cost_has_currency_and_year", {"cost_band": "under-50k", "cost_year": 2020}),
        ("practice_evidence_level_known", {"evidence_level": 6}),
        ("practice_slug_\\w+", {"slug": "taken"}),
    ],
)
def test_the_database_refuses_a_practice(constraint, facts):
    a_practice(slug="taken")
    with refused(constraint), transaction.atomic():
        a_practice(**facts)
    assert Practice.objects.count() == 1


@pytest.mark.parametrize(
    "facts",
    [
        {"started": 2015, "ended": 2015},
        {"started": 1900},
        {"ended": 2100},
        {"status": "completed", "ended": None},
        {"themes": ["housing", "health", "rights"]},
        {"populations": [], "groups": []},
        {"evidence_level": 0},
        {"cost_band": "none"},
        {"cost_band": "over-1m", "cost_currency": "EUR", "cost_year": 2024},
    ],
)
def test_the_database_takes_what_is_just_allowed(facts):
    assert a_practice(**facts).pk


@pytest.mark.parametrize("character", ["a", "é", "م", "🏙"])
def test_a_summary_has_up_to_280_characters_whatever_their_bytes(character):
    summary = character * 280
    practice = a_practice(summary=summary)
    practice.refresh_from_db()
    assert practice.summary == summary
    with pytest.raises(DataError, match="too long"), transaction.atomic():
        Practice.objects.update(summary=character * 281)


def test_a_bulk_update_is_refused_as_a_single_one_is():
    a_practice(started=2010)
    with refused("practice_years_in_order"), transaction.atomic():
        Practice.objects.update(ended=2009)
    with refused("practice_themes_known"), transaction.atomic():
        Practice.objects.update(themes=["houses"])


@pytest.mark.parametrize(
    ("constraint", "moment"),
    [("practice_archived_was_published", "archived_at"), ("practice_confirmed_was_published", "confirmed_at")],
)
def test_only_what_was_published_is_archived_or_confirmed(constraint, moment):
    draft = a_practice(published_at=None)
    with refused(constraint), transaction.atomic():
        Practice.objects.filter(pk=draft.pk).update(**{moment: timezone.now()})


# --- sources -------------------------------------------------------------------------


def test_a_practice_without_a_source_is_not_published():
    draft = a_practice(published_at=None)
    draft.sources.all().delete()
    end_of_transaction()
    with refused("practice_published_has_source|has no source"), transaction.atomic():
        draft.publish()
        end_of_transaction()


def test_a_practice_is_not_created_published_without_a_source():
    draft = a_practice(published_at=None)
    draft.pk, draft.slug, draft.published_at = None, "copy", timezone.now()
    with refused("has no source"), transaction.atomic():
        draft.save(force_insert=True)
        end_of_transaction()


def test_the_last_source_of_a_published_practice_stays():
    practice = a_practice()
    other = practice.sources.create(title="News", publisher="A paper", url="https://example.org/news")
    other.delete()
    end_of_transaction()
    with refused("has no source"), transaction.atomic():
        practice.sources.get().delete()
        end_of_transaction()
    with refused("has no source"), transaction.atomic():
        Source.objects.filter(practice=practice).update(practice=a_practice("Another"), title="Moved away")
        end_of_transaction()
    practice.archive()
    with refused("has no source"), transaction.atomic():
        practice.sources.get().delete()
        end_of_transaction()


def test_a_practice_and_its_sources_are_saved_in_any_order():
    practice = a_practice()
    practice.sources.all().delete()
    practice.sources.create(title="A newer report", publisher="The city", url="https://example.org/newer")
    end_of_transaction()
    assert practice.sources.count() == 1


def test_a_published_practice_is_deleted_with_its_sources():
    a_practice().delete()
    end_of_transaction()
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    ("constraint", "facts"),
    [
        ("source_address_is_web", {"url": "ftp://example.org/"}),
        ("source_address_is_web", {"url": "javascript:alert(1)"}),
        ("source_address_is_web", {"url": ""}),
        ("source_year_plausible", {"year": 1899}),
        ("source_once_per_practice", {"title": "A report", "url": "https://example.org/report"}),
    ],
)
def test_the_database_refuses_a_source(constraint, facts):
    practice = a_practice()
    with refused(constraint), transaction.atomic():
        practice.sources.create(**({"title": "T", "publisher": "P", "url": "https://example.org/"} | facts))


def test_a_figure_keeps_the_source_it_rests_on():
    practice = a_practice()
    source = practice.sources.get()
    with refused("figure_year_plausible"), transaction.atomic():
        Figure.objects.create(practice=practice, value="12", what="mothers", year=212, source=source)
    Figure.objects.create(practice=practice, value="12", what="mothers", year=2012, source=source)
    with pytest.raises(IntegrityError, match="protected"):
        source.delete()


# --- cities --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("constraint", "facts"),
    [
        ("city_slug_ends_with_country", {"slug": "london-uk"}),
        ("city_slug_ends_with_country", {"slug": "london"}),
        ("city_country_known", {"country": "UK", "slug": "london-uk"}),
        ("city_country_known", {"country": "gb"}),
        ("city_place_whole_and_on_earth", {"latitude": 91, "longitude": 0}),
        ("city_place_whole_and_on_earth", {"latitude": 0, "longitude": -181}),
        ("city_place_whole_and_on_earth", {"latitude": float("nan"), "longitude": 0}),
        ("city_signature_date_fits_precision", {"signed_precision": "day"}),
        ("city_signature_date_fits_precision", {"signed_precision": "unknown", "signed_on": "2018-06-20"}),
        ("city_signature_date_fits_precision", {"signed_on": "2018-06-20"}),
        ("population", {"population": -1}),
        ("geonames_id", {"geonames_id": 1}),
    ],
)
def test_the_database_refuses_a_city(constraint, facts):
    a_city("Leeds", "GB", geonames_id=1)
    city = City(**({"name": "London", "country": "GB", "slug": "london-gb"} | facts))
    with refused(constraint), transaction.atomic():
        City.objects.bulk_create([city])  # as it is: no save() that could mend it


@pytest.mark.parametrize("half", [{"latitude": 51.5}, {"longitude": 0.1}])
def test_a_place_on_the_map_is_whole(half):
    with refused("city_place_whole_and_on_earth"), transaction.atomic():
        a_city(**half)


def test_an_address_belongs_to_one_city_of_a_country():
    a_city("San José", "CR")
    with refused("slug"), transaction.atomic():
        City.objects.create(name="San Jose", country="CR")
    assert a_city("San Jose", "US").slug == "san-jose-us"


@pytest.mark.parametrize(
    ("name", "country", "slug"),
    [
        ("Berlin", "DE", "berlin-de"),
        ("São Paulo", "BR", "sao-paulo-br"),
        ("San Fernando (La Union)", "PH", "san-fernando-la-union-ph"),
        ("Łódź", "PL", "lodz-pl"),
        ("عمّان", "JO", "mwn-jo"),
    ],
)
def test_a_city_gets_its_address_from_its_name(name, country, slug):
    city = City.objects.create(name=name, country=country)
    assert city.slug == slug


def test_a_city_is_shown_as_signed_and_as_not_signed():
    city = a_city()
    for on, precision, year in [
        ("2018-06-20", City.Precision.DAY, 2018),
        ("2018-06-20", City.Precision.BEFORE, None),
        (None, City.Precision.UNKNOWN, None),
    ]:
        city.mark_signed(on, precision)
        city.refresh_from_db()
        assert city.is_signed
        assert city.signed_year == year
        assert city in City.objects.signed()
    city.clear_signed()
    assert not city.is_signed
    assert city not in City.objects.signed()


# --- networks and former addresses -----------------------------------------------------


def test_a_city_is_in_a_network_once():
    city, network = a_city(), Network.objects.create(slug="eurocities", name="Eurocities")
    Membership.objects.create(city=city, network=network, source_url="https://example.org/")
    with refused("membership_once_per_network"), transaction.atomic():
        Membership.objects.create(city=city, network=network, source_url="https://example.org/")


@pytest.mark.parametrize(
    ("moved_to", "reason"), [("", ""), ("/practices/new/", "It was renamed"), ("/practices/old/", "")]
)
def test_a_former_address_either_leads_on_or_says_why(moved_to, reason):
    with refused("former_address"), transaction.atomic():
        FormerAddress.objects.create(path="/practices/old/", moved_to=moved_to, reason=reason)


def test_a_kind_of_place_is_known():
    with refused("city_kind_known"), transaction.atomic():
        a_city(kind="galaxy")


@pytest.mark.parametrize("slug", ["share", "compare", "coverage"])
def test_an_entry_never_takes_the_address_of_a_page(slug):
    with refused("practice_slug_not_a_page"), transaction.atomic():
        a_practice(slug=slug)
