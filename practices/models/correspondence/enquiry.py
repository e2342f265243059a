"""Ask the city: a question goes to the role's mailbox, then to its deputy, then to the curators; no address is shown."""

from datetime import timedelta

from django.db import models
from django.db.models import Case, Q, When
from django.db.models.functions import Greatest, Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.fields import CuratorKey
from practices.models.correspondence.contact import ContactRole
from practices.models.correspondence.enquiry_steps import EnquirySteps
from practices.models.correspondence.public_message import LONGEST, PublicMessage, both_or_none

LONGEST_ANSWER = 3_000  # characters
# What each of them has, before the next one is asked.
PATIENCE = timedelta(days=7)
# Of an entry, before we say how long an answer usually takes; and how many count.
FEWEST, LATEST = 3, 5

CONFIRMED = Q(confirmed_at__isnull=False)
UNANSWERED = CONFIRMED & Q(answered_at__isnull=True, closed_at__isnull=True)
# Nobody of the city has answered: the curators see to it.
WAITS = UNANSWERED & Q(curators_at__isnull=False)
# A mailbox of the city has it.
NOBODY_YET = UNANSWERED & Q(curators_at__isnull=True)
# The city and the asker agree that it is shown; a curator decides.
MAY_JOIN = Q(
    answered_at__isnull=False, may_join=True, may_be_shown=True, joined_at__isnull=True, closed_at__isnull=True
)
# When nothing more was left to decide; None while a curator has to.
SETTLED = Case(When(MAY_JOIN, then=None), default=Greatest("answered_at", "joined_at", "closed_at"))


class EnquiryQuerySet(models.QuerySet):
    def to_pass_on(self):
        """Questions whose time with a mailbox is over, or whose mailbox bounced; the oldest first."""
        over = Q(deputy_at__lt=Now() - PATIENCE) | Q(deputy_at__isnull=True, relayed_at__lt=Now() - PATIENCE)
        at_role, at_deputy = Q(deputy_at__isnull=True), Q(deputy_at__isnull=False)
        mine = (at_role & Q(letters__route__seat=ContactRole.ROLE)) | (
            at_deputy & Q(letters__route__seat=ContactRole.DEPUTY)
        )
        bounced = mine & Q(letters__bounced_at__isnull=False)
        return self.filter(UNANSWERED, over | bounced, curators_at__isnull=True).distinct().order_by("sent_at", "pk")

    def joined(self):
        """Questions and answers that a curator decided to show, the latest first."""
        return self.filter(joined_at__isnull=False).order_by("-joined_at", "pk")

    def answered_by_the_city(self):
        return self.filter(answered_at__isnull=False, curators_at__isnull=True).order_by("-answered_at", "pk")


class Enquiry(EnquirySteps, PublicMessage):
    """One question. Its text reaches the city by a page behind a link, never by a letter."""

    may_be_shown = models.BooleanField(_("the question may be shown"), default=False, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed by the asker"), null=True, blank=True, editable=False)
    relayed_at = models.DateTimeField(_("passed to the office"), null=True, blank=True, editable=False)
    deputy_at = models.DateTimeField(_("passed to the deputy"), null=True, blank=True, editable=False)
    curators_at = models.DateTimeField(_("passed to the curators"), null=True, blank=True, editable=False)
    answer = models.TextField(
        _("answer"), max_length=LONGEST_ANSWER, blank=True, help_text=_("For the asker: write it, then press “Answer”.")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    may_join = models.BooleanField(_("the answer may be shown"), default=False, editable=False)
    public_question = models.TextField(
        _("question as it is shown"),
        max_length=LONGEST,
        blank=True,
        help_text=_("Shortened where that helps, without names and addresses of persons."),
    )
    public_answer = models.TextField(_("answer as it is shown"), max_length=LONGEST_ANSWER, blank=True)
    joined_at = models.DateTimeField(_("shown with the entry"), null=True, blank=True, editable=False)
    joined_by = CuratorKey(null=True, blank=True, editable=False)

    objects = EnquiryQuerySet.as_manager()

    class Meta(PublicMessage.Meta):
        verbose_name = _("question to a city")
        verbose_name_plural = _("questions to cities")
        default_related_name = "enquiries"
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=False)
                | Q(
                    relayed_at__isnull=True, deputy_at__isnull=True, curators_at__isnull=True, answered_at__isnull=True
                ),
                name="enquiry_confirmed_first",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | ~Q(answer=""), name="enquiry_answered_with_words"
            ),
            models.CheckConstraint(
                condition=Q(joined_at__isnull=True, joined_by__isnull=True)
                | (
                    Q(joined_at__isnull=False, joined_by__isnull=False, answered_at__isnull=False)
                    & Q(may_join=True, may_be_shown=True)
                    & ~Q(public_question="")
                    & ~Q(public_answer="")
                ),
                name="enquiry_joined_with_consent",
            ),
            both_or_none("enquiry"),
        ]


class Asker(models.Model):
    """Where the answer goes; a table of its own, so that no public query can touch it. Erased when it is not needed."""

    enquiry = models.OneToOneField(
        Enquiry, models.CASCADE, primary_key=True, related_name="asker", verbose_name=_("question")
    )
    email = models.EmailField(_("e-mail address"), max_length=254)

    class Meta:
        verbose_name = _("asker")
        verbose_name_plural = _("askers")
        constraints = [models.CheckConstraint(condition=~Q(email=""), name="asker_has_address")]

    def __str__(self):
        return self.enquiry.reference
