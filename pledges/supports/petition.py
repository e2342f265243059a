"""UNHCR's #WithRefugees petition of individuals, 2016 to 2018: what public sources tell of it, in our own words.

An entry stands here only with the address of a source. Where sources disagree, both numbers stand.
"""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _


class PetitionSource(NamedTuple):
    publisher: str
    url: str


class PetitionEvent(NamedTuple):
    when: str
    what: str
    sources: tuple[PetitionSource, ...]


class PetitionCount(NamedTuple):
    when: str
    number: str
    remark: str
    sources: tuple[PetitionSource, ...]


HANDED_OVER = PetitionSource(
    "UNHCR",
    "https://unhcr.org/news/latest/2016/9/57dc30698/un-secretary-general-receives-unhcr-withrefugees-petition.html",
)
LOOK_TO_THE_STARS = PetitionSource(
    "Look to the Stars", "https://looktothestars.org/news/15772-ben-stiller-helps-hand-over-global-refugee-petition"
)
WORLD_TOUR = PetitionSource(
    "UNHCR Canada",
    "https://www.unhcr.ca/news/unhcr-welcomes-support-of-canadian-ngos-in-withrefugees-world-tour/",
)
METROPOLIS = PetitionSource("Metropolis", "https://www.metropolis.org/news/metropolises-standing-withrefugees")

EVENTS = (
    PetitionEvent(
        _("June 2016"),
        _(
            "UNHCR opens the petition to everybody, with a film in which more than 60 well-known people take part. It "
            "was reported on 18 June; sources name 19 or 20 June as the first day."
        ),
        (
            PetitionSource(
                "Report, Baku",
                "https://report.az/en/other-countries/more-than-60-international-celebrities-have-supported-a-petition-to-"
                "protection-of-refugees/",
            ),
            PetitionSource(
                "UNHCR Canada", "https://webarchive.archive.unhcr.org/20190218111600oe_/https://www.unhcr.ca/?p=8339"
            ),
            PetitionSource("UNRIC", "https://staging.unric.org/is/safnae-undirskriftum-i-tagu-flottamanna"),
        ),
    ),
    PetitionEvent(
        _("16 September 2016"),
        _(
            "In New York the High Commissioner for Refugees, together with refugees, hands the petition over to the "
            "Secretary-General of the United Nations and the President of the General Assembly, three days before "
            "their summit on refugees and migrants."
        ),
        (HANDED_OVER, LOOK_TO_THE_STARS),
    ),
    PetitionEvent(
        _("19 September 2016"),
        _(
            "The summit adopts the New York Declaration. The petition stays open, now on the way to the compact that "
            "the declaration announces for 2018."
        ),
        (
            PetitionSource(
                "UNHCR",
                "https://webarchive.archive.unhcr.org/20180104162623mp_/http://www.unhcr.org/new-york-declaration-for-refugees-"
                "and-migrants.html",
            ),
        ),
    ),
    PetitionEvent(
        _("December 2017"),
        _("More than 300 organisations carry the campaign together."),
        (
            PetitionSource(
                "Cities of Migration", "http://citiesofmigration.ca/ezine_stories/join-the-withrefugees-campaign/"
            ),
        ),
    ),
    PetitionEvent(
        _("April to September 2018"),
        _("The #WithRefugees World Tour collects further signatures."),
        (WORLD_TOUR, PetitionSource("UCLG Africa", "https://www.uclga.org/news/join-withrefugees-coalition-campaign/")),
    ),
    PetitionEvent(
        _("June 2018"),
        _("Cities are invited to a statement of their own, Cities #WithRefugees."),
        (METROPOLIS,),
    ),
    PetitionEvent(
        _("17 December 2018"),
        _(
            "The General Assembly affirms the Global Compact on Refugees. As announced, the petition was to run until "
            "then. We found no page that tells of its close, of a second hand-over or of a last count."
        ),
        (
            PetitionSource(
                "UNHCR", "https://www.unhcr.org/high-commissioners-dialogue-on-protection-challenges-2018.html"
            ),
        ),
    ),
)

COUNTS = (
    PetitionCount(
        _("16 September 2016"),
        _("more than 1.2 million"),
        _("Other sources say more than one million, or 1.3 million, for the same day."),
        (
            HANDED_OVER,
            LOOK_TO_THE_STARS,
            PetitionSource(
                "NICER", "https://nicerproject.eu/unhcr-withrefugees-petition-heads-to-un-secretary-general/"
            ),
        ),
    ),
    PetitionCount(
        _("June 2017"),
        _("more than 1.5 million"),
        _("Said at an event in Yerevan."),
        (PetitionSource("Caucasian Knot", "https://eng.kavkaz-uzel.eu/articles/39828"),),
    ),
    PetitionCount(
        _("Spring 2018"),
        _("almost 2 million"),
        _("Beside more than 18 million “actions”, which count clicks, shares and events, and not people."),
        (WORLD_TOUR,),
    ),
    PetitionCount(
        _("21 June 2018"),
        _("1,912,884"),
        _("The last exact number that we found: the counter of UNHCR’s page in Arabic, in an archived copy."),
        (
            PetitionSource(
                "UNHCR",
                "https://webarchive.archive.unhcr.org/20180621023047mp_/http://www.unhcr.org/withrefugees/ar/petition",
            ),
        ),
    ),
)

LAST_EXACT = COUNTS[-1]
