"""Loads ``networks.jsonl``: networks of cities with the members that a source names. A folder need not have one."""

from pathlib import Path

from practices.loading.library_translations import Places, places_in
from practices.loading.report import LoadReport
from practices.loading.row import Row
from practices.loading.updating import differs, replace
from practices.models import Membership, Network, OtherMember
from practices.models.cities.network import NetworkKind, NetworkRegion
from practices.vocabularies.countries import COUNTRY_CODES

FIELDS = (
    "original_name", "kind", "region", "website", "founded", "description", "member_count", "member_count_of",
    "member_count_year", "member_count_source", "sources", "note",
)  # fmt: skip
MOST = 2_147_483_647  # PostgreSQL's integer

# (name, country) → the address where the membership is said.
Members = dict[tuple[str, str], str]


def load_networks(folder: Path, report: LoadReport, cities: dict, *, overwrite: bool) -> dict[str, Places]:
    """Saves networks and their members; ``cities`` is what ``load_cities`` returned.

    What curators changed here stays, and a member that they removed does not come back. A network of which only the name
    was known, from the list of signatories, is filled. Returns what the file says, by address.
    """
    originals: dict[str, Places] = {}
    stored = {network.slug: network for network in Network.objects.all()}
    for row in report.rows(folder / "networks.jsonl", "Networks", optional=True):
        loaded, members = read_network(row)
        if row.is_sound:
            outcome = _settle(stored.get(loaded.slug), loaded, members, cities, overwrite=overwrite)
            report.count("networks", outcome, name=loaded.slug)
            originals[loaded.slug] = places_in(loaded, [])
    return originals


def read_network(row: Row) -> tuple[Network, Members]:
    """The unsaved network that a row describes, and its members."""
    network = Network(
        slug=row.slug("slug", 60),
        name=row.text("name", 120, required=True),
        original_name=row.text("original_name", 160),
        kind=row.code("kind", NetworkKind.values),
        region=row.code("region", NetworkRegion.values),
        website=row.web_address("website", 300, required=False),
        founded=row.year("founded"),
        description=row.text("description", 500, required=True),
        member_count=row.whole("member_count", 0, MOST),
        member_count_of=row.text("member_count_of", 80),
        member_count_year=row.year("member_count_year"),
        member_count_source=row.web_address("member_count_source", 500, required=False),
        sources=row.texts("sources", 500),
        note=row.text("note", 400),
    )
    members: Members = {}
    for part in row.parts("members", "member"):
        key = part.text("city", 120, required=True), part.code("country", COUNTRY_CODES)
        if key in members:
            part.wrong(f"{key[0]!r} stands there twice")
        members[key] = part.web_address("source", 500)
        part.finish()
    row.finish()
    for url in network.sources:
        if not url.startswith(("http://", "https://")):
            row.wrong(f"sources {url!r} does not start with http:// or https://")
    if network.member_count is not None and not (network.member_count_of and network.member_count_source):
        row.wrong("member_count needs member_count_of and member_count_source")
    return network, members


def _settle(stored: Network | None, loaded: Network, members: Members, cities: dict, *, overwrite: bool) -> str:
    if stored is None:
        loaded.save()
        _join(loaded, members, cities)
        return "new"
    # The list of signatories made it, of its name alone.
    is_bare = not stored.description and not stored.kind
    if not is_bare and not differs(stored, loaded, FIELDS) and _has_all(stored, members, cities):
        return "unchanged"
    if not is_bare and not overwrite:
        return "kept"
    replace(stored, loaded, FIELDS)
    _join(stored, members, cities)
    return "replaced"


def _has_all(network: Network, members: Members, cities: dict) -> bool:
    known = set(network.memberships.values_list("city", flat=True))
    named = set(network.othermembers.values_list("name", "country"))
    return all(city.pk in known if (city := cities.get(key)) else key in named for key in members)


def _join(network: Network, members: Members, cities: dict) -> None:
    # Existing memberships stay as a curator left them.
    Membership.objects.bulk_create(
        (
            Membership(city=cities[key], network=network, source_url=url)
            for key, url in members.items()
            if cities.get(key)
        ),
        ignore_conflicts=True,
    )
    OtherMember.objects.bulk_create(
        (
            OtherMember(network=network, name=name, country=country, source_url=url)
            for (name, country), url in members.items()
            if not cities.get((name, country))
        ),
        ignore_conflicts=True,
    )
