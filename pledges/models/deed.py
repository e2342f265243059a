"""Which practices keep which promise of the statement: proposed from the themes, decided by curators.

The editors of the starter directory have read its entries and tied some of them to promises (fixtures/deeds.jsonl). Such
a tie is shown, with its origin, until a curator decides otherwise.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.decided import ACCEPTED, REFUSED, UNDECIDED, Decided
from citysolidarity.desk.transitions import require
from pledges.models.workflow import CURATE
from pledges.vocabularies import CLAUSES_OF_THEMES, clauses_of
from practices.models import Practice

WAITS = UNDECIDED & Q(tied_at__isnull=True)
BY_EDITORS = UNDECIDED & Q(tied_at__isnull=False)


class DeedQuerySet(models.QuerySet):
    def waiting(self):
        """Proposals that no curator has decided on."""
        return self.filter(WAITS)

    def shown(self):
        """What the public may see: accepted by a curator or tied by the editors, of a practice that is public now."""
        accepted = Q(accepted_at__isnull=False) | BY_EDITORS
        return self.filter(accepted, practice__in=Practice.objects.published().values("pk"))

    def by_editors(self):
        """Ties of the editors of the starter directory on which no curator has decided."""
        return self.filter(BY_EDITORS)

    def propose(self) -> int:
        """Propose each published practice for the clauses of its themes, once; return how many proposals are new.

        What nobody has decided on goes where the themes say something else by now. A decision stays.
        """
        practices = Practice.objects.published().values_list("pk", "themes")
        fitting = {(pk, clause) for pk, themes in practices for clause in clauses_of(themes)}
        stored = {(deed.practice_id, deed.clause): deed for deed in self.all()}
        stale = [deed.pk for key, deed in stored.items() if deed.waits and key not in fitting]
        if stale:
            self.filter(WAITS, pk__in=stale).delete()
        new = sorted(fitting - stored.keys())
        if new:
            self.bulk_create([Deed(practice_id=pk, clause=clause) for pk, clause in new], ignore_conflicts=True)
        return len(new)


class Deed(Decided):
    """That a practice keeps a promise. The clause is named by its code, which stays from version to version."""

    practice = models.ForeignKey("practices.Practice", models.CASCADE, related_name="deeds", verbose_name=_("practice"))
    clause = models.SlugField(_("promise"), max_length=40)
    proposed_at = models.DateTimeField(_("proposed"), db_default=Now(), editable=False)
    tied_at = models.DateTimeField(
        _("tied by the editors of the starter directory"), null=True, blank=True, editable=False
    )

    PERMISSION = CURATE

    objects = DeedQuerySet.as_manager()

    class Meta:
        ordering = ["proposed_at", "pk"]
        verbose_name = _("practice under a promise")
        verbose_name_plural = _("practices under promises")
        constraints = [
            models.UniqueConstraint(fields=["practice", "clause"], name="deed_once_per_clause"),
            models.CheckConstraint(
                condition=Q(
                    clause__in=sorted({clause for clauses in CLAUSES_OF_THEMES.values() for clause in clauses})
                ),
                name="deed_clause_known",
            ),
            models.CheckConstraint(
                condition=UNDECIDED & Q(decided_by__isnull=True) | ACCEPTED | REFUSED,
                name="deed_decided_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.practice} ({self.clause})"

    @property
    def waits(self) -> bool:
        return super().waits and not self.tied_at

    @classmethod
    def tie(cls, practice, clause: str, by) -> bool:
        """A curator ties a practice to a clause that its themes do not propose; False where it is shown there already."""
        require(by, CURATE)
        deed, _new = cls.objects.get_or_create(practice=practice, clause=clause)
        return deed.accept(by)
