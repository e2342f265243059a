"""Loads ``cities.jsonl``: name, its names in other languages, country, kind, place on the map, population."""

from pathlib import Path

from practices.loading.report import LoadReport
from practices.loading.row import Row
from practices.loading.updating import differs, replace
from practices.models import City
from practices.models.cities.city import CITY_NAME_LENGTH

FIELDS = (
    "name", "kind", "latitude", "longitude", "population", "population_year", "population_source", "geonames_id",
)  # fmt: skip
GEONAMES = "GeoNames"
LARGEST = 2_147_483_647  # PostgreSQL's integer

type Cities = dict[tuple[str, str], City | None]


def load_cities(folder: Path, report: LoadReport, *, overwrite: bool) -> Cities:
    """Saves the cities and returns them by name and country; None stands for a city whose line is bad."""
    stored = {city.slug: city for city in City.objects.all()}
    # An address may have been changed here since: the GeoNames number still tells which city it is.
    by_number = {city.geonames_id: city for city in stored.values() if city.geonames_id}
    cities: Cities = {}
    for row in report.rows(folder / "cities.jsonl", "Cities"):
        loaded = read_city(row)
        row.once("address", loaded.slug)
        row.once("GeoNames number", loaded.geonames_id)
        existing = stored.get(loaded.slug) or by_number.get(loaded.geonames_id)
        holder = by_number.get(loaded.geonames_id)
        if holder and existing is not holder:
            row.wrong(f"GeoNames number {loaded.geonames_id} belongs to {holder.slug} here")
        key = (loaded.name, loaded.country)
        cities[key] = _settle(existing, loaded, report, overwrite=overwrite) if row.is_sound else None
    return cities


def read_city(row: Row) -> City:
    """The unsaved city that a row describes; only where the row stays sound may it be saved."""
    city = City(
        name=row.text("name", CITY_NAME_LENGTH, required=True),
        country=row.country(),
        kind=row.code("kind", City.Kind.values, default=City.Kind.CITY),
        latitude=row.decimal("latitude", -90, 90),
        longitude=row.decimal("longitude", -180, 180),
        population=row.whole("population", 0, LARGEST),
        population_year=row.year("population_year"),
        population_source=row.text("population_source", 200),
        geonames_id=row.whole("geonames_id", 1, LARGEST),
    )
    city.names = row.by_language("names", CITY_NAME_LENGTH)
    row.finish()
    if row.is_sound and (city.latitude is None) != (city.longitude is None):
        row.wrong("latitude and longitude go together: one of them is missing")
    if city.population is not None and city.geonames_id and not city.population_source:
        city.population_source = GEONAMES
    if city.name and city.country:
        city.slug = City.slug_for(city.name, city.country)
        if city.slug.startswith("-") or len(city.slug) > CITY_NAME_LENGTH:
            row.wrong(f"name {city.name!r} makes no address")
    return city


def _settle(stored: City | None, loaded: City, report: LoadReport, *, overwrite: bool) -> City:
    if stored is None:
        loaded.save(force_insert=True)
        report.count("cities", "new", name=loaded.slug)
        return loaded
    # A name that somebody chose here stays, also where the rest is replaced.
    names, before = loaded.names | stored.names, stored.names
    stored.names = names
    if differs(stored, loaded, FIELDS) and overwrite:
        replace(stored, loaded, FIELDS)
        report.count("cities", "replaced", name=stored.slug)
        return stored
    if names != before:
        stored.save(update_fields=["names"])
    if not differs(stored, loaded, FIELDS):
        report.count("cities", "unchanged" if names == before else "replaced", name=stored.slug)
    else:
        report.count("cities", "kept", name=stored.slug)
    return stored
