"""Parts of lists as answers: JSON, or GeoJSON where that is asked for."""

from django.http import HttpRequest

from citysolidarity.opendata.answers import GEOJSON, Body, as_json
from citysolidarity.opendata.cursors import Part
from citysolidarity.opendata.records import LICENCE, feature_of


def list_of(request: HttpRequest, part: Part, records: list[dict], **more) -> Body:
    about = {"total": part.total, "licence": LICENCE, "next": part.next}
    if request.GET.get("format") == "geojson":
        features = [
            feature_of(record, record.get("city")) if has_place(record) else feature_of(record) for record in records
        ]
        return as_json({"type": "FeatureCollection", **about, "features": features}, GEOJSON, part.next)
    return as_json({**about, "items": records, **more}, link=part.next)


def one_of(request: HttpRequest, record: dict) -> Body:
    if request.GET.get("format") == "geojson":
        return as_json(feature_of(record, record["city"] if has_place(record) else None), GEOJSON)
    return as_json(record)


def has_place(record: dict) -> bool:
    """Whether the place is that of its city, told within the record."""
    return isinstance(record.get("city"), dict)
