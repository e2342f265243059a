"""A word in every private field of what is kept about an entry, for the crawl that looks for it on public pages."""

from django.db.models.functions import Now

from practices.models import Asker, Confirmation, Enquiry, Follower, Report
from practices.models.correspondence.confirmation import ConfirmationAnswer
from practices.models.correspondence.contact import ContactRole
from practices.models.correspondence.report import Problem, ReportOutcome
from tests.practices.following.followers import a_following


def told_to_us(practice, curator, word: str) -> None:
    """Mailboxes, answers of the city, reports in every state, questions on every station, and nothing that was decided
    to be shown."""
    for seat in ContactRole:
        practice.routes.create(seat=seat, email=f"{word}@{seat.value}.example", office=word)
    for number, answer in enumerate((ConfirmationAnswer.CHANGED, ConfirmationAnswer.ENDED)):
        Confirmation.objects.create(practice=practice, year=2020 + number).take(answer, word)
    for number, kind in enumerate(Problem):
        report = Report.accepted(f"{word}-{number}", "", practice=practice, kind=kind, text=word, language="en")
        Report.objects.filter(pk=report.pk).update(email=f"{word}@reader.example")
        if number % 2:
            report.take_up()
        if number == 2:
            report.close(curator, ReportOutcome.NOTHING, word)
    for number, columns in enumerate(({}, {"confirmed_at": Now()}, {"confirmed_at": Now(), "curators_at": Now()})):
        enquiry = Enquiry.accepted(f"{word}-{number}", "", practice=practice, text=word, language="en")
        Enquiry.objects.filter(pk=enquiry.pk).update(**columns)
        Asker.objects.create(enquiry=enquiry, email=f"{word}@reader.example")
    for query in ("", f"q={word}"):
        a_following(query)
    Follower.objects.update(email=f"{word}@reader.example")
    answered = {"answer": word, "answered_at": Now(), "may_join": True, "may_be_shown": True, "public_answer": word}
    Enquiry.objects.filter(pk=enquiry.pk).update(**answered, public_question=word)
