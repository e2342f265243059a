"""What visitors ask for: twelve addresses by how often they are asked, and many more that nobody has asked before."""

from random import Random

from practices import vocabularies
from practices.directory.selection import Selection
from tests.bench.synthetic import SEED

# Query string → how often in a hundred; after the recipe of the performance notes.
MIX = {
    "": 20,
    "theme=housing": 15,
    "theme=housing&theme=education&region=western-europe": 12,
    "theme=housing&theme=health&group=women&group=families&country=DE&country=FR&country=ES&country=IT&since=2010": 10,
    "instrument=service&instrument=policy&status=ongoing&size=50k-200k&size=200k-500k&size=over-1.5m&sort=city": 5,
    "q=housing": 10,
    "q=refugees": 5,
    "q=language+school": 8,
    "q=integration&theme=employment&region=southern-asia": 8,
    "q=vivienda&group=women": 3,
    "theme=education&page=5&sort=city": 2,
    "q=refugess+housng": 2,
}
BASE, EMPTY = "/en/practices/", "/bench/empty"


def addresses() -> list[str]:
    """A hundred addresses in a fixed random order, each as often as it is asked."""
    found = [f"{BASE}?{query}" if query else BASE for query, often in MIX.items() for _ in range(often)]
    Random(SEED).shuffle(found)
    return found


def filters_alone() -> list[str]:
    """The part of the mix that asks for no words."""
    return [address for address in addresses() if "q=" not in address]


def fresh_filters(count: int = 5_000) -> list[str]:
    """Filter pages that differ from one another, so that no page is asked for twice."""
    chance, found = Random(SEED), {}
    while len(found) < count:
        chosen = {
            vocabulary.name: vocabulary.known(chance.sample(vocabulary.codes, chance.randint(1, 2)))
            for vocabulary in chance.sample(
                (
                    vocabularies.THEMES,
                    vocabularies.POPULATIONS,
                    vocabularies.GROUPS,
                    vocabularies.INSTRUMENTS,
                    vocabularies.CONTEXTS,
                    vocabularies.SIZES,
                ),
                chance.randint(1, 3),
            )
        }
        selection = Selection(chosen=chosen, since=chance.choice((None, 2010, 2015)), sort=chance.choice(("", "city")))
        found[BASE + selection.query()] = None
    return list(found)
