"""The official domain of a city is recorded by an act that names its source."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from tests.people import a_city
from tests.pledges.desk.desk import at_the_desk, somebody

pytestmark = pytest.mark.django_db
SOURCE = "https://www.gov.uk/list-of-councils"


@pytest.fixture
def city():
    return a_city("Leeds", "GB")


@pytest.fixture
def desk():
    return at_the_desk(somebody("Curator"))


def record(desk, city, domain, source=SOURCE):
    address = reverse("admin:practices_city_official_domain", args=[city.pk])
    page = desk.post(address, {"official_domain": domain, "source": source}, follow=True)
    city.refresh_from_db()
    return page.text


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("leeds.gov.uk", "leeds.gov.uk"),
        (" https://www.Leeds.gov.uk/contact ", "leeds.gov.uk"),
        ("@leeds.gov.uk", "leeds.gov.uk"),
        ("städt.de", "xn--stdt-moa.de"),
    ],
)
def test_it_is_recorded_with_its_source(desk, city, typed, stored):
    assert "The official domain has been recorded." in record(desk, city, typed)
    assert city.official_domain == stored
    assert f"{stored}, after {SOURCE}" in LogEntry.objects.get().change_message


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("gov.uk", "Others have subdomains of this one"),
        ("co.uk", "Others have subdomains of this one"),
        ("roma.it", "Others have subdomains of this one"),
        ("github.io", "Others have subdomains of this one"),
        ("gmail.com", "Anyone can create an e-mail address there"),
        ("city", "Enter a domain such as berlin.de."),
    ],
)
def test_what_strangers_share_is_no_official_domain(desk, city, typed, sentence):
    assert sentence in record(desk, city, typed)
    assert city.official_domain == "" and not LogEntry.objects.exists()


def test_without_a_source_nothing_is_recorded(desk, city):
    assert "This field is required." in record(desk, city, "leeds.gov.uk", "")
    assert city.official_domain == ""


def test_the_form_of_the_city_leads_there_and_changes_no_domain(desk, city):
    address = reverse("admin:practices_city_change", args=[city.pk])
    page = desk.get(address).text
    assert reverse("admin:practices_city_official_domain", args=[city.pk]) in page
    assert 'name="official_domain"' not in page
