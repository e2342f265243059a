"""How values of the facets read inside a sentence, such as "6 practices about housing in the Netherlands".

A value that is not here reads as its label. ``ONE`` differs from ``MANY`` where the words depend on the number of practices.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


def _(words: str):
    return pgettext_lazy("in a sentence", words)


type Phrases = Mapping[str, Mapping[str, str | Promise]]

MANY: Phrases = {
    "theme": {
        "social-cohesion": _("social cohesion and public space"),
        "participation": _("participation and representation"),
        "welcome": _("welcome and public attitudes"),
        "employment": _("work and enterprise"),
        "housing": _("housing"),
        "education": _("education and language"),
        "health": _("health and psychosocial support"),
        "rights": _("rights, status and documents"),
        "reception": _("arrival and emergency reception"),
        "environment": _("environment and climate"),
        "governance": _("strategy, data and finance"),
        "culture-sport": _("culture and sport"),
    },
    "population": {
        "refugees": _("refugees"),
        "asylum-seekers": _("asylum-seekers"),
        "idps": _("internally displaced people"),
        "stateless": _("stateless people"),
        "returnees": _("returnees"),
        "host-community": _("the host community"),
        "migrants": _("other migrants"),
    },
    "group": {
        "women": _("women"),
        "children-youth": _("children and young people"),
        "families": _("families"),
        "older-people": _("older people"),
        "people-with-disabilities": _("people with disabilities"),
    },
    "context": {
        "large-scale-arrival": _("during large-scale arrivals"),
        "protracted": _("during long-lasting displacement"),
        "resettlement": _("with government resettlement"),
        "community-sponsorship": _("with community sponsorship"),
        "mixed-migration": _("amid mixed migration"),
        "internal-displacement": _("amid internal displacement"),
        "reintegration": _("during return and reintegration"),
    },
    "size": {
        "under-20k": _("fewer than 20,000 people"),
        "20k-50k": _("20,000 to 50,000 people"),
        "50k-200k": _("50,000 to 200,000 people"),
        "200k-500k": _("200,000 to 500,000 people"),
        "500k-1.5m": _("500,000 to 1.5 million people"),
        "over-1.5m": _("more than 1.5 million people"),
        "unknown": _("unknown size"),
    },
    "country": {
        "AE": _("the United Arab Emirates"),
        "BS": _("the Bahamas"),
        "CD": _("the Democratic Republic of the Congo"),
        "CF": _("the Central African Republic"),
        "CG": _("the Congo"),
        "DO": _("the Dominican Republic"),
        "GB": _("the United Kingdom"),
        "GM": _("the Gambia"),
        "KM": _("the Comoros"),
        "KP": _("the Democratic People’s Republic of Korea"),
        "KR": _("the Republic of Korea"),
        "LA": _("the Lao People’s Democratic Republic"),
        "MD": _("the Republic of Moldova"),
        "MH": _("the Marshall Islands"),
        "MV": _("the Maldives"),
        "NL": _("the Netherlands"),
        "PH": _("the Philippines"),
        "PS": _("the State of Palestine"),
        "RU": _("the Russian Federation"),
        "SB": _("the Solomon Islands"),
        "SY": _("the Syrian Arab Republic"),
        "US": _("the United States"),
        "VA": _("the Holy See"),
    },
    "evidence": {
        "0": _("a description but no evidence of change"),
        "1": _("a plausible account of change"),
        "2": _("change measured among the people reached"),
        "3": _("change measured against a comparison"),
        "4": _("an independent or repeated evaluation"),
        "5": _("proof of working elsewhere"),
    },
    "cost": {
        "none": _("nothing extra"),
        "under-50k": _("less than 50,000 a year"),
        "50k-250k": _("50,000 to 250,000 a year"),
        "250k-1m": _("250,000 to 1 million a year"),
        "over-1m": _("more than 1 million a year"),
        "unknown": _("an unknown amount"),
    },
    "stated": {
        "cost": _("cost"),
        "staff": _("staff"),
        "startup": _("the time to start"),
        "figures": _("change in figures"),
        "failures": _("what did not work"),
    },
    "instrument": {
        "service": _("services"),
        "policy": _("policies or by-laws"),
        "institution": _("offices or institutions"),
        "campaign": _("campaigns"),
        "space": _("places or buildings"),
        "partnership": _("partnerships"),
        "network": _("networks"),
        "digital": _("digital tools"),
        "funding": _("funding schemes"),
    },
    "status": {"ongoing": _("ongoing"), "completed": _("completed"), "unknown": _("of unknown status")},
    "freshness": {
        "fresh": _("confirmed in the last 12 months"),
        "due": _("confirmed 12 to 24 months ago"),
        "unconfirmed": _("not confirmed in the last 24 months"),
        "ended": _("known to have ended"),
    },
    "gcr": {
        "1": _("ease pressures on host countries"),
        "2": _("enhance refugee self-reliance"),
        "3": _("expand access to third-country solutions"),
        "4": _("support conditions in countries of origin for return in safety and dignity"),
    },
    "signed": {"yes": _("from cities that signed the statement")},
}
ONE: Phrases = {
    **MANY,
    "instrument": {
        "service": _("a service"),
        "policy": _("a policy or by-law"),
        "institution": _("an office or institution"),
        "campaign": _("a campaign"),
        "space": _("a place or building"),
        "partnership": _("a partnership"),
        "network": _("a network"),
        "digital": _("a digital tool"),
        "funding": _("a funding scheme"),
    },
    "signed": {"yes": _("from a city that signed the statement")},
}
