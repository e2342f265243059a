"""One city: what it promised and did, in one line of time, and its practices under each promise."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pledges.deeds.matrix import PRACTICES, Deeds
from pledges.deeds.scope import Scope
from pledges.models import Clause, Commitment, Signature, StatementVersion
from pledges.models.renewal import RenewalStanding
from pledges.vocabularies import Origin
from practices.models import City, Membership, Practice


@dataclass(frozen=True)
class Moment:
    """``kind`` is ``statement``, ``promise``, ``practice`` or ``other``; ``label`` says it in words.

    ``language`` is that of the title, "" where it is ours. ``practice`` is the one that begins.
    """

    year: int | None
    kind: str
    label: str
    title: str
    url: str = ""
    text: str = ""
    language: str = ""
    practice: Practice | None = None


class CityRecord:
    """What the pages of a city tell of promises and deeds (3 queries, 6 more for a city that signed here).

    ``practices`` and ``memberships`` are at hand already.
    """

    def __init__(
        self, city: City, signature: Signature | None, practices: list[Practice], memberships: Iterable[Membership]
    ):
        self.city, self.signature = city, signature
        self.practices, self.memberships = practices, memberships
        self.commitments: list[Commitment] = []
        self.renewal: RenewalStanding | None = None
        if signature and signature.origin == Origin.ONLINE:
            prefetch_related_objects([signature], "renewals", "city__elections", "moves__version")
            self.commitments = list(signature.commitments.with_story())
            self.renewal = signature.renewal_standing
        self.version = StatementVersion.objects.current(get_language())
        self.tied_by_editors = False
        self.lines = self._lines()

    def _lines(self) -> list[tuple[Clause, int]]:
        """Each promise with the number of practices of the city that stand under it.

        Nothing of a city that has not signed here while none of its practices stands under a promise.
        """
        if self.version is None:
            return []
        deeds = Deeds(Scope(city=self.city))
        self.tied_by_editors = bool(deeds.tied_by_editors())
        lines = [(clause, len(deeds.keys(clause.code, PRACTICES))) for clause in self.version.clauses.all()]
        has_signed = self.signature is not None and self.signature.origin == Origin.ONLINE
        return lines if has_signed or any(count for _clause, count in lines) else []

    @property
    def query(self) -> str:
        return Scope(city=self.city).query()

    @property
    def moments(self) -> list[Moment]:
        """The newest first; of one year, the statement and what became of it stand before practices and networks.

        Practices of which no source says when they began come last.
        """
        order = ("statement", "promise", "practice", "other")
        moments = [*self._signing(), *self._answers(), *self._work(), *self._networks()]
        return sorted(moments, key=lambda moment: (-(moment.year or 0), order.index(moment.kind)))

    def _signing(self) -> Iterable[Moment]:
        signature = self.signature
        if signature is None or signature.signed_on is None:
            return
        stated = signature.origin == Origin.STATED
        title = _("Named as signing UNHCR’s statement") if stated else _("Signed this directory’s statement")
        url = signature.get_absolute_url()
        yield Moment(signature.signed_on.year, "statement", _("Statement"), title, url, signature.signed_in_words)
        if stated:
            return
        for renewal in signature.renewals.all():
            if day := renewal.renewed_at:
                yield Moment(day.year, "statement", _("Statement"), _("Renewed its signature"), url, in_words(day))
        for move in signature.moves.all():
            if day := move.moved_at:
                title = _("Moved to version %(number)d of the statement") % {"number": move.version.number}
                yield Moment(day.year, "statement", _("Statement"), title, url, in_words(day))

    def _answers(self) -> Iterable[Moment]:
        for promise in self.commitments:
            for question in promise.answered:
                yield Moment(
                    question.answered_at.year,
                    "promise",
                    _("Commitment: %(state)s") % {"state": question.get_state_display()},
                    promise.text,
                    question.shown_url,
                    question.shown_text,
                    promise.clause.version.language,
                )

    def _work(self) -> Iterable[Moment]:
        for practice in self.practices:
            url, title, language = practice.get_absolute_url(), practice.title, practice.language
            label = _("Practice begins") if practice.started else _("Practice")
            yield Moment(practice.started, "practice", label, title, url, practice.summary, language, practice)
            if practice.ended:
                yield Moment(practice.ended, "practice", _("Practice ends"), title, url, language=language)

    @property
    def first_year(self) -> int | None:
        """When the first of its practices began, as far as sources say."""
        return min((practice.started for practice in self.practices if practice.started), default=None)

    def _networks(self) -> Iterable[Moment]:
        for membership in self.memberships:
            if membership.since:
                yield Moment(membership.since, "other", _("Network"), membership.network.name, membership.source_url)


def in_words(moment) -> str:
    return date_format(moment, "DATE_FORMAT")
