"""Erasing whoever asks for it from what is kept about the practices: the rows that belong to their address."""

from citysolidarity.desk.writing.forgetting import forget_about
from practices.models import Asker, ContactRoute, Enquiry, PracticeLetter, Report, Submission, SubmissionLetter
from practices.models.correspondence.public_message import ERASED
from practices.models.sharing.submission import DECIDED, SENT


def forget(address: str) -> dict[str, list[str]]:
    """Erases what belongs to this address, within the caller's transaction; returns the rows by their kind.

    Letters go with their mailbox, so that no link in them opens anything.
    """
    return forget_sender(address) | forget_writer(address) | {"mailboxes": forget_mailboxes(address)}


def forget_sender(address: str) -> dict[str, list[str]]:
    """Erases who sent a submission, and what they typed. Nobody could answer for one that waits: it is withdrawn."""
    submissions = list(Submission.objects.filter(email__iexact=address).select_for_update(of=("self",)))
    erased = {
        "begun": [submission for submission in submissions if submission.sent_at is None],
        "waiting": [submission for submission in submissions if submission.is_undecided],
    }
    erased["senders"] = [submission for submission in submissions if submission.sent_at and not submission.is_undecided]
    for submission in erased["waiting"]:
        submission.withdraw()
    Submission.objects.filter(pk__in=[submission.pk for submission in erased["begun"]]).delete()
    forget_about(Submission.objects.filter(pk__in=[submission.pk for submission in submissions]))
    sent = Submission.objects.filter(SENT & DECIDED, pk__in=[submission.pk for submission in submissions])
    SubmissionLetter.objects.filter(submission__in=sent).delete()
    sent.empty()
    return {kind: [f"{row.reference} {row.title}".strip() for row in rows] for kind, rows in erased.items()}


def forget_writer(address: str) -> dict[str, list[str]]:
    """Erases who asked a city or reported a problem, and their words. What a curator decided to show stays, in the
    curator's words; a question without an answer goes whole, since nobody is left to read the answer.
    """
    questions = list(Enquiry.objects.filter(asker__email__iexact=address).select_for_update(of=("self",)))
    keys = [question.pk for question in questions]
    Asker.objects.filter(pk__in=keys).delete()
    enquiries = Enquiry.objects.filter(pk__in=keys)
    forget_about(enquiries)
    # A letter to the asker has no mailbox of its own to go with.
    PracticeLetter.objects.filter(enquiry__in=keys, route__isnull=True).delete()
    enquiries.filter(answered_at__isnull=True).delete()
    enquiries.update(text=ERASED)
    reports = Report.objects.filter(email__iexact=address)
    forget_about(reports)
    reported = list(reports.values_list("reference", flat=True))
    reports.update(email="", text=ERASED)
    return {
        "unanswered": [question.reference for question in questions if question.answered_at is None],
        "askers": [question.reference for question in questions if question.answered_at],
        "reporters": reported,
    }


def forget_mailboxes(address: str) -> list[str]:
    routes = ContactRoute.objects.filter(email__iexact=address)
    rows = routes.select_related("practice").defer("practice__search")
    names = [f"{route.practice.slug} ({route})" for route in rows]
    routes.delete()
    return names
