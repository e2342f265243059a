"""How an entry moves: draft → in review → published → ended or archived. Each move is logged in its transaction."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.models.review import Move, ReviewEvent
from practices.models.version import Version

STATES = {
    "draft": gettext_lazy("Draft"),
    "in-review": gettext_lazy("In review"),
    "public": gettext_lazy("Public"),
    "ended": gettext_lazy("Public, ended"),
    "archived": gettext_lazy("Archived"),
}
# Of these a curator says why.
WITH_A_REASON = (Move.SENT_BACK, Move.CONFIRMED, Move.ARCHIVED)


class ImpossibleMove(ValueError):
    """The move does not fit the state of the entry; its text is a sentence for the curator."""


class Moves:
    """The moves of Practice; ``by`` is a user, ``why`` a sentence of at most 300 characters.

    A curator's move is refused with ImpossibleMove where it does not fit. Without ``by`` (a load, whose rows
    were checked elsewhere) a draft may be published as it is.
    """

    @property
    def state(self) -> str:
        """The key of STATES that holds, derived from its dates."""
        if self.published_at is None:
            return "in-review" if self.submitted_at else "draft"
        if self.archived_at:
            return "archived"
        return "ended" if self.has_ended else "public"

    def reason_against(self, move: str) -> str:
        """Why a curator can't make this move now, as a sentence; "" where nothing speaks against it."""
        against = _AGAINST[move].get(self.state, "")
        if not against and move in (Move.SUBMITTED, Move.PUBLISHED) and not self.sources.exists():
            return _("it has no source.")
        return str(against)

    @property
    def possible_moves(self) -> list[Move]:
        """The moves that nothing speaks against."""
        return [move for move in Move if not self.reason_against(move)]

    def submit(self, by=None, why: str = "") -> None:
        """Puts a draft before the curators."""
        self._move(Move.SUBMITTED, by, why, submitted_at=timezone.now())

    def send_back(self, by=None, why: str = "") -> None:
        """Makes a draft again of what is in review."""
        self._move(Move.SENT_BACK, by, why, submitted_at=None)

    def publish(self, at=None, by=None, why: str = "") -> None:
        """Shows the entry to the public; the database refuses one without a source."""
        self._move(Move.PUBLISHED, by, why, published_at=at or timezone.now(), archived_at=None)

    def confirm(self, at=None, by=None, why: str = "") -> None:
        """Records that the city says the entry is still right; a curator says how the city told it."""
        self._move(Move.CONFIRMED, by, why, confirmed_at=at or timezone.now())

    def end(self, year: int | None = None, by=None, why: str = "") -> None:
        """Marks the practice as over, in this year if it is known; its page stays, for its lessons."""
        if year and self.started and year < self.started:
            raise ImpossibleMove(_("it can't have ended before it started, in %(year)d.") % {"year": self.started})
        with transaction.atomic():
            Version.objects.keep([self.pk])
            self._move(Move.ENDED, by, why, status="completed", ended=year or self.ended)
            Version.objects.keep([self.pk], by=by, note=why)

    def archive(self, by=None, why: str = "") -> None:
        """Takes the entry off every public page; its text is kept."""
        self._move(Move.ARCHIVED, by, why, archived_at=timezone.now())

    def _move(self, move: Move, by, why: str, **changes) -> None:
        with transaction.atomic():
            self.refresh_from_db(
                fields=["submitted_at", "published_at", "archived_at", "status", "ended"],
                from_queryset=type(self).objects.select_for_update(of=["self"]),
            )
            if by and (against := self.reason_against(move)):
                raise ImpossibleMove(against)
            for name, value in changes.items():
                setattr(self, name, value)
            self.save(update_fields={*changes, "updated_at"})
            ReviewEvent.objects.create(practice=self, move=move, by=by, why=why)


_DRAFT = gettext_lazy("it is a draft: send it to review first.")
_IN_REVIEW = gettext_lazy("it is in review already.")
_PUBLIC = gettext_lazy("it is public already.")
_NOT_PUBLIC = gettext_lazy("it is not public.")
_NOT_IN_REVIEW = gettext_lazy("it is not in review.")
_AGAINST = {
    Move.SUBMITTED: {
        "in-review": _IN_REVIEW,
        "public": _PUBLIC,
        "ended": _PUBLIC,
        "archived": gettext_lazy("it was public before: publish it again."),
    },
    Move.SENT_BACK: dict.fromkeys(["draft", "public", "ended", "archived"], _NOT_IN_REVIEW),
    Move.PUBLISHED: {"draft": _DRAFT, "public": _PUBLIC, "ended": _PUBLIC},
    Move.CONFIRMED: {
        "draft": _NOT_PUBLIC,
        "in-review": _NOT_PUBLIC,
        "ended": gettext_lazy("it is marked as ended."),
        "archived": _NOT_PUBLIC,
    },
    Move.ENDED: {
        "draft": _NOT_PUBLIC,
        "in-review": _NOT_PUBLIC,
        "ended": gettext_lazy("it is marked as ended already."),
        "archived": _NOT_PUBLIC,
    },
    Move.ARCHIVED: dict.fromkeys(["draft", "in-review", "archived"], _NOT_PUBLIC),
}
