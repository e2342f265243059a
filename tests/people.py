"""The places and entries that tests talk about. Each takes what the test is about and makes up the rest."""

from itertools import count

from django.utils import timezone

from practices.models import City, Practice

number = count(1)


def a_city(name="Amman", country="JO", **facts) -> City:
    """A saved city; the same name and country give a second one its own address."""
    slug = facts.pop("slug", City.slug_for(name, country))
    if City.objects.filter(slug=slug).exists():
        slug = City.slug_for(f"{name} {next(number)}", country)
    return City.objects.create(name=name, country=country, slug=slug, **facts)


def a_practice(title="Public spaces for all", city=None, **facts) -> Practice:
    """A saved practice with one source, published now unless ``published_at`` says otherwise (None: a draft)."""
    published_at = facts.pop("published_at", timezone.now())
    made_up = {
        "slug": f"practice-{next(number)}",
        "summary": "Parks made with those who use them.",
        "themes": ["social-cohesion"],
        "populations": ["refugees"],
        "instrument": "space",
    }
    practice = Practice.objects.create(title=title, city=city or a_city(), **(made_up | facts))
    practice.sources.create(title="A report", publisher="The city", url="https://example.org/report", year=2020)
    if published_at:
        practice.publish(published_at)
    return practice
