"""How a submission becomes an entry, or changes one; only curators do this."""

from django.utils.text import slugify
from django.utils.translation import gettext as _
from text_unidecode import unidecode

from citysolidarity.desk.transitions import TransitionNotAllowed
from citysolidarity.forms.journey import CHECK
from practices.entries.differences import Difference, differences
from practices.models import City, ContactRoute, Practice, Submission, Transfer
from practices.models.correspondence.contact import ContactRole
from practices.models.entries.record import PARTS, Record, record_of, write
from practices.models.entries.review import ReviewComment
from practices.models.entries.version import Version
from practices.models.sharing.submission import SubmissionKind
from practices.sharing.forms.journey import Sharing
from practices.sharing.forms.takes import TakesForm

LONGEST_SLUG = 80


def journey_of(submission: Submission) -> Sharing:
    """The answers, checked once more; TransitionNotAllowed where they do not fit any more."""
    journey = Sharing.of(submission.answers)
    if journey.next_page() != CHECK:
        raise TransitionNotAllowed(_("The answers do not fit any more: the entry or the place they name may be gone."))
    return journey


def make_entry(submission: Submission, by) -> Practice:
    """A draft with the answers and their sources; in the caller's transaction."""
    journey = journey_of(submission)
    record, city = journey.record, journey.city()
    parts = {name: record.pop(name) for name in ("sources", *PARTS)}
    entry = Practice(slug=free_slug(record["title"], city), city=city, **record)
    entry.save()
    write(entry, parts)
    Version.objects.keep([entry.pk], by=by, note=_("Sent by form, %(reference)s") % {"reference": submission.reference})
    if submission.kind == SubmissionKind.ADAPTATION and submission.about:
        text = _("It follows the example of “%(title)s”.") % {"title": submission.about.title}
        ReviewComment.objects.create(practice=entry, by=by, text=text)
    return entry


def changed_record(submission: Submission, entry: Practice) -> tuple[Record, Record]:
    """The record of an entry as it is, and as the sender would have it.

    Its sources and figures stay, new ones come after them. Of facts and transfers those stay whose words stay.
    """
    before, wanted = record_of(entry), journey_of(submission).record
    wanted["figures"] = before["figures"] + [one for one in wanted["figures"] if one not in before["figures"]]
    wanted["facts"] = [unchanged(fact, before["facts"], ("kind", "text")) for fact in wanted["facts"]]
    learned = [one for one in before["transfers"] if one["direction"] == Transfer.Direction.LEARNED_FROM]
    # The form asks for one city alone.
    others = [one for one in before["transfers"] if one not in learned[:1]]
    wanted["transfers"] = [
        *(unchanged(one, learned, ("place", "country", "what")) for one in wanted["transfers"]), *others
    ]  # fmt: skip
    if TakesForm.mark not in submission.answers:
        # It was sent before the form asked for these.
        wanted = {name: value for name, value in wanted.items() if name not in ("conditions", "facts", "transfers")}
    return before, wanted


def unchanged(row: dict, rows: list[dict], names: tuple[str, ...]) -> dict:
    """The one among ``rows`` that says the same, with its year and source; else the row itself."""
    return next((other for other in rows if all(other[name] == row[name] for name in names)), row)


def proposed_changes(submission: Submission, entry: Practice) -> list[Difference]:
    return differences(*changed_record(submission, entry))


def change_entry(submission: Submission, entry: Practice, names: list[str], by) -> None:
    """Takes the chosen fields over, in the caller's transaction; both versions are kept."""
    _before, wanted = changed_record(submission, entry)
    note = _("Corrected by form, %(reference)s") % {"reference": submission.reference}
    if names:
        Version.objects.keep([entry.pk])
        write(entry, {name: wanted[name] for name in names})
        Version.objects.keep([entry.pk], by=by, note=note)


def city_of(submission: Submission) -> City | None:
    """The city that it speaks of, as the directory knows it; None where that is still to be made."""
    if submission.about and submission.kind == SubmissionKind.UPDATE:
        return submission.about.city
    return submission.practice.city if submission.practice else journey_of(submission).known_city


def take_word(submission: Submission, entry: Practice, names: list[str], by) -> None:
    """What was accepted counts as confirmed by the city, if its mailbox speaks for it; raises TransitionNotAllowed.

    ``names`` are the fields that were taken over. A new entry is confirmed when it is published.
    """
    if submission.kind == SubmissionKind.UPDATE and not names:
        raise TransitionNotAllowed(_("no change is taken over, so there is nothing that the city has confirmed."))
    submission.take_word(by, entry.city)
    if entry.published_at and (entry.confirmed_at is None or entry.confirmed_at < submission.sent_at):
        # Whoever corrects an entry has read the whole of it.
        entry.confirm(at=submission.sent_at)


def take_contact(submission: Submission, entry: Practice, by) -> None:
    """The mailbox answers for the entry from now on, if it speaks for the city; raises TransitionNotAllowed."""
    submission.speak(by, entry.city)
    route = entry.routes.select_for_update().filter(seat=ContactRole.ROLE).first() or ContactRoute(practice=entry)
    if route.speaks_since and not route.bounced_at and route.email != submission.email:
        raise TransitionNotAllowed(
            _("another e-mail address answers for the entry: change it on the entry’s own page.")
        )
    route.take_over(submission)
    submission.note_contact(by)


def free_slug(title: str, city: City) -> str:
    base = slugify(f"{unidecode(title)} {unidecode(city.name)}")[:LONGEST_SLUG].strip("-") or "practice"
    taken = set(Practice.objects.filter(slug__startswith=base[:60]).values_list("slug", flat=True))
    number, slug = 2, base
    while slug in taken:
        ending = f"-{number}"
        number, slug = number + 1, base[: LONGEST_SLUG - len(ending)] + ending
    return slug
