"""How an entry is cited, by people and by machines."""

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from practices.cities.linked_data import city_data
from practices.entries.language_links import path_in
from practices.models import Practice, Source
from practices.vocabularies.languages import base_of


def citation(practice: Practice, address: str) -> str:
    return _(
        "“%(title)s”, %(place)s. Cities of Solidarity, entry of %(changed)s. %(address)s (read on %(today)s). CC BY 4.0."
    ) % {
        "title": practice.title,
        "place": practice.city,
        "changed": date_format(practice.updated_at, "DATE_FORMAT"),
        "address": address,
        "today": date_format(timezone.localdate(), "DATE_FORMAT"),
    }


def structured_data(practice: Practice, sources: list[Source], address: str) -> dict:
    """The entry as schema.org's Article about a place, for JSON-LD."""
    return {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": practice.title,
        "description": practice.summary,
        "inLanguage": practice.language,
        **({"translationOfWork": original_of(practice)} if practice.translation else {}),
        "url": address,
        # A draft has no such day: curators see its page before the public does.
        **({"datePublished": practice.published_at.isoformat()} if practice.published_at else {}),
        "dateModified": practice.updated_at.isoformat(),
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "about": city_data(practice.city),
        "citation": [source.url for source in sources],
        "publisher": {"@type": "Organization", "name": "Cities of Solidarity"},
    }


def original_of(practice: Practice) -> dict:
    language = base_of(practice.written_in)
    return {"@type": "Article", "inLanguage": language, "url": settings.SITE_URL + path_in(practice, language)}
