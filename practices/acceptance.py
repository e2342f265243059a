"""How a submission becomes an entry, or changes one. Only the desk comes here."""

from django.utils.text import slugify
from django.utils.translation import gettext as _
from text_unidecode import unidecode

from citysolidarity.forms.way import CHECK
from practices.differences import Difference, differences
from practices.forms.sharing import Sharing
from practices.models import City, Practice, Submission
from practices.models.handling import CannotHandle
from practices.models.review import ReviewComment
from practices.models.submission import Kind
from practices.models.version import Version
from practices.records import Record, record_of, write

LONGEST_SLUG = 80


def way_of(submission: Submission) -> Sharing:
    """The answers, checked once more; CannotHandle where they do not fit any more."""
    way = Sharing.of(submission.answers)
    if way.next_page() != CHECK:
        raise CannotHandle(_("The answers do not fit any more: the entry or the place they name may be gone."))
    return way


def make_entry(submission: Submission, by) -> Practice:
    """A draft with the answers, their sources, and the mailbox that answers for it; in the caller's transaction."""
    way = way_of(submission)
    record, city = way.record, way.city()
    columns = {name: value for name, value in record.items() if name != "sources"}
    entry = Practice(slug=free_slug(record["title"], city), city=city, **columns)
    entry.save()
    write(entry, {"sources": record["sources"]})
    Version.objects.keep(
        [entry.pk], by=by, note=_("Sent by the city, %(reference)s") % {"reference": submission.reference}
    )
    if submission.kind == Kind.ADAPTATION and submission.about:
        text = _("It follows the example of “%(title)s”.") % {"title": submission.about.title}
        ReviewComment.objects.create(practice=entry, by=by, text=text)
    keep_contact(submission, entry)
    return entry


def changed_record(submission: Submission, entry: Practice) -> tuple[Record, Record]:
    """The record of an entry as it is, and as the city would have it: its sources stay, new ones come after them."""
    before, wanted = record_of(entry), way_of(submission).record
    known = {(source["url"], source["title"]) for source in before["sources"]}
    new = [source for source in wanted["sources"] if (source["url"], source["title"]) not in known]
    return before, wanted | {"sources": [*before["sources"], *new]}


def proposed(submission: Submission, entry: Practice) -> list[Difference]:
    """What the city would change, field by field."""
    return differences(*changed_record(submission, entry))


def change_entry(submission: Submission, entry: Practice, names: list[str], by) -> None:
    """Takes the chosen fields over, in the caller's transaction; both versions are kept."""
    _before, wanted = changed_record(submission, entry)
    note = _("Corrected by the city, %(reference)s") % {"reference": submission.reference}
    if names:
        Version.objects.keep([entry.pk])
        write(entry, {name: wanted[name] for name in names})
        Version.objects.keep([entry.pk], by=by, note=note)
    if entry.published_at and (entry.confirmed_at is None or entry.confirmed_at < submission.sent_at):
        # Whoever corrects an entry has read the whole of it.
        entry.confirm(at=submission.sent_at)
    keep_contact(submission, entry)


def keep_contact(submission: Submission, entry: Practice) -> None:
    """The mailbox answers for the entry from now on, unless another one does."""
    facts = {"email": submission.email, "office": submission.office, "language": submission.language}
    entry.routes.get_or_create(seat="role", defaults=facts)


def free_slug(title: str, city: City) -> str:
    """An address made of the title and the city that no entry has."""
    base = slugify(f"{unidecode(title)} {unidecode(city.name)}")[:LONGEST_SLUG].strip("-") or "practice"
    taken = set(Practice.objects.filter(slug__startswith=base[:60]).values_list("slug", flat=True))
    number, slug = 2, base
    while slug in taken:
        ending = f"-{number}"
        number, slug = number + 1, base[: LONGEST_SLUG - len(ending)] + ending
    return slug
