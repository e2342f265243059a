"""The same practice on other platforms: proposed from the sources of entries, decided by a curator who compared the pages."""

from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject, Now, TruncDate
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.decided import ACCEPTED, REFUSED, UNDECIDED, Decided
from practices.models.entries.source import Source


class Platform(models.TextChoices):
    GCR = "gcr", _("Global Compact on Refugees")
    METROPOLIS = "metropolis-use", "Metropolis use"
    MIGRACIDADES = "migracidades", "MigraCidades"
    PARTICIPEDIA = "participedia", "Participedia"
    OPSI = "oecd-opsi", _("OECD Observatory of Public Sector Innovation")
    URBACT = "urbact", "URBACT"


# Host without "www.", and the beginning of the path where a host is not the platform's alone.
HOMES = {
    Platform.GCR: "globalcompactrefugees.org",
    Platform.METROPOLIS: "use.metropolis.org",
    Platform.MIGRACIDADES: "ufrgs.br/migracidades",
    Platform.PARTICIPEDIA: "participedia.net",
    Platform.OPSI: "oecd-opsi.org",
    Platform.URBACT: "urbact.eu",
}


def platform_of(url: str) -> Platform | None:
    """The platform whose page this address is."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    page = f"{(parts.hostname or '').removeprefix('www.')}{parts.path.lower()}/"
    return next((platform for platform, home in HOMES.items() if page.startswith(f"{home}/")), None)


class ElsewhereQuerySet(models.QuerySet):
    def waiting(self):
        """Proposals that no curator has decided on."""
        return self.filter(UNDECIDED)

    def shown(self):
        """What the public may see: accepted by a curator, of a practice that is public now."""
        public = Q(practice__published_at__isnull=False, practice__archived_at__isnull=True)
        return self.filter(public, accepted_at__isnull=False)

    def propose(self) -> int:
        """Propose the sources of published practices that are pages of a platform, once; return how many are new.

        What nobody has decided on goes with its source. A decision stays.
        """
        public = Source.objects.filter(practice__published_at__isnull=False, practice__archived_at__isnull=True)
        sources = public.values_list("practice", "url")
        fitting = {(pk, url): platform for pk, url in sources if (platform := platform_of(url))}
        stored = {(row.practice_id, row.url): row for row in self.all()}
        stale = [row.pk for key, row in stored.items() if row.waits and key not in fitting]
        if stale:
            self.filter(UNDECIDED, pk__in=stale).delete()
        new = [Elsewhere(practice_id=pk, url=url, platform=fitting[pk, url])
               for pk, url in sorted(fitting.keys() - stored.keys())]  # fmt: skip
        if new:
            self.bulk_create(new, ignore_conflicts=True)
        return len(new)


class Elsewhere(Decided):
    """That a page of another platform describes the same practice. The day of the acceptance is the day of the look."""

    practice = models.ForeignKey(
        "practices.Practice", models.CASCADE, related_name="elsewhere", verbose_name=_("practice")
    )
    platform = models.CharField(_("platform"), max_length=20, choices=Platform)
    url = models.URLField(_("web address"), max_length=1000)
    proposed_at = models.DateTimeField(_("proposed"), db_default=Now(), editable=False)

    PERMISSION = "practices.change_practice"

    objects = ElsewhereQuerySet.as_manager()

    class Meta:
        ordering = ["proposed_at", "pk"]
        verbose_name = _("page elsewhere")
        verbose_name_plural = _("pages elsewhere")
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "url"],
                name="elsewhere_once_per_practice",
                violation_error_message=_("This page stands in the list already: accept or refuse it there."),
            ),
            models.CheckConstraint(condition=Q(platform__in=Platform.values), name="elsewhere_platform_known"),
            models.CheckConstraint(
                condition=Q(url__startswith="http://") | Q(url__startswith="https://"),
                name="elsewhere_address_is_web",
            ),
            models.CheckConstraint(
                condition=UNDECIDED & Q(decided_by__isnull=True) | ACCEPTED | REFUSED,
                name="elsewhere_decided_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.practice} ({self.get_platform_display()})"


class AlsoDescribedQuerySet(models.QuerySet):
    """Mixed into the query set of practices."""

    def with_elsewhere(self):
        """Adds what ``elsewhere_of`` reads, in the same query."""
        mine = Elsewhere.objects.shown().filter(practice=OuterRef("pk")).order_by("platform", "url")
        page = JSONObject(platform="platform", url="url", checked_on=TruncDate("accepted_at"))
        return self.annotate(described_elsewhere=ArraySubquery(mine.values(one=page)))


class PageElsewhere(NamedTuple):
    """``platform`` is one of Platform; ``checked_on`` the day on which a curator compared the pages."""

    platform: Platform
    url: str
    checked_on: date


def elsewhere_of(practice) -> list[PageElsewhere]:
    """The pages about a practice that was fetched ``with_elsewhere``, to be shown."""
    return [
        PageElsewhere(Platform(row["platform"]), row["url"], date.fromisoformat(row["checked_on"]))
        for row in practice.described_elsewhere
    ]
