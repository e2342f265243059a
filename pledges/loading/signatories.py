from pathlib import Path

from django.utils import timezone
from django.utils.text import slugify

from pledges.dates import FIRST_DAY
from pledges.loading.dates import read_dates
from pledges.models import Signature, SignatureEvent, SignatureSource
from pledges.vocabularies import Kind, Origin
from practices.loading import LoadReport, Row, read_sources
from practices.loading.updating import differs, replace
from practices.models import Membership, Network

FIELDS = ("signed_on", "not_before", "precision", "signed_by")


def load_signatories(folder: Path, report: LoadReport, cities: dict, *, overwrite: bool) -> None:
    """Load ``signatories.jsonl``: local governments that signed, as far as a source says so.

    A signature that was withdrawn or superseded here is never restored.
    """
    stored = {}
    for signature in Signature.objects.prefetch_related("sources").order_by("published_at"):
        # A city has at most one live signature, which decides; without one the historical signature does.
        if signature.origin == Origin.STATED or signature.is_live:
            stored[signature.city_id] = signature
    new, touched, memberships = [], [], []
    for row in report.rows(folder / "signatories.jsonl", "Signatures", optional=True):
        loaded, sources, networks = read_signatory(row, cities)
        row.once("city", loaded.city_id and loaded.city.slug)
        if not row.is_sound or not loaded.city_id:
            continue
        outcome = _update(stored.get(loaded.city_id), loaded, sources, overwrite=overwrite)
        if outcome == "new":
            new.append((loaded, sources))
        touched.append(loaded.city_id)
        memberships += [(loaded.city, name, url) for name, url in networks]
        report.count("signatures", outcome, name=loaded.city.slug)
    _save(new)
    _join(memberships)
    Signature.objects.show_on_cities(touched)


def read_signatory(row: Row, cities: dict) -> tuple[Signature, list[dict], list[tuple[str, str]]]:
    """The unsaved signature, its sources, and ``(network, address of the source)`` pairs."""
    signature = Signature(
        origin=Origin.STATED, city=row.city(cities), signed_by=row.text("signed_by", 300), published_at=timezone.now()
    )
    exact = row.day("signed_on", earliest=FIRST_DAY)
    names = row.texts("network", 120)
    # Ignored: the source names who was mayor, not who agreed to be named here.
    row.text("mayor", 120)
    sources = read_sources(row, SignatureSource)
    row.finish()
    try:
        for name, value in read_dates(exact, signature.signed_by).items():
            setattr(signature, name, value)
    except ValueError as error:
        row.wrong(f"signed_by names a day that cannot be ({error})")
    networks = []
    for name in names if sources else []:
        source = next((source for source in sources if name in source["publisher"]), sources[0])
        networks.append((name, source["url"]))
    return signature, sources, networks


def _update(stored: Signature | None, loaded: Signature, sources: list[dict], *, overwrite: bool) -> str:
    if stored is None:
        return "new"
    if stored.origin != Origin.STATED or not stored.is_live:
        return "retired"
    stored_sources = [{name: getattr(source, name) for name in sources[0]} for source in stored.sources.all()]
    if stored_sources == sources and not differs(stored, loaded, FIELDS):
        return "unchanged"
    if not overwrite:
        return "kept"
    replace(stored, loaded, FIELDS)
    stored.sources.all().delete()
    _add_sources([(stored, sources)])
    return "replaced"


def _save(new: list[tuple[Signature, list[dict]]]) -> None:
    Signature.objects.bulk_create(signature for signature, _sources in new)
    SignatureEvent.objects.bulk_create(
        SignatureEvent(signature=signature, kind=Kind.STATED, at=signature.published_at) for signature, _sources in new
    )
    _add_sources(new)


def _add_sources(signatures: list[tuple[Signature, list[dict]]]) -> None:
    SignatureSource.objects.bulk_create(
        SignatureSource(signature=signature, position=position, **source)
        for signature, sources in signatures
        for position, source in enumerate(sources)
    )


def _join(memberships: list[tuple]) -> None:
    networks = {
        name: Network.objects.get_or_create(slug=slugify(name), defaults={"name": name})[0]
        for name in dict.fromkeys(name for _city, name, _url in memberships)
    }
    # Existing memberships stay as a curator left them.
    Membership.objects.bulk_create(
        (Membership(city=city, network=networks[name], source_url=url) for city, name, url in memberships),
        ignore_conflicts=True,
    )
