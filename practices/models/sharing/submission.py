"""What cities send: a practice of theirs, or how an entry should read. All of it is private until a curator decides."""

from datetime import timedelta

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.one_time_key import SubmittedForm, reference_of
from practices.models.entries.fields import CodeField
from practices.models.entries.record import write
from practices.models.entries.texts import TITLE_LENGTH
from practices.models.entries.version import Version
from practices.models.sharing.speaking import Speaking, speaks_when_proved
from practices.models.sharing.workflow import SubmissionWorkflow
from practices.vocabularies import COUNTRIES, countries_by_name

NOTE_LENGTH = 500  # characters
FORGOTTEN_AFTER = timedelta(days=30)
CONTACTS_KEPT = timedelta(days=180)
# The version is kept in the transaction of the acceptance, which began before.
MOMENT = timedelta(minutes=1)


class SubmissionKind(models.TextChoices):
    NEW = "new", _("A new practice")
    UPDATE = "update", _("A correction of an entry")
    ADAPTATION = "adaptation", _("A practice that follows another’s example")


class Refusal(models.TextChoices):
    """Why a submission does not become an entry; each code has a kind text in a letter and on the status page."""

    NOT_LOCAL = "not-local", _("Not run by a local authority")
    OFF_SUBJECT = "off-subject", _("Not about people forced to flee")
    NO_SOURCE = "no-source", _("No source that readers can open")
    KNOWN = "known", _("Already in the directory")
    PROMOTION = "promotion", _("Advertises a product or a person")
    NO_ANSWER = "no-answer", _("A question was not answered")
    NOT_AUTHORISED = "not-authorised", _("Not sent on behalf of the city")


STATES = {
    "begun": _("Started"),
    "waiting": _("With the curators"),
    "asked": _("Waiting for an answer from the city"),
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
        from practices.models.sharing.question import CuratorQuestion

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
        return self.decided_before(Now() - CONTACTS_KEPT).exclude(email="").empty()

    def decided_before(self, moment):
        decided = Q(accepted_at__lt=moment) | Q(refused_at__lt=moment) | Q(withdrawn_at__lt=moment)
        return self.filter(decided)

    def empty(self) -> int:
        """Erases who sent these and what was typed; all of them are decided. Returns how many."""
        with transaction.atomic():
            keys = list(self.select_for_update(of=("self",)).values_list("pk", flat=True))
            self.model._meta.get_field("questions").related_model.objects.filter(submission__in=keys).delete()
            return self.model.objects.filter(pk__in=keys).update(email="", office="", answers={}, refusal_note="")


class Submission(SubmissionWorkflow, Speaking, SubmittedForm):
    """``answers`` are the forms' own, as they were typed; forms check them each time they are read.

    It begins when somebody asks for a link to go on later, or when the last button is pressed.
    """

    content = models.BinaryField(_("keyed hash of the answers"), null=True, editable=False)
    language = models.CharField(_("language of the pages"), max_length=7)
    kind = models.CharField(_("kind"), max_length=10, choices=SubmissionKind, default=SubmissionKind.NEW)
    answers = models.JSONField(_("answers"), default=dict)
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    place = models.CharField(_("city"), max_length=200, blank=True)
    country = CodeField(_("country"), max_length=2, blank=True, choices=countries_by_name)
    # The role that answers for it; never public.
    email = models.EmailField(_("e-mail address"), max_length=254)
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
    # Taken as the city's word on its entry, which dates it: at once, or when it is published.
    confirms_at = models.DateTimeField(_("confirms the entry"), null=True, editable=False)
    refusal = models.CharField(_("why refused"), max_length=20, blank=True, choices=Refusal, editable=False)
    # A curator's own words, which the sender reads beside the reason.
    refusal_note = models.TextField(_("what we added"), max_length=NOTE_LENGTH, blank=True, editable=False)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "pk"]
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        constraints = [
            models.CheckConstraint(condition=~Q(email="") | DECIDED, name="submission_has_address"),
            models.CheckConstraint(condition=Q(kind__in=SubmissionKind.values), name="submission_kind_known"),
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
            models.CheckConstraint(
                condition=Q(confirms_at__isnull=True) | Q(speaks_since__isnull=False, accepted_at__isnull=False),
                name="submission_confirms_when_it_speaks",
            ),
            models.CheckConstraint(
                condition=Q(refusal_note="") | Q(refused_at__isnull=False), name="submission_note_explains_a_refusal"
            ),
            *speaks_when_proved("submission"),
        ]

    def __str__(self):
        return self.title or self.reference

    @classmethod
    def begin(cls, key: str, answers: dict, *, email: str, language: str, title: str = ""):
        """A draft that its author comes back to; nothing of it waits for a curator."""
        return cls.objects.create(
            key=key, reference=reference_of(key), answers=answers, email=email, language=language, title=title
        )

    def _why_not_undo(self, entry) -> str:
        """Why the entry can't be as it was before, as a sentence."""
        if self.kind != SubmissionKind.UPDATE:
            return _("the entry is public already: take it off on its page “Review”.") if entry.published_at else ""
        if self.confirms_at:
            return _("it counts as the city’s confirmation of the entry.")
        taken = self._version_taken
        return _("the entry has changed since.") if taken and taken.revision != entry.revision else ""

    def _undo(self, entry, by) -> None:
        """What its acceptance did to the entry."""
        if self.kind != SubmissionKind.UPDATE:
            entry.discard(
                by=by, why=gettext("The acceptance of %(reference)s was taken back") % {"reference": self.reference}
            )
        elif taken := self._version_taken:
            before = entry.versions.filter(revision__lt=taken.revision).first()
            write(entry, {name: value for name, value in before.record.items() if name != "slug"})
            note = gettext("Correction taken back, %(reference)s") % {"reference": self.reference}
            Version.objects.keep([entry.pk], by=by, note=note)

    @property
    def _version_taken(self) -> Version | None:
        """The version in which the correction was taken over; None where nothing of it was."""
        taken = self.practice.versions.filter(at__gte=self.accepted_at - MOMENT, note__endswith=self.reference)
        return taken.first()

    def keep(self, answers: dict) -> None:
        self.answers = answers
        type(self).objects.filter(pk=self.pk, sent_at=None).update(answers=answers, saved_at=Now())

    @property
    def country_name(self) -> str:
        return COUNTRIES.label(self.country)
