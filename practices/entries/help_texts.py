"""The help beside each field: the manual of those who edit entries."""

from django.utils.translation import gettext_lazy as _

HELP = {
    "title": _("What the city does, in plain words and without slogans. No name of a project alone."),
    "slug": _("The last part of the page’s web address. It cannot be changed once the entry has been public."),
    "city": _("The city that does it. If it is not in the list, add it under Cities first."),
    "area": _("A district or quarter, if the practice does not cover the whole city."),
    "language": _("The language of the texts below, as a code: en, fr, es, ar …"),
    "summary": _(
        "What the city does and who it is for, in one or two sentences. Shown on cards and in search results."
    ),
    "challenge": _("What the problem was: who had which difficulty, and why."),
    "approach": _("What the city does, step by step: who does what, with whom, how often and on what legal basis."),
    "results": _("What changed, and how we know. Give each number its year and, as a figure below, its source."),
    "lessons": _("What another city should do the same way, or differently. Say so if it is our own reading."),
    "what_did_not_work": _(
        "What failed, cost more or took longer. Readers look for this first, and nobody is blamed for it."
    ),
    "themes": _("One to three: what the practice is about, not everything it touches."),
    "populations": _("Legal status of the people it reaches. Tick only what a source says."),
    "groups": _("Groups the practice is designed for, regardless of legal status."),
    "instrument": _("What kind of measure it mainly is."),
    "contexts": _("The situation the city is responding to."),
    "gcr_objectives": _("Objectives of the Global Compact on Refugees that the practice serves."),
    "sdgs": _("Only goals that the practice serves directly."),
    "started": _("Leave this empty if it is not known."),
    "ended": _("Leave this empty while the practice is ongoing, or if it is not known."),
    "status": _("“Not known” is an honest answer and does the entry no harm."),
    "lead": _("The office or body responsible for it."),
    "partners": _("Who works on it with the city, one per line."),
    "funders": _("Who pays, one per line."),
    "cost_band": _("What the city pays in a year. Give the currency and the year of that figure."),
    "cost_currency": _("Three letters, such as EUR."),
    "cost_basis": _("How the band follows from what the sources say, for instance “one-off: EUR 1.7m in 2016”."),
    "conditions": _("What a city needs to do the same, one per line: a decision, a building, a partner, staff."),
    "evidence_reason": _("Why this level and no higher one, in a sentence."),
    "evidence_level": _("How well the effect is shown by the sources below, not how good the practice is."),
}
# Words, least and most: shorter says too little, longer is not read. Advice, not a rule.
ADVISED_WORDS = {
    "challenge": (40, 150),
    "approach": (80, 250),
    "results": (40, 200),
    "lessons": (40, 150),
    "what_did_not_work": (20, 150),
}
