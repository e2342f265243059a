"""A city in the words of schema.org, for JSON-LD."""

from django.conf import settings

from practices.models import City


def city_data(city: City) -> dict:
    place = {
        "@type": "City",
        "name": city.full_name,
        "address": {"@type": "PostalAddress", "addressCountry": city.country},
        "url": settings.SITE_URL + city.get_absolute_url(),
    }
    if city.geonames_id:
        place["sameAs"] = f"https://sws.geonames.org/{city.geonames_id}/"
    if city.latitude is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": city.latitude, "longitude": city.longitude}
    return place
