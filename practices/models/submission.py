"""What cities send: a practice of theirs, or how an entry should read. All of it is private until a curator decides."""

from datetime import timedelta

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.once import mark_of, reference_of
from practices.models.handling import Handling
from practices.vocabularies import COUNTRIES

FORGOTTEN_AFTER = timedelta(days=30)
CONTACTS_KEPT = timedelta(days=180)


class Kind(models.TextChoices):
    """What a submission is."""

    NEW = "new", _("A new practice")
    UPDATE = "update", _("A correction of an entry")
    ADAPTATION = "adaptation", _("A practice that follows another’s example")


class Refusal(models.TextChoices):
    """Why a submission does not become an entry; each code has a kind text in a letter and on the status page."""

    NOT_LOCAL = "not-local", _("Not done or led by a local authority")
    OFF_SUBJECT = "off-subject", _("Not about people forced to flee")
    NO_SOURCE = "no-source", _("No source that readers can open")
    KNOWN = "known", _("The entry is in the directory already")
    PROMOTION = "promotion", _("Advertises a product or a person")
    NO_ANSWER = "no-answer", _("A question was left without an answer")
    NOT_AUTHORISED = "not-authorised", _("Not sent on behalf of the city")


STATES = {
    "begun": _("Begun"),
    "waiting": _("With the curators"),
    "asked": _("A question waits for the city"),
    "accepted": _("Accepted"),
    "refused": _("Refused"),
    "withdrawn": _("Withdrawn"),
}
DECIDED = Q(accepted_at__isnull=False) | Q(refused_at__isnull=False) | Q(withdrawn_at__isnull=False)
SENT = Q(sent_at__isnull=False)


class SubmissionQuerySet(models.QuerySet):
    def waiting(self):
        """Sent and not decided, the longest waiting first; those with an open question wait for the city."""
        return self.filter(SENT & ~DECIDED).order_by("sent_at", "pk")

    def with_open_question(self):
        """Adds ``is_asked``: whether a question waits for the city's answer."""
        from practices.models.question import CuratorQuestion

        return self.annotate(is_asked=Exists(CuratorQuestion.objects.open().filter(submission=OuterRef("pk"))))

    def forgotten(self):
        """Begun long ago and never sent: nobody comes back to these."""
        return self.filter(sent_at=None, saved_at__lt=Now() - FORGOTTEN_AFTER)

    def forget(self) -> int:
        """Deletes these; returns how many."""
        return self.forgotten().delete()[1].get("practices.Submission", 0)

    def erase(self) -> int:
        """Erases what was typed and who sent it, half a year after the decision; returns how many had an address.

        An entry that came of it has its text and its own contact.
        """
        long_ago = Now() - CONTACTS_KEPT
        decided = Q(accepted_at__lt=long_ago) | Q(refused_at__lt=long_ago) | Q(withdrawn_at__lt=long_ago)
        with transaction.atomic():
            found = list(self.filter(decided).exclude(email="").select_for_update().values_list("pk", flat=True))
            self.model._meta.get_field("questions").related_model.objects.filter(submission__in=found).delete()
            return self.model.objects.filter(pk__in=found).update(email="", office="", answers={})


def country_choices():
    return COUNTRIES.choices


class Submission(Handling, models.Model):
    """``answers`` are the forms' own, as they were typed; forms check them each time they are read.

    It begins when somebody asks for a link to go on later, or when the last button is pressed.
    """

    # The form's one-time key: the same form sent fifty times is one submission.
    key = models.CharField(_("one-time key"), max_length=43, unique=True, editable=False)
    reference = models.CharField(_("reference"), max_length=9, db_index=True, editable=False)
    content = models.BinaryField(_("keyed hash of the answers"), null=True, editable=False)
    language = models.CharField(_("language of the pages"), max_length=7)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.NEW)
    answers = models.JSONField(_("answers"), default=dict)
    title = models.CharField(_("title"), max_length=120, blank=True)
    place = models.CharField(_("city"), max_length=200, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, choices=country_choices)
    # The role that answers for it; never public.
    email = models.EmailField(_("mail address"), max_length=254)
    office = models.CharField(_("office or role"), max_length=120, blank=True)
    about = models.ForeignKey(
        "practices.Practice",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="submissions_about",
        verbose_name=_("entry it is about"),
    )
    practice = models.ForeignKey(
        "practices.Practice",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="submissions",
        verbose_name=_("entry that came of it"),
    )
    begun_at = models.DateTimeField(_("begun"), db_default=Now(), editable=False)
    saved_at = models.DateTimeField(_("saved"), db_default=Now(), editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    accepted_at = models.DateTimeField(_("accepted"), null=True, editable=False)
    refused_at = models.DateTimeField(_("refused"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    refusal = models.CharField(_("why refused"), max_length=20, blank=True, choices=Refusal, editable=False)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "pk"]
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [
            models.CheckConstraint(condition=~Q(email="") | DECIDED, name="submission_has_address"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="submission_kind_known"),
            models.CheckConstraint(condition=~DECIDED | SENT, name="submission_sent_before_decided"),
            models.CheckConstraint(
                condition=~SENT | (~Q(title="") & ~Q(place="") & Q(content__isnull=False)), name="submission_sent_whole"
            ),
            models.CheckConstraint(
                condition=(
                    Q(accepted_at__isnull=True, refused_at__isnull=True)
                    | Q(accepted_at__isnull=True, withdrawn_at__isnull=True)
                    | Q(refused_at__isnull=True, withdrawn_at__isnull=True)
                ),
                name="submission_one_outcome",
            ),
            models.CheckConstraint(
                condition=Q(refused_at__isnull=True, refusal="")
                | Q(refused_at__isnull=False, refusal__in=Refusal.values),
                name="submission_refused_with_a_code",
            ),
        ]

    def __str__(self):
        return self.title or self.reference

    @classmethod
    def begin(cls, key: str, answers: dict, *, email: str, language: str, title: str = ""):
        """A draft that its author comes back to; nothing of it waits for a curator."""
        return cls.objects.create(
            key=key, reference=reference_of(key), answers=answers, email=email, language=language, title=title
        )

    def keep(self, answers: dict) -> None:
        """Saves a draft as it grows."""
        self.answers = answers
        type(self).objects.filter(pk=self.pk, sent_at=None).update(answers=answers, saved_at=Now())

    def holds(self, answers: str) -> bool:
        """Whether these are the answers that were sent."""
        return self.content is not None and bytes(self.content) == mark_of(answers)

    @property
    def country_name(self) -> str:
        """The country's name in the active language."""
        return COUNTRIES.label(self.country)
