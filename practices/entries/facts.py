"""What decides, as the page of an entry shows it: each with the number of its source, and what no source says."""

from django.db.models import Q
from django.utils.translation import gettext as _

from practices.models import City, Fact, Practice, Source, Transfer
from practices.vocabularies import EVIDENCE_LEVELS


def facts_on_page(entry: Practice, sources: list[Source]) -> dict:
    """The context of the templates of facts: figures, facts, transfers both ways, the unknown, and numbers of sources."""
    numbers = {source.pk: number for number, source in enumerate(sources, start=1)}
    figures, facts, transfers = (entry.rows_of(part) for part in ("figures", "facts", "transfers"))
    for part in (*figures, *facts, *transfers):
        part.number = numbers.get(part.source_id)
    by_kind = {fact.kind: fact for fact in facts}
    return {
        "sources": sources,
        "figures": figures,
        "facts": facts,
        "family": _family(transfers),
        "followers": _followers(entry),
        "evidence_levels": EVIDENCE_LEVELS,
        "unstated": _unstated(entry, by_kind, figures),
    }


def _family(transfers: list[Transfer]) -> dict[str, list[Transfer]]:
    """Direction → transfers; a city that has a page here bears its address."""
    named = Q()
    for transfer in transfers:
        named |= Q(name=transfer.place, country=transfer.country)
    cities = (
        {(city.name, city.country): city for city in City.objects.listed().public().filter(named)} if transfers else {}
    )
    for transfer in transfers:
        transfer.city = cities.get((transfer.place, transfer.country))
    return {
        direction: [transfer for transfer in transfers if transfer.direction == direction]
        for direction in Transfer.Direction.values
    }


def _followers(entry: Practice) -> list[Practice]:
    """Entries of other cities that learnt from this entry's city, as far as their own sources say."""
    learners = Transfer.objects.filter(
        direction=Transfer.Direction.LEARNED_FROM, place=entry.city.name, country=entry.city.country
    )
    return list(
        Practice.objects.published()
        .with_city()
        .in_language()
        .filter(pk__in=learners.values("practice"))
        .exclude(pk=entry.pk)
    )


def _unstated(entry: Practice, facts: dict[str, Fact], figures: list) -> list[str]:
    said = [
        (entry.cost_band != "unknown" or "cost" in facts, _("what it costs")),
        (bool(entry.funders), _("who pays")),
        ("staff" in facts, _("how many people work on it")),
        ("startup" in facts, _("how long it took to start")),
        (bool(figures), _("what changed, in figures")),
        (bool(entry.what_did_not_work), _("what did not work")),
    ]
    return [name for is_said, name in said if not is_said]
