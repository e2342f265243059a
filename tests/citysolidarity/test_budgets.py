"""How many statements a page may send: a number of its own, whatever the number of rows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from practices.models import City, LibraryDocument, Membership, Network, Practice, Source

pytestmark = pytest.mark.django_db
# Address, the most statements it may send when no page is kept, the looks at the edition among them (in the tests each
# question looks anew). What a kept page sends stands in test_statements.py.
BUDGETS = [
    ("/en/", 9),
    ("/en/practices/", 3),
    ("/en/practices/?q=parks&theme=housing&theme=welcome&region=western-asia", 3),
    ("/en/practices/?q=zeppelin&theme=housing", 3),
    ("/en/practices/?view=map", 4),
    ("/en/practices/?view=table&page=2", 3),
    ("/en/practices/practice-0/", 5),
    ("/en/guides/", 3),
    ("/en/library/", 2),
    ("/en/library/?q=solidarity&kind=dialogue", 2),
    ("/en/library/document-0/", 7),
    ("/en/library/timeline/", 2),
    ("/en/library/networks/", 2),
    ("/en/library/networks/network-0/", 4),
    ("/en/cities/", 5),
    ("/en/cities/amman-jo/", 9),
    ("/en/signatories/", 7),
    ("/en/statement/", 6),
    ("/en/signatories/new/", 4),
    ("/en/statement/kit/", 2),
    ("/en/statement/hundred-days/", 2),
    ("/en/press/", 5),
    ("/en/statement/ask/", 7),
    ("/en/statement/ask/form/", 0),
    ("/en/statement/ask/petition/", 0),
    ("/en/statement/versions/", 4),
    ("/en/statement/deeds/", 10),
    ("/en/about/", 0),
    ("/en/glossary/", 0),
    ("/en/about/api/", 0),
    ("/en/practices/take-away/?theme=housing", 2),
    ("/en/about/embed/?of=%3Ftheme%3Dhousing", 2),
    ("/en/embed/practices/?theme=housing", 3),
    ("/en/embed/practices/practice-0/", 3),
    ("/en/embed/map/?theme=housing", 3),
    ("/en/embed/counter/", 2),
    ("/api/v1/practices", 3),
    ("/api/v1/practices/practice-0", 2),
    ("/api/v1/facets?theme=housing", 2),
    ("/api/v1/cities", 3),
    ("/api/v1/signatories", 6),
    ("/api/v1/supports", 4),
    ("/api/v1/statement/versions", 3),
    ("/api/v1/documents", 2),
    ("/api/v1/networks", 2),
    ("/api/v1/practices.csv", 4),
    ("/feeds/practices.json", 4),
]


def add_practices(first, last):
    """Published practices with the numbers first to last - 1, half of them in Amman, each with two sources."""
    countries = ["JO", "DE", "BR", "UG", "CA"]
    for name, country in [
        ("Amman", "JO"),
        *[(f"City {number}", countries[number % 5]) for number in range(first, last)],
    ]:
        slug = City.slug_for(name, country)
        City.objects.get_or_create(
            slug=slug, defaults={"name": name, "country": country, "latitude": 31.9, "longitude": 35.9}
        )
    cities = {city.name: city for city in City.objects.all()}
    practices = Practice.objects.bulk_create(
        Practice(
            slug=f"practice-{number}",
            city=cities["Amman" if number % 2 else f"City {number}"] if number else cities["Amman"],
            title=f"Parks {number}",
            summary="Parks made with those who use them.",
            themes=["housing", "welcome"][: 1 + number % 2],
            populations=["refugees"],
            instrument="space",
            published_at=timezone.now(),
        )
        for number in range(first, last)
    )
    Source.objects.bulk_create(
        Source(
            practice=practice, title=f"Report {at}", publisher="City", url=f"https://example.org/{practice.slug}/{at}"
        )
        for practice in practices
        for at in range(2)
    )


def add_documents(first, last):
    """Public documents, each with two points, which name Amman and show practices of it; and networks that Amman is in."""
    amman, practices = City.objects.get(slug="amman-jo"), list(Practice.objects.filter(city__slug="amman-jo")[:5])
    for number in range(first, last):
        document = LibraryDocument.objects.create(
            slug=f"document-{number}", title=f"Solidarity {number}", kind="dialogue", publisher="UNHCR", basis="page",
            languages=["en"], url="https://example.org/", published_on=timezone.localdate(), summary="Said.",
        )  # fmt: skip
        for at in (1, 2):
            point = document.points.create(position=at, text="Parks for all.")
            document.documentpractices.create(practice=practices[at], point=point)
        document.documentcities.create(name="Amman", country="JO", city=amman)
        network = Network.objects.create(slug=f"network-{number}", name=f"Network {number}")
        Membership.objects.create(city=amman, network=network, source_url="https://example.org/")


def statements(client, address):
    """The SQL statements one request sends, after a first that fills what is kept in memory."""
    client.get(address)
    with CaptureQueriesContext(connection) as sent:
        assert client.get(address).status_code == 200
    return [one["sql"] for one in sent.captured_queries]


@pytest.mark.parametrize(("address", "most"), BUDGETS)
def test_a_page_sends_few_statements_whatever_the_number_of_rows(client, address, most):
    add_practices(0, 20)
    add_documents(0, 3)
    few = statements(client, address)
    assert len(few) <= most, "\n".join(few)
    add_practices(20, 60)
    add_documents(3, 9)
    assert len(statements(client, address)) == len(few)
