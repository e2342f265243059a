"""UNHCR's statement for cities of 2018: where its text stands. Its words are UNHCR's, and are linked and not copied.

Every address was seen in November 2026; none of them is UNHCR's own English page, which was not found.
"""

from datetime import date
from typing import NamedTuple

# Offered to cities before World Refugee Day, 20 June 2018 (City of Sanctuary, 13 June 2018).
OFFERED_ON = date(2018, 6, 13)
ANNOUNCED_BY = "City of Sanctuary"
ANNOUNCED_AT = (
    "https://cityofsanctuary.org/2018/06/13/"
    "call-for-cities-of-sanctuary-to-support-the-unhcrs-solidarity-statement-world-refugee-day/"
)


class Text(NamedTuple):
    language: str
    publisher: str
    url: str


TEXTS = (
    Text(
        "en",
        "City of Port Moody",
        "https://www.portmoody.ca/en/news/"
        "port-moody-joins-cities-around-the-world-in-signing-statement-of-solidarity-withrefugees.aspx",
    ),
    Text("fr", "Union des villes et communes de Wallonie", "https://uvcw.be/international/actus/art-1006"),
    Text("ar", "UNHCR", "http://www.unhcr.org/withrefugees/ar/cities/"),
    Text("de", "UNHCR", "https://unhcr.org/withrefugees/de/cities"),
)
