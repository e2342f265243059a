"""The texts of an entry: the same, under the same limits, in the language they are written in and in every other."""

from django.db import models
from django.utils.translation import gettext_lazy as _

# In characters; forms and loads ask here, too.
TITLE_LENGTH, SUMMARY_LENGTH, AREA_LENGTH, NAME_LENGTH = 120, 280, 120, 200


class Texts(models.Model):
    """What is translated: everything but names, codes, years and figures."""

    title = models.CharField(_("title"), max_length=TITLE_LENGTH)
    summary = models.CharField(
        _("summary"), max_length=SUMMARY_LENGTH, help_text=_("What the city does, for whom, in one or two sentences.")
    )
    challenge = models.TextField(_("the situation"), blank=True)
    approach = models.TextField(_("what the city does"), blank=True)
    results = models.TextField(_("what changed"), blank=True)
    lessons = models.TextField(_("what others can learn"), blank=True)
    what_did_not_work = models.TextField(_("what did not work"), blank=True)

    class Meta:
        abstract = True


TEXTS = tuple(field.name for field in Texts._meta.local_fields)

# Phrases of the entry itself, and those of what rests on its sources: translated one by one.
PHRASES = ("conditions", "cost_basis", "evidence_reason")
PHRASES_OF_PARTS = {"figures": ("value", "what"), "facts": ("text",), "transfers": ("what",)}
