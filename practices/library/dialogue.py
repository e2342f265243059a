"""What the dialogue of 2018 concluded, in our own words, and which of its points each conclusion rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from practices.models import DocumentPoint

# The thematic session on Cities of solidarity at the High Commissioner's Dialogue of 2018.
SESSION = "thematic-session-6-cities-of-solidarity-2018"


@dataclass(frozen=True)
class Conclusion:
    """``point`` is None where the curators have taken it out of the document; its practices go with it."""

    anchor: str
    heading: str | Promise
    text: str | Promise
    today: str | Promise
    point: DocumentPoint | None = None


CONCLUSIONS = (
    Conclusion(
        "early-inclusion",
        _("Inclusion that starts early pays"),
        _(
            "Many arrivals at once strain a city. Including people early, in work, housing, rights and culture, still pays in"
            " the medium and long term: it makes people self-reliant and lightens the load of the municipality."
        ),
        _("Practices that start with language, work and a home from the first days:"),
    ),
    Conclusion(
        "towns-revived",
        _("Arrivals can revive towns in decline"),
        _(
            "Examples from Europe and the United States showed towns in economic decline that grew again with those who came."
            " A welcoming stance brings neighbours together, and businesses find the skills they lack."
        ),
        _("Practices from towns that had been losing people:"),
    ),
    Conclusion(
        "means",
        _("A welcome needs empathy, and it needs means"),
        _(
            "Cities that take in many people share a duty of the whole world. They need money and other support to go on, and the"
            " needs of newcomers and of their neighbours are to be met together."
        ),
        _("Practices that show who paid, and what cities did with little:"),
    ),
    Conclusion(
        "misinformation",
        _("Facts keep goodwill alive"),
        _(
            "Close contact with the people who host, early information, and facts against false rumours keep a welcome alive"
            " when opinion turns."
        ),
        _("Practices that listen to residents and answer rumours:"),
    ),
    Conclusion(
        "beyond-elections",
        _("Openness should outlast an election"),
        _(
            "The session asked for openness that is anchored in society and reaches beyond election cycles. Human dignity can"
            " guide public policy everywhere."
        ),
        _("Practices anchored in a law, a plan of many years or a vote of the whole council:"),
    ),
)
ANCHORS = {conclusion.anchor for conclusion in CONCLUSIONS}


def conclusions(points: Mapping[str, DocumentPoint]) -> list[Conclusion]:
    """The conclusions, each with the point of the document that bears its mark, and with the practices of that point."""
    return [replace(conclusion, point=points.get(conclusion.anchor)) for conclusion in CONCLUSIONS]
