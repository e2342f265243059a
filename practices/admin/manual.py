"""The help beside each field: the manual of those who edit entries."""

from django.utils.translation import gettext_lazy as _

HELP = {
    "title": _("What the city does, in plain words and without slogans. No name of a project alone."),
    "slug": _("The last part of the page's address. It can't change once the entry was public."),
    "city": _("Who does it. A city that is missing here is added under Cities first."),
    "area": _("A district or quarter, where the practice does not reach the whole city."),
    "language": _("The language of the texts below, as a code: en, fr, es, ar …"),
    "summary": _("What the city does, for whom, in one or two sentences. It stands on cards and in search results."),
    "challenge": _("What was the matter before: who had which difficulty, and why."),
    "approach": _("What the city does, step by step: who, with whom, how often, by which right."),
    "results": _("What changed, and how that is known. Each number with its year and, as a figure below, its source."),
    "lessons": _("What another city should do the same way, or differently. Say so where it is our own reading."),
    "what_did_not_work": _("What failed, cost more or took longer. Readers look for this first; it is no blame."),
    "themes": _("One to three: what the practice is about, not everything it touches."),
    "populations": _("Legal status of those reached. Tick nothing that no source says."),
    "groups": _("Groups the practice is made for, apart from their legal status."),
    "instrument": _("What it is in the first place."),
    "contexts": _("The situation the city answers to."),
    "gcr_objectives": _("Objectives of the Global Compact on Refugees that the practice serves."),
    "sdgs": _("Only goals that the practice serves directly."),
    "started": _("Leave it empty where it is not known."),
    "ended": _("Leave it empty while it is running, or where it is not known."),
    "status": _("“Not known” is an honest answer and does the entry no harm."),
    "lead": _("The office or body that answers for it."),
    "partners": _("Who works on it with the city, one a line."),
    "funders": _("Who pays, one a line."),
    "cost_band": _("What the city pays in a year. It needs the currency and the year of that figure."),
    "cost_currency": _("Three letters, such as EUR."),
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
