"""How an entry moves: draft → in review → published → ended or archived. Each move is logged in its transaction."""

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from citysolidarity.desk.transitions import TransitionNotAllowed
from practices.models.entries.redirect import FormerAddress
from practices.models.entries.review import Gone, Move, ReviewEvent
from practices.models.entries.version import Version

SLUG_LENGTH = 80
STATES = {
    "draft": gettext_lazy("Draft"),
    "in-review": gettext_lazy("In review"),
    "public": gettext_lazy("Public"),
    "ended": gettext_lazy("Public, ended"),
    "archived": gettext_lazy("Archived"),
    "discarded": gettext_lazy("Discarded"),
}
# Of these a curator says why.
WITH_A_REASON = (Move.SENT_BACK, Move.CONFIRMED, Move.ARCHIVED, Move.DISCARDED)


class PublicationWorkflow(models.Model):
    """The moves of Practice; ``by`` is a user, ``why`` a sentence of at most 300 characters.

    A curator's move is refused with TransitionNotAllowed where it does not fit. Without ``by`` (a load, whose rows
    were checked elsewhere) a draft may be published as it is.
    """

    class Meta:
        abstract = True

    @property
    def state(self) -> str:
        """The key of STATES that holds, derived from its dates."""
        if self.discarded_at:
            return "discarded"
        if self.published_at is None:
            return "in-review" if self.submitted_at else "draft"
        if self.archived_at:
            return "archived"
        return "ended" if self.has_ended else "public"

    def why_not(self, move: str) -> str:
        """Why a curator can't make this move now, as a sentence; "" where nothing speaks against it."""
        against = _AGAINST[move].get(self.state, "")
        if not against and move in (Move.SUBMITTED, Move.PUBLISHED) and not self.sources.exists():
            return _("it has no source.")
        if not against and move == Move.CONFIRMED and not self.routes.speaking().exists():
            return _("no e-mail address speaks for the city yet: see “Contact routes” on the entry’s page.")
        if not against and move == Move.CONFIRMED and self.confirmed_at and is_today(self.confirmed_at):
            return _("it was confirmed today already.")
        return str(against)

    @property
    def possible_moves(self) -> list[Move]:
        return [move for move in Move if not self.why_not(move)]

    def submit(self, by=None, why: str = "") -> None:
        self._move(Move.SUBMITTED, by, why, submitted_at=timezone.now())

    def send_back(self, by=None, why: str = "") -> None:
        self._move(Move.SENT_BACK, by, why, submitted_at=None)

    def publish(self, at=None, by=None, why: str = "") -> None:
        """Shows the entry to the public; the database refuses one without a source."""
        self._move(Move.PUBLISHED, by, why, published_at=at or timezone.now(), archived_at=None, gone_because="")
        FormerAddress.objects.filter(path=self.path).delete()

    def confirm(self, at=None, by=None, why: str = "") -> None:
        """Records that the city says the entry is still right; a curator says how those who speak for it told it."""
        self._move(Move.CONFIRMED, by, why, confirmed_at=at or timezone.now())

    def end(self, year: int | None = None, by=None, why: str = "") -> None:
        """Marks the practice as over, in this year if it is known; its page stays, for its lessons."""
        if year and self.started and year < self.started:
            raise TransitionNotAllowed(
                _("it cannot have ended before it started, in %(year)d.") % {"year": self.started}
            )
        with transaction.atomic():
            Version.objects.keep([self.pk])
            self._move(Move.ENDED, by, why, status="completed", ended=year or self.ended)
            Version.objects.keep([self.pk], by=by, note=why)

    def archive(
        self, by=None, why: str = "", gone: str = Gone.UNSAID, moved_to: "PublicationWorkflow | None" = None
    ) -> None:
        """Takes the entry off every public page; its text is kept.

        ``gone`` is what its address says from then on; with ``moved_to``, another entry, it leads there.
        """
        with transaction.atomic():
            gone = Gone.DOUBLE if moved_to else gone
            self._move(Move.ARCHIVED, by, why, archived_at=timezone.now(), gone_because=gone)
            if moved_to:
                FormerAddress.objects.lead(self.path, moved_to.path)

    def discard(self, by=None, why: str = "") -> None:
        """Takes away what was never public. Its address is free for another entry; it can be brought back for a while."""
        freed = f"{self.slug[: SLUG_LENGTH - 30]}-discarded-{self.pk}"
        self._move(Move.DISCARDED, by, why, discarded_at=timezone.now(), submitted_at=None, slug=freed)

    def bring_back(self, by=None, why: str = "") -> None:
        """A discarded entry is a draft again, at its old address where that is still free."""
        slug = self.slug.removesuffix(f"-discarded-{self.pk}")
        is_free = not type(self).objects.exclude(pk=self.pk).filter(slug=slug).exists()
        self._move(Move.BROUGHT_BACK, by, why, discarded_at=None, slug=slug if is_free else self.slug)

    @property
    def path(self) -> str:
        """Without its language, as FormerAddress keeps it."""
        return f"/practices/{self.slug}/"

    def _move(self, move: Move, by, why: str, **changes) -> None:
        with transaction.atomic():
            self.refresh_from_db(
                fields=["submitted_at", "published_at", "archived_at", "discarded_at", "status", "ended"],
                from_queryset=type(self).objects.select_for_update(of=["self"]),
            )
            if by and (against := self.why_not(move)):
                raise TransitionNotAllowed(against)
            for name, value in changes.items():
                setattr(self, name, value)
            self.save(update_fields={*changes, "updated_at"})
            ReviewEvent.objects.create(practice=self, move=move, by=by, why=why)


def is_today(moment) -> bool:
    return timezone.localdate(moment) == timezone.localdate()


_DRAFT = gettext_lazy("it is a draft: send it to review first.")
_IN_REVIEW = gettext_lazy("it is in review already.")
_PUBLIC = gettext_lazy("it is public already.")
_DISCARDED = gettext_lazy("it is discarded: bring it back first.")
_WAS_PUBLIC = gettext_lazy("it was public: remove it from the public pages instead.")
_UNLESS_PUBLIC = dict.fromkeys(["draft", "in-review", "archived"], gettext_lazy("it is not public.")) | {
    "discarded": _DISCARDED
}
_NOT_IN_REVIEW = gettext_lazy("it is not in review.")
_AGAINST = {
    Move.SUBMITTED: {
        "in-review": _IN_REVIEW,
        "public": _PUBLIC,
        "ended": _PUBLIC,
        "archived": gettext_lazy("it was public before: publish it again."),
        "discarded": _DISCARDED,
    },
    Move.SENT_BACK: dict.fromkeys(["draft", "public", "ended", "archived", "discarded"], _NOT_IN_REVIEW),
    Move.PUBLISHED: {"draft": _DRAFT, "public": _PUBLIC, "ended": _PUBLIC, "discarded": _DISCARDED},
    Move.CONFIRMED: _UNLESS_PUBLIC | {"ended": gettext_lazy("it is marked as ended.")},
    Move.ENDED: _UNLESS_PUBLIC | {"ended": gettext_lazy("it is marked as ended already.")},
    Move.ARCHIVED: _UNLESS_PUBLIC,
    Move.DISCARDED: dict.fromkeys(["public", "ended"], _WAS_PUBLIC)
    | {
        "archived": gettext_lazy("it was public: it stays archived."),
        "discarded": gettext_lazy("it is discarded already."),
    },
    Move.BROUGHT_BACK: dict.fromkeys(
        ["draft", "in-review", "public", "ended", "archived"], gettext_lazy("it is not discarded.")
    ),
}
