"""Report a problem with an entry."""

from django.utils.translation import get_language

from citysolidarity.desk.limits import REPORTS
from citysolidarity.http.private_pages import private
from citysolidarity.http.throttle import TooMany, keyed_hash, widest_network
from citysolidarity.mail.letter import seconds_to_wait
from practices.correspondence import emails
from practices.correspondence.email_links import LINKS
from practices.correspondence.limits import REPORT_POSTS
from practices.correspondence.public_form import PublicForm, take_message
from practices.correspondence.reports.curators import tell_curators
from practices.correspondence.reports.forms import AdaptJourney, FollowJourney, ReportJourney
from practices.models import Report
from practices.models.correspondence.letter import Purpose
from practices.models.correspondence.report import Problem
from practices.vocabularies.countries import country_name


@private
def practice_report(request, slug):
    return take_message(request, slug, PublicForm(ReportJourney, "report", Report, count, record, "reported"))


@private
def practice_too(request, slug):
    """Another city does the same; a curator decides whether the entry says so."""
    return take_message(request, slug, following(Problem.SAME, FollowJourney, "too"))


@private
def practice_adapted(request, slug):
    return take_message(request, slug, following(Problem.ADAPTED, AdaptJourney, "adapted"))


def following(kind: Problem, journey: type, template: str) -> PublicForm:
    def count_it(request, facts) -> None:
        city = f"{facts.pop('city')}, {country_name(facts.pop('country'))}"
        facts |= {"kind": kind, "text": f"{city}\n{facts['text']}".strip()}
        count(request, facts)

    return PublicForm(journey, template, Report, count_it, record, "too")


def count(request, facts) -> None:
    """Reports of harm are counted apart: others do not keep them out."""
    REPORT_POSTS.count(request)
    if wait := REPORTS.take("harm" if facts["kind"] == Problem.HARMFUL else ""):
        raise TooMany(wait)
    network = widest_network(request)
    facts["network"] = keyed_hash("network of a report", network) if network else None


def record(entry, journey, facts) -> Report:
    report = Report.accepted(journey.stamp.key, journey.answers, practice=entry, language=get_language(), **facts)
    tell_curators(report)
    if report.email and report.contests:
        wait = seconds_to_wait("report", report.email)
        if wait is not None:
            emails.confirm_report.post(report, wait=wait)
    return report


@private
def confirm_report(request, token):
    return LINKS.follow(
        request, token, Purpose.CONFIRM_REPORT, lambda report: report.confirm_mailbox(), done="report-confirmed"
    )
