"""The data described for catalogues (DCAT-AP 3) and its words for other vocabularies (SKOS), as JSON-LD."""

from collections.abc import Callable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from citysolidarity.opendata.downloads.formats import KINDS
from citysolidarity.opendata.records import LICENCE
from pledges.models import StatementVersion
from practices.vocabularies import THEMES
from practices.vocabularies.facets import FACETS

LD_JSON = "application/ld+json"
EUROPE = "http://publications.europa.eu/resource/authority/"
# ISO 639-3, as the European list of languages names them.
LANGUAGES = {"en": "ENG", "fr": "FRA", "es": "SPA", "ar": "ARA", "pt": "POR"}
CLAUSE = "clause"
OF_LANGUAGE = {"@container": "@language"}
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#", "dcatap": "http://data.europa.eu/r5r/", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#", "vcard": "http://www.w3.org/2006/vcard/ns#",
    "title": {"@id": "dct:title", **OF_LANGUAGE}, "description": {"@id": "dct:description", **OF_LANGUAGE},
    "keyword": {"@id": "dcat:keyword", **OF_LANGUAGE}, "prefLabel": {"@id": "skos:prefLabel", **OF_LANGUAGE},
}  # fmt: skip
# Tables of signatories keep the addresses they have had from the beginning.
SIGNATORIES = {"signatories_csv": "text/csv", "signatories_json": "application/json"}


def site(path: str = "/") -> str:
    return settings.SITE_URL + path


def at(address: str) -> dict:
    return {"@id": address}


def spoken(say: Callable[[], object]) -> dict[str, str]:
    """Language → what ``say`` gives while it is active."""
    return in_each(lambda: str(say()))


def in_each(say: Callable[[], object]) -> dict[str, object]:
    said = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            said[code] = say()
    return said


def page(name: str) -> dict:
    with override(settings.LANGUAGE_CODE):
        return at(site(reverse(name)))


# --- DCAT -----------------------------------------------------------------------------


def catalog() -> dict:
    """https://semiceu.github.io/DCAT-AP/releases/3.0.1/"""
    publisher = {"@id": site("/#publisher"), "@type": "foaf:Agent", "foaf:name": "Cities of Solidarity"}
    practices = [
        distribution(f"api_practices_{ending}", media_type, lambda ending=ending: KINDS[ending].use)
        for ending, media_type in files().items()
    ]
    signatories = [
        distribution(name, media_type, lambda: _("Signatories, each with its verification and sources"))
        for name, media_type in SIGNATORIES.items()
    ]
    sets = [
        dataset("practices", lambda: _("Practices"), practices),
        dataset("signatories", lambda: _("Signatories"), signatories),
    ]
    about = {
        "@id": site("/data/catalog.jsonld"),
        "@type": "dcat:Catalog",
        "title": spoken(lambda: _("Cities of Solidarity")),
        "description": spoken(about_the_site),
        "dct:publisher": at(publisher["@id"]),
        "dct:license": at(LICENCE),
        "dct:language": languages(),
        "foaf:homepage": at(site()),
        "dcat:themeTaxonomy": [at(scheme_address(name)) for name in schemes()],
        "dcat:dataset": [at(one["@id"]) for one in sets],
        "dcat:service": at(site("/data/api")),
    }
    service = {
        "@id": site("/data/api"),
        "@type": "dcat:DataService",
        "title": spoken(lambda: _("The API")),
        **about_the_data(),
        "dcat:endpointURL": at(site(reverse("api"))),
        "dcat:endpointDescription": at(site(reverse("api_openapi"))),
        "dcat:servesDataset": [at(one["@id"]) for one in sets],
    }
    return {"@context": CONTEXT, "@graph": [about, publisher, *sets, service]}


def files() -> dict[str, str]:
    return {ending: kind.content_type.partition(";")[0] for ending, kind in KINDS.items()}


def dataset(name: str, title: Callable, distributions: list[dict]) -> dict:
    return {
        "@id": site(f"/data/{name}"),
        "@type": "dcat:Dataset",
        "title": spoken(title),
        **about_the_data(),
        "dct:language": languages(),
        "dct:accrualPeriodicity": at(f"{EUROPE}frequency/CONT"),
        "dcat:distribution": distributions,
    }


def about_the_data() -> dict:
    """What the data sets and the API that serves them have in common."""
    return {
        "description": spoken(about_the_site),
        "keyword": in_each(lambda: [str(label) for _code, label in THEMES.choices]),
        "dct:publisher": at(site("/#publisher")),
        "dct:license": at(LICENCE),
        "dcat:theme": at(f"{EUROPE}data-theme/SOCI"),
        "dcat:landingPage": page("about_data"),
        "dcat:contactPoint": {"@type": "vcard:Organization", "vcard:fn": "Cities of Solidarity", "vcard:hasURL": page("about_contact")},
    }  # fmt: skip


def distribution(name: str, media_type: str, description: Callable) -> dict:
    address = site(reverse(name))
    return {
        "@id": f"{address}#file",
        "@type": "dcat:Distribution",
        "description": spoken(description),
        "dcat:accessURL": at(address),
        "dcat:downloadURL": at(address),
        "dcat:mediaType": at(f"https://www.iana.org/assignments/media-types/{media_type}"),
        "dcatap:availability": at(f"{EUROPE}planned-availability/STABLE"),
        "dct:license": at(LICENCE),
    }


def languages() -> list[dict]:
    return [at(f"{EUROPE}language/{LANGUAGES[code]}") for code, _name in settings.LANGUAGES if code in LANGUAGES]


def about_the_site() -> str:
    return _("Practices with their sources, and the cities that signed the statement of solidarity.")


def dataset_of_page() -> dict:
    """The same in short, in the words of schema.org, for the page about the data."""
    downloads = [
        {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": site(reverse(f"api_practices_{ending}"))}
        for ending, kind in files().items()
    ]
    return {
        "@type": "Dataset",
        "@id": site("/data/practices"),
        "name": _("Cities of Solidarity"),
        "description": about_the_site(),
        "license": LICENCE,
        "creator": {"@type": "Organization", "name": _("Cities of Solidarity"), "url": site()},
        "isAccessibleForFree": True,
        "distribution": downloads,
    }


# --- SKOS -----------------------------------------------------------------------------


def schemes() -> list[str]:
    return [*(facet.name for facet in FACETS), CLAUSE]


def scheme_address(name: str) -> str:
    return site(f"/data/{name}")


def vocabularies() -> dict:
    """Every vocabulary of the filters, and the clauses of the statement in force (2 queries)."""
    graph = []
    for facet in FACETS:
        labels = {code: facet.vocabulary.labels_in(code) for code in languages_made(facet.vocabulary)}
        concepts = {code: {lang: labels[lang][code] for lang in labels} for code in facet.vocabulary.codes}
        graph += scheme(facet.name, spoken(lambda facet=facet: facet.title), concepts)
    graph += scheme(CLAUSE, spoken(lambda: _("Promises of the statement")), clauses())
    return {"@context": CONTEXT, "@graph": graph}


def languages_made(vocabulary) -> list[str]:
    """The languages of the site, each with its labels made while it was active."""
    spoken(lambda: vocabulary.choices)
    return [code for code, _name in settings.LANGUAGES]


def scheme(name: str, title: dict[str, str], concepts: dict[str, dict[str, str]]) -> list[dict]:
    address = scheme_address(name)
    told = [
        {
            "@id": f"{address}/{code}",
            "@type": "skos:Concept",
            "skos:notation": code,
            "prefLabel": labels,
            "skos:inScheme": at(address),
            "skos:topConceptOf": at(address),
        }
        for code, labels in concepts.items()
    ]
    return [{"@id": address, "@type": "skos:ConceptScheme", "title": title, "dct:license": at(LICENCE)}, *told]


def clauses() -> dict[str, dict[str, str]]:
    """Code → language → title, of the newest wording in each language."""
    titles: dict[str, dict[str, str]] = {}
    for version in StatementVersion.objects.valid().prefetch_related("clauses"):
        for clause in version.clauses.all():
            titles.setdefault(clause.code, {}).setdefault(version.language, clause.title)
    return titles


def page_of_concept(name: str, code: str) -> str | None:
    """Where people read of it, in the active language: the directory, filtered; or the statement, at this promise."""
    if name == CLAUSE:
        return f"{reverse('statement')}#{code}" if code in clauses() else None
    known = any(facet.name == name and code in facet.vocabulary.labels for facet in FACETS)
    return f"{reverse('directory')}?{name}={code}" if known else None
