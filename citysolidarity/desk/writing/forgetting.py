"""What curators wrote about rows goes with what it is about."""

from citysolidarity.desk.teamwork.models import Assignment, Note
from citysolidarity.desk.writing.models import WrittenEmail


def forget_about(rows) -> int:
    """Delete the notes about these rows and the e-mails to their senders; returns how many notes."""
    WrittenEmail.objects.about_any(rows).delete()
    return Note.objects.about_any(rows).delete()[0]


def forget_orphans() -> int:
    """The same for rows that are gone."""
    Assignment.objects.drop_orphans()
    WrittenEmail.objects.drop_orphans()
    return Note.objects.drop_orphans()
