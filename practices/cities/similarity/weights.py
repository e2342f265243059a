"""What makes a practice's city like the visitor's, and how much it counts: the one table of it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Weight:
    """Points for one thing in common, what it is called, and why it counts so much."""

    points: int
    title: Promise
    reason: Promise


# What is not known on either side counts nothing, for or against. The size weighs more than country, region and income
# together: a small town learns more from a small town abroad than from its capital.
WEIGHTS = {
    "context": Weight(
        4,
        _("Each situation that both cities are in"),
        _("How people arrive, and for how long, decides what is needed anywhere."),
    ),
    "size": Weight(6, _("The same size"), _("Staff, budgets and distances grow with the number of people.")),
    "near": Weight(2, _("The next larger or smaller size"), _("Much of it can still be carried over.")),
    "income": Weight(2, _("Similar national income"), _("It limits what a city can pay for and whom it can hire.")),
    "theme": Weight(
        2, _("Each theme that your city decides by itself"), _("A practice helps where a city may act on its own.")
    ),
    "region": Weight(1, _("The same region of the world"), _("Neighbours share routes, and often languages.")),
    "country": Weight(2, _("The same country, in addition"), _("Cities in one country share laws and partners.")),
}
# From which share of all points on (0 to 1) a city is called what.
LEVELS = ((0.6, _("Very similar")), (0.3, _("Similar")), (0, _("Somewhat similar")))
