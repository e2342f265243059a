"""What is told of a practice, a city, a signature: plain dicts that JSON can hold. ``schemas`` describes them."""

from django.conf import settings
from django.urls import reverse

from pledges.models import AskedCity, StatementVersion
from pledges.signatories.exports import COLUMNS, cells
from practices.documents.index import DocumentRow
from practices.entries.language_links import languages_of, path_of
from practices.models import City, Network, OtherMember, Practice
from practices.models.entries.elsewhere import elsewhere_of
from practices.models.entries.record import LONG_TEXTS, PARTS, SOURCE_FIELDS
from practices.models.entries.translation import TranslationKind
from practices.models.sentences import SentencesShown
from practices.vocabularies import COUNTRIES
from practices.vocabularies.facets import FACETS
from practices.vocabularies.languages import base_of

ROOT = "/api/v1/"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
CODES = ("themes", "populations", "groups", "instrument", "contexts", "gcr_objectives", "sdgs", "status", "freshness")
NUMBERS = ("started", "ended", "cost_band", "cost_currency", "cost_year", "evidence_level")
NAMES = ("area", "lead", "partners", "funders", "conditions", "cost_basis", "evidence_reason")
MOMENTS = ("published_at", "updated_at", "confirmed_at")


def brief_of(practice: Practice) -> dict:
    """A public practice in a list; its city, its review and its language are fetched."""
    return {
        "slug": practice.slug,
        "url": settings.SITE_URL + path_of(practice),
        "api_url": f"{settings.SITE_URL}{ROOT}practices/{practice.slug}",
        "title": practice.title,
        "summary": practice.summary,
        "language": base_of(practice.language),
        "original_language": base_of(practice.written_in),
        "languages": languages_of(practice),
        "translation": translation_of(practice),
        "city": place_of(practice.city),
        **{name: getattr(practice, name) for name in (*CODES, *NUMBERS)},
        **{name: getattr(practice, name) for name in MOMENTS},
        "under_review_since": practice.review_since,
    }


def whole_of(practice: Practice) -> dict:
    """A public practice with all its texts, sources and what rests on them, fetched with its parts and ``with_elsewhere``."""
    texts = {name: getattr(practice, name) for name in (*NAMES, *LONG_TEXTS)}
    return brief_of(practice) | texts | parts_of(practice) | {"also_described_in": pages_of(practice)}


def pages_of(practice: Practice) -> list[dict]:
    """Pages about it on other platforms, each with the day on which a curator compared the two."""
    return [
        {
            "platform": page.platform.value,
            "name": str(page.platform.label),
            "url": page.url,
            "checked_on": page.checked_on,
        }
        for page in elsewhere_of(practice)
    ]


def parts_of(practice: Practice) -> dict:
    """The sources of an entry, and what rests on them: each names its source by its place among them, from 1, or None."""
    sources = practice.values_of("sources")
    places = {source["id"]: place for place, source in enumerate(sources, start=1)}
    parts = {
        part: [
            {name: row[name] for name in names} | {"source": places.get(row["source_id"])}
            for row in practice.values_of(part)
        ]
        for part, names in PARTS.items()
    }
    return {"sources": [{name: source[name] for name in SOURCE_FIELDS} for source in sources]} | parts


def translation_of(practice: Practice) -> dict | None:
    """Who made the texts that are told, where they are a translation's."""
    if not practice.translation:
        return None
    made = practice.translation
    return {"kind": str(made.kind), "made_by": made.made_by, "day": made.day, "is_reviewed": made.is_reviewed}


def sentences_made(reading: SentencesShown) -> dict | None:
    """The same of what is translated sentence by sentence, with a machine's help."""
    if not reading.phrases:
        return None
    day = reading.reviewed_on or reading.day
    made = {"kind": str(TranslationKind.MACHINE), "made_by": "Cities of Solidarity", "day": day}
    return made | {"is_reviewed": bool(reading.reviewed_on)}


def place_of(city: City) -> dict:
    return {
        "slug": city.slug,
        "name": city.full_name,
        "country": city.country,
        "country_name": COUNTRIES.label(city.country),
        "region": city.region,
        "size": city.size,
        "latitude": city.latitude,
        "longitude": city.longitude,
    }


def city_of(city: City) -> dict:
    """A public city, fetched ``with_counts``."""
    return place_of(city) | {
        "url": settings.SITE_URL + city.get_absolute_url(),
        "original_name": city.name,
        "kind": city.kind,
        "population": city.population,
        "population_year": city.population_year,
        "population_source": city.population_source,
        "geonames_id": city.geonames_id,
        "practices": city.practice_count,
        "signed": city.is_signed,
        "signed_on": city.signed_on,
        "signed_precision": city.signed_precision,
    }


def signatory_of(signature) -> dict:
    """A public signature by the columns of signatories.csv, and where its city lies."""
    place = place_of(signature.city)
    record = dict(zip(COLUMNS, cells(signature, settings.SITE_URL), strict=True))
    return record | {"slug": place["slug"], "latitude": place["latitude"], "longitude": place["longitude"]}


def support_of(asked: AskedCity) -> dict:
    """What residents ask of a city. Fewer than ten are told as such, on no page and in no answer as a number."""
    return {
        "city": place_of(asked.city),
        "residents": asked.told,
        "fewer_than_ten": asked.told is None,
        "has_signed": asked.thanks,
    }


def version_of(version: StatementVersion) -> dict:
    return {
        "number": version.number,
        "language": version.language,
        "title": version.title,
        "preamble": version.preamble,
        "clauses": [{"code": row.code, "title": row.title, "promise": row.promise} for row in version.clauses.all()],
        "closing": version.closing,
        "note": version.note,
        "valid_from": version.valid_from,
        "sha256": version.sha256,
        "url": settings.SITE_URL + reverse("statement_version", args=[version.number]),
    }


def document_of(row: DocumentRow) -> dict:
    """A public document of the library in a list, its summary in the language of the answer where there is a translation."""
    names = ("slug", "kind", "title", "title_language", "english_title", "publisher", "organisations", "year", "dates")
    return {name: getattr(row, name) for name in names} | {
        "url": settings.SITE_URL + row.get_absolute_url(),
        "api_url": f"{settings.SITE_URL}{ROOT}documents/{row.slug}",
        "languages": row.languages,
        "summary": row.shown_summary,
        "text_language": row.shown_summary.language,
        "translation": sentences_made(row.reading),
        "themes": row.themes,
        "cities": sorted(row.cities),
    }


def whole_document_of(row: DocumentRow, page: dict) -> dict:
    """With what its page shows (``document_page.page_of``); ``practices`` are slugs."""
    stored = page["document"]
    return document_of(row) | {
        "original_url": stored.url,
        "more_urls": stored.more_urls,
        "place": stored.place,
        "basis": stored.basis,
        "note": stored.note,
        "points": [
            {
                "text": point.text,
                "language": point.text.language,
                "practices": [practice.slug for practice in point.practices],
            }
            for point in page["points"]
        ],
        "practices": [practice.slug for practice in page["practices"]],
    }


def network_of(network: Network) -> dict:
    """A network that was fetched ``with_counts`` and is ``as_read``: what sources say of its members, and how many we know."""
    names = (
        "slug", "name", "original_name", "kind", "region", "website", "founded", "description", "member_count",
        "member_count_of", "member_count_year", "member_count_source", "sources", "note", "member_cities",
        "signed_cities", "practice_cities", "other_members",
    )  # fmt: skip
    return {name: getattr(network, name) for name in names} | {
        "url": settings.SITE_URL + network.get_absolute_url(),
        "api_url": f"{settings.SITE_URL}{ROOT}networks/{network.slug}",
        "text_language": network.description.language,
        "translation": sentences_made(network.reading),
    }


def member_of(member: City | OtherMember) -> dict:
    """A city with a page, annotated with ``since`` and ``source_url``, or the name of a member without one."""
    is_city = isinstance(member, City)
    return {
        "slug": member.slug if is_city else None,
        "name": member.full_name if is_city else member.name,
        "country": member.country,
        "since": member.since if is_city else None,
        "source_url": member.source_url,
    }


def vocabularies() -> list[dict]:
    """The words of every facet: stable codes, and labels in the active language."""
    return [
        {
            "name": facet.name,
            "title": str(facet.title),
            "terms": [{"code": code, "label": label} for code, label in facet.vocabulary.choices],
        }
        for facet in FACETS
    ]


def feature_of(record: dict, place: dict | None = None) -> dict:
    """A GeoJSON feature (RFC 7946); without a geometry where nobody knows the place."""
    place = place or record
    known = place["latitude"] is not None
    point = {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]} if known else None
    return {"type": "Feature", "id": record["slug"], "geometry": point, "properties": record}
