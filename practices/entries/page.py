from django.conf import settings

from practices.cities.maps import world_map
from practices.entries.citation import citation, structured_data
from practices.entries.facts import facts_on_page
from practices.entries.feedback import feedback_of
from practices.entries.language_links import alternates, note_of, other_languages, path_of
from practices.models import Practice
from practices.models.entries.elsewhere import elsewhere_of
from practices.models.entries.picture import pictures_of
from practices.vocabularies import facets
from practices.vocabularies.languages import base_of, own_name

OTHERS = 6


def page_of(entry: Practice) -> dict:
    """The context of entries/practice.html for an entry that was fetched ``for_its_page``: three queries, four where ideas travelled."""
    published = Practice.objects.published().with_city().in_language()
    elsewhere = published.exclude(city=entry.city_id)
    address = settings.SITE_URL + path_of(entry)
    sources = entry.rows_of("sources")
    return {
        "practice": entry,
        "voices": feedback_of(entry),
        "pictures": pictures_of(entry),
        **facts_on_page(entry, sources),
        "elsewhere": elsewhere_of(entry),
        "of_the_city": list(published.others_of(entry).sorted_by("newest")[:OTHERS]),
        "similar": [(other, facets.shared_codes(entry.tags, other.tags)) for other in elsewhere.similar_to(entry)],
        "map": world_map([entry.city], around=entry.city),
        "address": address,
        "note": note_of(entry),
        "other_languages": other_languages(entry),
        "alternates": alternates(entry),
        "language_name": own_name(base_of(entry.language)),
        "citation": citation(entry, address),
        "structured_data": structured_data(entry, sources, address),
    }
