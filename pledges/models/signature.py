from datetime import date

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pledges.dates import date_in_brief, date_in_words, year_of
from pledges.models.constraints import CONSTRAINTS
from pledges.models.corrections import Corrections
from pledges.models.named import NamedInSource
from pledges.models.queryset import SignatureQuerySet
from pledges.models.renewal import RenewalStanding, standing_of
from pledges.models.workflow import SignatureWorkflow
from pledges.vocabularies import Office, Origin, Precision, Refusal, Standing, State, Visibility
from practices.models import City


def moment(label):
    """When a transition happened; only the transition sets it."""
    return models.DateTimeField(label, null=True, blank=True, editable=False)


class Signature(SignatureWorkflow, Corrections, NamedInSource):
    """An institution's signature of the statement. Its state changes only by the methods of SignatureWorkflow."""

    city = models.ForeignKey("practices.City", models.PROTECT, related_name="signatures", verbose_name=_("city"))
    origin = models.CharField(_("origin"), max_length=6, choices=Origin, editable=False)
    version = models.ForeignKey(
        "pledges.StatementVersion",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="signatures",
        verbose_name=_("version signed"),
        help_text=_("Empty for history: the sources do not say which wording was signed."),
    )
    institution = models.CharField(_("institution"), max_length=200, blank=True)
    office = models.CharField(_("office of the signer"), max_length=20, choices=Office, default=Office.UNKNOWN)
    office_other = models.CharField(_("other office"), max_length=120, blank=True)
    signer_name = models.CharField(_("name of the signer"), max_length=120, blank=True)
    name_may_be_shown = models.BooleanField(_("the name may be shown"), default=False)
    visibility = models.CharField(_("visibility"), max_length=10, choices=Visibility, default=Visibility.PUBLIC)
    public_from = models.DateField(_("public from"), null=True, blank=True)
    signed_on = models.DateField(_("signed"), null=True, blank=True)  # in UTC, where it was signed here
    not_before = models.DateField(_("not before"), null=True, blank=True)
    precision = models.CharField(_("how exact the day is"), max_length=7, choices=Precision, default=Precision.UNKNOWN)
    signed_by = models.CharField(
        _("what the source says"), max_length=300, blank=True, help_text=_("About when, and who.")
    )

    drafted_at = moment(_("drafted"))
    confirmed_at = moment(_("confirmed"))
    verified_at = moment(_("verified"))
    published_at = moment(_("published"))
    expired_at = moment(_("expired"))
    refused_at = moment(_("refused"))
    withdrawn_at = moment(_("withdrawn"))
    superseded_at = moment(_("superseded"))
    refusal = models.CharField(_("why it was refused"), max_length=20, choices=Refusal, blank=True, editable=False)
    refusal_note = models.CharField(_("what the signer was told"), max_length=300, blank=True, editable=False)
    superseded_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="supersedes",
        verbose_name=_("superseded by"),
    )

    objects = SignatureQuerySet.as_manager()

    class Meta:
        ordering = ["city__name", "pk"]
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = CONSTRAINTS
        permissions = [
            ("curate_signature", _("Can verify, publish, refuse and supersede signatures")),
            ("lead_curate_signature", _("Can withdraw a signature, with a reason")),
        ]

    def __str__(self):
        return f"{self.signer} ({self.get_origin_display()})"

    def get_absolute_url(self):
        return reverse("signature", args=[self.city.slug])

    @property
    def signer(self) -> str:
        """The institution; where no source names it, the city."""
        return self.institution or self.city.full_name

    @property
    def office_name(self) -> str:
        return self.office_other or self.get_office_display()

    @property
    def shown_name(self) -> str:
        """The signer's name where they agreed to show it, else ""."""
        return self.signer_name if self.name_may_be_shown else ""

    @property
    def state(self) -> State:
        """IN_STATE is the same rule for the database."""
        ends = (State.WITHDRAWN, State.SUPERSEDED, State.REFUSED, State.EXPIRED)
        steps = (State.PUBLISHED, State.VERIFIED, State.CONFIRMED)
        return next((state for state in (*ends, *steps) if getattr(self, f"{state}_at")), State.DRAFTED)

    @property
    def is_live(self) -> bool:
        """Published, and neither withdrawn nor superseded; perhaps not named."""
        return self.state == State.PUBLISHED

    @property
    def has_begun(self) -> bool:
        """Whether it may be named as far as the city's wish goes: HAS_BEGUN is the same rule for the database."""
        if self.visibility == Visibility.FROM_DATE:
            return self.public_from <= timezone.localdate()
        return self.visibility == Visibility.PUBLIC

    @property
    def language(self) -> str:
        """Of our e-mails about it: that of the first one, since the institution chose the page on which it signed."""
        first = self.letters.order_by("posted_at").values_list("language", flat=True).first()
        return first or (self.version.language if self.version else settings.LANGUAGE_CODE)

    @property
    def in_force(self) -> "Signature":
        """The correction that stands in this one's place, if there is one: links that were sent before lead to it."""
        row = self
        while row.superseded_by_id and row.superseded_by.signed_on == row.signed_on:
            row = row.superseded_by
        return row

    @property
    def shown_meanwhile(self) -> "Signature | None":
        """The other signature of the city that is public today."""
        return type(self).objects.public().for_city(self.city_id).exclude(pk=self.pk).first()

    @property
    def shown_without(self) -> "Signature | None":
        """The other signature of the city that is public once this one is withdrawn."""
        others = type(self).objects.for_city(self.city_id).exclude(pk=self.pk)
        if others.live().exists():
            return self.shown_meanwhile
        stated = others.filter(origin=Origin.STATED, superseded_at__isnull=False, withdrawn_at__isnull=True)
        return stated.order_by("superseded_at").last()

    @property
    def standing(self) -> Standing:
        return Standing.STATED if self.origin == Origin.STATED else Standing.VERIFIED

    @property
    def signed_year(self) -> int | None:
        return year_of(self.precision, self.signed_on, self.not_before)

    @property
    def signed_in_words(self) -> str:
        return date_in_words(self.precision, self.signed_on, self.not_before)

    @property
    def signed_in_brief(self) -> str:
        return date_in_brief(self.precision, self.signed_on, self.not_before)

    @property
    def version_in_force(self):
        """The newest version to which the institution moved, else the one it signed; None for history."""
        return self.last_move.version if self.last_move else self.version

    @property
    def last_move(self):
        """The VersionMove by which the institution came to its newest version; None where it never moved."""
        moved = [move for move in self.moves.all() if move.moved_at]
        return max(moved, key=lambda move: move.moved_at, default=None)

    @property
    def renewal_standing(self) -> RenewalStanding | None:
        """How it stands towards elections and years; None for history, which nobody promised to renew."""
        if self.origin == Origin.STATED or not self.signed_on:
            return None
        renewed = [renewal.renewed_at.date() for renewal in self.renewals.all() if renewal.renewed_at]
        elections = [election.held_on for election in self.city.elections.all() if election.accepted_at]
        return standing_of(self.signed_on, renewed, elections, timezone.localdate())

    @property
    def city_date(self) -> tuple[date | None, City.Precision]:
        """The date for City.mark_signed, where "between" becomes "before the later day"."""
        if self.precision == Precision.BETWEEN:
            return self.signed_on, City.Precision.BEFORE
        return self.signed_on, City.Precision(self.precision)
