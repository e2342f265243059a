"""The tables of the report. Each counts what the database holds today about the days of a period."""

from collections import Counter
from collections.abc import Iterable, Iterator
from statistics import median
from typing import NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from citysolidarity.yearly.period import Period
from pledges.models import Signature, SignatureEvent
from pledges.vocabularies import Kind, Origin, State
from pledges.vocabularies import Refusal as SignatureRefusal
from practices.models import Confirmation, Enquiry, Practice, Report, Submission
from practices.models.correspondence.confirmation import ConfirmationAnswer
from practices.models.correspondence.report import Problem, ReportOutcome
from practices.models.sharing.submission import Refusal as SubmissionRefusal
from practices.vocabularies import THEMES
from practices.vocabularies.countries import country_name

DAY = 86_400  # seconds


class Table(NamedTuple):
    """``columns`` are the headings after the first; a row is its label and a value for each of them (None: not known)."""

    code: str
    title: str
    note: str
    first: str
    columns: list[str]
    rows: list[tuple[str, list[int | float | None]]]


def tables_of(period: Period) -> Iterator[Table]:
    yield growth(period)
    yield signatures_by_country(period)
    yield practices_by_theme(period)
    yield practices_by_country(period)
    yield yearly_questions(period)
    yield waiting_times(period)
    yield reports_by_outcome(period)
    yield refusals(period)


# --- what stood on a day --------------------------------------------------------------------


def live_before(moment) -> QuerySet:
    """Signatures that counted just before a moment."""
    still = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=moment)
    not_replaced = Q(superseded_at__isnull=True) | Q(superseded_at__gte=moment)
    return Signature.objects.filter(still & not_replaced, published_at__lt=moment)


def public_before(moment) -> QuerySet:
    shown = Q(archived_at__isnull=True) | Q(archived_at__gte=moment)
    return Practice.objects.filter(shown, published_at__lt=moment)


def growth(period: Period) -> Table:
    def line(of):
        before, after = of(period.begins), of(period.ends)
        return [before, after, after - before]

    rows = [
        (_("Signatures counted"), line(lambda moment: live_before(moment).count())),
        (
            _("Of these, signed here and verified"),
            line(lambda moment: live_before(moment).filter(origin=Origin.ONLINE).count()),
        ),
        (_("Public practices"), line(lambda moment: public_before(moment).count())),
        (
            _("Cities with a public practice"),
            line(lambda moment: public_before(moment).aggregate(cities=Count("city", distinct=True))["cities"]),
        ),
    ]
    columns = [_("Before"), _("At the end"), _("Change")]
    return Table("growth", _("Growth"), "", _("What"), columns, rows)


# --- signatures -------------------------------------------------------------------------------


def signatures_by_country(period: Period) -> Table:
    """Those that arrived in the period, by the form or from a source, as they stand today."""
    entered = SignatureEvent.objects.filter(period.holds("at"), signature=OuterRef("pk"), kind=Kind.STATED)
    arrived = Signature.objects.filter(
        period.holds("drafted_at") | Q(Exists(entered), origin=Origin.STATED)
    ).select_related("city")
    counts = Counter((signature.city.country, signature.state) for signature in arrived.iterator())
    return Table(
        "signatures",
        _("Signatures received, by country and state"),
        _("As of today."),
        _("Country"),
        [str(state.label) for state in State],
        by_country(counts, State),
    )


def by_country(counts: Counter, columns: Iterable) -> list[tuple[str, list]]:
    countries = sorted({country for country, _column in counts}, key=country_name)
    rows = [(country_name(country), [counts[country, column] for column in columns]) for country in countries]
    return (
        [*rows, (_("All"), [sum(values) for values in zip(*(row for _name, row in rows), strict=True)])] if rows else []
    )


# --- practices --------------------------------------------------------------------------------


def practices_by_theme(period: Period) -> Table:
    public, new = (
        Counter(theme for themes in entries.values_list("themes", flat=True) for theme in themes)
        for entries in (public_before(period.ends), published_in(period))
    )
    rows = [(str(label), [public[code], new[code]]) for code, label in THEMES.choices]
    note = _("An entry has up to three themes and counts for each.")
    return Table("themes", _("Practices by theme"), note, _("Theme"), practice_columns(), rows)


def practices_by_country(period: Period) -> Table:
    counts = Counter()
    for column, entries in enumerate((public_before(period.ends), published_in(period))):
        for country in entries.values_list("city__country", flat=True):
            counts[country, column] += 1
    rows = by_country(counts, (0, 1))
    return Table("countries", _("Practices by country"), "", _("Country"), practice_columns(), rows)


def published_in(period: Period) -> QuerySet:
    return Practice.objects.filter(period.holds("published_at"))


def practice_columns() -> list[str]:
    return [_("Public at the end"), _("Published in this period")]


# --- how we kept our word -----------------------------------------------------------------------


def yearly_questions(period: Period) -> Table:
    counts = Counter(Confirmation.objects.filter(period.holds("asked_at")).values_list("answer", flat=True))
    answers = [
        (_("Confirmed"), ConfirmationAnswer.STILL_RIGHT),
        (_("Changed"), ConfirmationAnswer.CHANGED),
        (_("Ended"), ConfirmationAnswer.ENDED),
        (_("Silent"), ""),
    ]
    rows = [(_("Asked"), [counts.total()]), *((label, [counts[answer]]) for label, answer in answers)]
    note = _("What cities have answered by today to the e-mails of this period.")
    return Table("yearly", _("The yearly question to the cities"), note, _("Answer"), [_("Entries")], rows)


def waiting_times(period: Period) -> Table:
    decided = {"accepted_at": "sent_at", "refused_at": "sent_at"}
    spans = [
        (_("Signatures: from the confirmation to the check"), spans_of(Signature, period, verified_at="confirmed_at")),
        (_("Signatures: from the check to the publication"), spans_of(Signature, period, published_at="verified_at")),
        (_("Practices sent: until the decision"), spans_of(Submission, period, **decided)),
        (_("Questions to cities: until the answer"), spans_of(Enquiry, period, answered_at="confirmed_at")),
        (_("Reports: until they were closed"), spans_of(Report, period, closed_at="sent_at")),
    ]
    rows = [(label, [len(days), round(median(days), 1) if days else None]) for label, days in spans]
    note = _("Half of them took less time, half took more.")
    columns = [_("How many"), _("Median, in days")]
    return Table("times", _("How long people waited"), note, _("What"), columns, rows)


def spans_of(model, period: Period, **columns) -> list[float]:
    """Days from one moment to the other (``later="earlier"``), of what the later one brought to an end in the period."""
    spans = []
    for later, earlier in columns.items():
        rows = model._default_manager.filter(period.holds(later), **{f"{earlier}__isnull": False})
        spans += [span.total_seconds() / DAY for span in rows.values_list(F(later) - F(earlier), flat=True)]
    return spans


def reports_by_outcome(period: Period) -> Table:
    counts = Counter(Report.objects.filter(period.holds("sent_at")).values_list("kind", "outcome"))
    outcomes = [*ReportOutcome.values, ""]
    rows = [(str(problem.label), [counts[problem.value, outcome] for outcome in outcomes]) for problem in Problem]
    columns = [*(str(outcome.label) for outcome in ReportOutcome), _("Still open")]
    return Table("reports", _("Problems reported, by outcome"), "", _("Problem"), columns, rows)


def refusals(period: Period) -> Table:
    rows = [
        *refused(Signature, SignatureRefusal, _("Signature: %(reason)s"), period),
        *refused(Submission, SubmissionRefusal, _("Practice: %(reason)s"), period),
    ]
    return Table("refusals", _("Refusals, by reason"), "", _("Reason"), [_("How many")], rows)


def refused(model, reasons, label: str, period: Period) -> list[tuple[str, list[int]]]:
    codes = model._default_manager.filter(period.holds("refused_at")).values_list("refusal", flat=True)
    counts = Counter(codes)
    return [(label % {"reason": reason.label}, [counts[reason.value]]) for reason in reasons]
