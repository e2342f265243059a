"""How values of the facets read inside a sentence, such as "6 practices about housing in the Netherlands".

A value that is not here reads as its label. ``ONE`` differs from ``MANY`` where the words depend on the number of practices.
"""

from collections.abc import Mapping

from django.utils.functional import Promise, lazy
from django.utils.translation import pgettext_lazy

from practices.vocabularies.languages import LANGUAGES, name_in_sentence

type Phrases = Mapping[str, Mapping[str, str | Promise]]

MANY: Phrases = {
    "theme": {
        "social-cohesion": pgettext_lazy("in a sentence", "social cohesion and public space"),
        "participation": pgettext_lazy("in a sentence", "participation and representation"),
        "welcome": pgettext_lazy("in a sentence", "welcome and public attitudes"),
        "employment": pgettext_lazy("in a sentence", "work and enterprise"),
        "housing": pgettext_lazy("in a sentence", "housing"),
        "education": pgettext_lazy("in a sentence", "education and language"),
        "health": pgettext_lazy("in a sentence", "health and psychosocial support"),
        "rights": pgettext_lazy("in a sentence", "rights, status and documents"),
        "reception": pgettext_lazy("in a sentence", "arrival and emergency reception"),
        "environment": pgettext_lazy("in a sentence", "environment and climate"),
        "governance": pgettext_lazy("in a sentence", "strategy, data and finance"),
        "culture-sport": pgettext_lazy("in a sentence", "culture and sport"),
    },
    "population": {
        "refugees": pgettext_lazy("in a sentence", "refugees"),
        "asylum-seekers": pgettext_lazy("in a sentence", "asylum-seekers"),
        "idps": pgettext_lazy("in a sentence", "internally displaced people"),
        "stateless": pgettext_lazy("in a sentence", "stateless people"),
        "returnees": pgettext_lazy("in a sentence", "returnees"),
        "host-community": pgettext_lazy("in a sentence", "the host community"),
        "migrants": pgettext_lazy("in a sentence", "other migrants"),
    },
    "group": {
        "women": pgettext_lazy("in a sentence", "women"),
        "children-youth": pgettext_lazy("in a sentence", "children and young people"),
        "families": pgettext_lazy("in a sentence", "families"),
        "lgbtiq": pgettext_lazy("in a sentence", "LGBTIQ+ people"),
        "older-people": pgettext_lazy("in a sentence", "older people"),
        "people-with-disabilities": pgettext_lazy("in a sentence", "people with disabilities"),
    },
    "context": {
        "large-scale-arrival": pgettext_lazy("in a sentence", "during large-scale arrivals"),
        "protracted": pgettext_lazy("in a sentence", "during long-lasting displacement"),
        "resettlement": pgettext_lazy("in a sentence", "with government resettlement"),
        "community-sponsorship": pgettext_lazy("in a sentence", "with community sponsorship"),
        "mixed-migration": pgettext_lazy("in a sentence", "amid mixed migration"),
        "internal-displacement": pgettext_lazy("in a sentence", "amid internal displacement"),
        "reintegration": pgettext_lazy("in a sentence", "during return and reintegration"),
    },
    "size": {
        "under-20k": pgettext_lazy("in a sentence", "fewer than 20,000 people"),
        "20k-50k": pgettext_lazy("in a sentence", "20,000 to 50,000 people"),
        "50k-200k": pgettext_lazy("in a sentence", "50,000 to 200,000 people"),
        "200k-500k": pgettext_lazy("in a sentence", "200,000 to 500,000 people"),
        "500k-1.5m": pgettext_lazy("in a sentence", "500,000 to 1.5 million people"),
        "over-1.5m": pgettext_lazy("in a sentence", "more than 1.5 million people"),
        "unknown": pgettext_lazy("in a sentence", "unknown size"),
    },
    "country": {
        "AE": pgettext_lazy("in a sentence", "the United Arab Emirates"),
        "BS": pgettext_lazy("in a sentence", "the Bahamas"),
        "CD": pgettext_lazy("in a sentence", "the Democratic Republic of the Congo"),
        "CF": pgettext_lazy("in a sentence", "the Central African Republic"),
        "CG": pgettext_lazy("in a sentence", "the Congo"),
        "DO": pgettext_lazy("in a sentence", "the Dominican Republic"),
        "GB": pgettext_lazy("in a sentence", "the United Kingdom"),
        "GM": pgettext_lazy("in a sentence", "the Gambia"),
        "KM": pgettext_lazy("in a sentence", "the Comoros"),
        "KP": pgettext_lazy("in a sentence", "the Democratic People’s Republic of Korea"),
        "KR": pgettext_lazy("in a sentence", "the Republic of Korea"),
        "LA": pgettext_lazy("in a sentence", "the Lao People’s Democratic Republic"),
        "MD": pgettext_lazy("in a sentence", "the Republic of Moldova"),
        "MH": pgettext_lazy("in a sentence", "the Marshall Islands"),
        "MV": pgettext_lazy("in a sentence", "the Maldives"),
        "NL": pgettext_lazy("in a sentence", "the Netherlands"),
        "PH": pgettext_lazy("in a sentence", "the Philippines"),
        "PS": pgettext_lazy("in a sentence", "the State of Palestine"),
        "RU": pgettext_lazy("in a sentence", "the Russian Federation"),
        "SB": pgettext_lazy("in a sentence", "the Solomon Islands"),
        "SY": pgettext_lazy("in a sentence", "the Syrian Arab Republic"),
        "US": pgettext_lazy("in a sentence", "the United States"),
        "VA": pgettext_lazy("in a sentence", "the Holy See"),
    },
    "evidence": {
        "0": pgettext_lazy("in a sentence", "a description but no evidence of change"),
        "1": pgettext_lazy("in a sentence", "a plausible account of change"),
        "2": pgettext_lazy("in a sentence", "change measured among the people reached"),
        "3": pgettext_lazy("in a sentence", "change measured against a comparison"),
        "4": pgettext_lazy("in a sentence", "an independent or repeated evaluation"),
        "5": pgettext_lazy("in a sentence", "proof of working elsewhere"),
    },
    "cost": {
        "none": pgettext_lazy("in a sentence", "nothing extra"),
        "under-50k": pgettext_lazy("in a sentence", "less than 50,000 a year"),
        "50k-250k": pgettext_lazy("in a sentence", "50,000 to 250,000 a year"),
        "250k-1m": pgettext_lazy("in a sentence", "250,000 to 1 million a year"),
        "over-1m": pgettext_lazy("in a sentence", "more than 1 million a year"),
        "unknown": pgettext_lazy("in a sentence", "an unknown amount"),
    },
    "stated": {
        "cost": pgettext_lazy("in a sentence", "cost"),
        "staff": pgettext_lazy("in a sentence", "staff"),
        "startup": pgettext_lazy("in a sentence", "the time to start"),
        "figures": pgettext_lazy("in a sentence", "change in figures"),
        "failures": pgettext_lazy("in a sentence", "what did not work"),
    },
    "instrument": {
        "service": pgettext_lazy("in a sentence", "services"),
        "policy": pgettext_lazy("in a sentence", "policies or by-laws"),
        "institution": pgettext_lazy("in a sentence", "offices or institutions"),
        "campaign": pgettext_lazy("in a sentence", "campaigns"),
        "space": pgettext_lazy("in a sentence", "places or buildings"),
        "partnership": pgettext_lazy("in a sentence", "partnerships"),
        "network": pgettext_lazy("in a sentence", "networks"),
        "digital": pgettext_lazy("in a sentence", "digital tools"),
        "funding": pgettext_lazy("in a sentence", "funding schemes"),
    },
    "status": {
        "ongoing": pgettext_lazy("in a sentence", "ongoing"),
        "completed": pgettext_lazy("in a sentence", "completed"),
        "unknown": pgettext_lazy("in a sentence", "of unknown status"),
    },
    "freshness": {
        "fresh": pgettext_lazy("in a sentence", "confirmed in the last 12 months"),
        "due": pgettext_lazy("in a sentence", "confirmed 12 to 24 months ago"),
        "unconfirmed": pgettext_lazy("in a sentence", "not confirmed in the last 24 months"),
        "ended": pgettext_lazy("in a sentence", "known to have ended"),
    },
    "gcr": {
        "1": pgettext_lazy("in a sentence", "ease pressures on host countries"),
        "2": pgettext_lazy("in a sentence", "enhance refugee self-reliance"),
        "3": pgettext_lazy("in a sentence", "expand access to third-country solutions"),
        "4": pgettext_lazy(
            "in a sentence", "support conditions in countries of origin for return in safety and dignity"
        ),
    },
    "readable": {code: lazy(name_in_sentence, str)(code) for code in LANGUAGES},
    "signed": {"yes": pgettext_lazy("in a sentence", "from cities that signed the statement")},
}
ONE: Phrases = {
    **MANY,
    "instrument": {
        "service": pgettext_lazy("in a sentence", "a service"),
        "policy": pgettext_lazy("in a sentence", "a policy or by-law"),
        "institution": pgettext_lazy("in a sentence", "an office or institution"),
        "campaign": pgettext_lazy("in a sentence", "a campaign"),
        "space": pgettext_lazy("in a sentence", "a place or building"),
        "partnership": pgettext_lazy("in a sentence", "a partnership"),
        "network": pgettext_lazy("in a sentence", "a network"),
        "digital": pgettext_lazy("in a sentence", "a digital tool"),
        "funding": pgettext_lazy("in a sentence", "a funding scheme"),
    },
    "signed": {"yes": pgettext_lazy("in a sentence", "from a city that signed the statement")},
}
