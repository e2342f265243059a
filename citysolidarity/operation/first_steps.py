"""What remains to be done when the site is installed. What the system can see is ticked by itself; the rest is asked."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Max
from django.urls import reverse
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from citysolidarity.backups.folder import last_restored
from citysolidarity.desk.emails.posting import staff_who_may
from citysolidarity.env import OUTBOX
from citysolidarity.login.factors import REAL
from citysolidarity.mail.bounces import kinds_of_letters
from citysolidarity.operation.alarms import LOOKS_AFTER
from citysolidarity.operation.checks import check_backup, check_queue
from citysolidarity.operation.queue import queue
from pledges.models import StatementVersion
from practices.models import Practice, PracticeTranslation
from practices.models.entries.translation import UNREVIEWED

# RFC 2606, RFC 6761: names that no site of the public can have.
RESERVED = (".localhost", ".test", ".example", ".invalid", ".example.com", ".example.net", ".example.org")
REHEARSED_WITHIN = timedelta(days=100)  # docs/backup.md asks for it once a quarter


class FirstStep(NamedTuple):
    """``is_done`` is None where only people can know. ``todo`` says what to do, and ``url`` is the page to do it on, if any."""

    code: str
    title: str
    is_done: bool | None
    fact: str
    todo: str
    url: str = ""


def first_steps(host: str) -> list[FirstStep]:
    """In the order of work. ``host`` is the name under which the desk was opened."""
    return [
        address(host),
        *people(),
        worker(),
        emails(),
        contact(),
        backup(),
        rehearsal(),
        statement(),
        directory(),
        translations(),
        pages(),
    ]


def address(host: str) -> FirstStep:
    name = urlsplit(settings.SITE_URL).netloc
    is_public = not (f".{name.partition(':')[0]}".endswith(RESERVED) or settings.DEVELOPMENT)
    fact = _("Links in e-mails and feeds begin with %(address)s.") % {"address": settings.SITE_URL}
    if name != host:
        fact = _("Links in e-mails and feeds begin with %(address)s, but this page was opened at %(host)s.") % {
            "address": settings.SITE_URL,
            "host": host,
        }
    todo = _("Please ask whoever runs the server to set SITE_URL to the address that the public will use.")
    return FirstStep("address", _("The address of the site"), is_public and name == host, fact, todo)


def people() -> Iterator[FirstStep]:
    with_factor = Authenticator.objects.filter(type__in=REAL).values("user")
    leads = staff_who_may(LOOKS_AFTER).filter(pk__in=with_factor)
    number = leads.count()
    fact = ngettext(
        "%(number)d person can invite others and has a second factor.",
        "%(number)d people can invite others and have a second factor.",
        number,
    ) % {"number": number}
    todo = _("Please set up an authenticator app or a passkey, and keep the recovery codes on paper.")
    yield FirstStep("factor", _("A second factor"), number > 0, fact, todo, reverse("admin:factors"))
    todo = _("Please invite a second lead curator: two of them are needed when one loses their password or phone.")
    yield FirstStep("lead", _("A second lead curator"), number > 1, fact, todo, reverse("people:people"))


def worker() -> FirstStep:
    check = check_queue(queue())
    return FirstStep("worker", _("The worker"), check.is_well, check.fact, check.todo, reverse("operation:status"))


def emails() -> FirstStep:
    last = max(
        filter(None, (model.objects.aggregate(at=Max("sent_at"))["at"] for model in kinds_of_letters())), default=None
    )
    todo, url = _("Please invite a colleague, and ask whether the e-mail has arrived."), reverse("people:people")
    if not settings.MAIL or settings.MAIL == OUTBOX:
        last, fact = None, _("No mail server is set, so no e-mail leaves this machine.")
        todo, url = _("Please ask whoever runs the server to set MAIL_URL."), ""
    elif last:
        fact = _("The last one was taken by the mail server %(time)s ago.") % {"time": timesince(last)}
    else:
        fact = _("None has been sent yet.")
    return FirstStep("emails", _("E-mails"), last is not None, fact, todo, url)


def contact() -> FirstStep:
    address = settings.CONTACT_EMAIL
    fact = (
        _("The contact page shows %(address)s.") % {"address": address}
        if address
        else _("The contact page shows none.")
    )
    todo = _("Please ask whoever runs the server to set CONTACT_EMAIL to an address that someone reads every day.")
    return FirstStep(
        "contact", _("An e-mail address for the public"), bool(address), fact, todo, reverse("about_contact")
    )


def backup() -> FirstStep:
    check = check_backup()
    return FirstStep("backup", check.title, check.is_well, check.fact, check.todo, reverse("operation:status"))


def rehearsal() -> FirstStep:
    """The command ``restore`` notes in the folder of the back-ups that it was run."""
    at = last_restored(Path(settings.BACKUPS_ROOT)) if settings.BACKUPS_ROOT else None
    now = datetime.now(UTC)
    fact = (
        _("A back-up was last restored %(time)s ago.") % {"time": timesince(at, now)}
        if at
        else _("This page does not know of any.")
    )
    todo = _(
        "Please ask whoever runs the server to restore a back-up into an empty database, now and once a quarter, with the "
        "command “manage.py restore”."
    )
    return FirstStep("rehearsal", _("Restoring, rehearsed"), bool(at) and now - at < REHEARSED_WITHIN, fact, todo)


def statement() -> FirstStep:
    url = reverse("admin:pledges_statementversion_changelist")
    todo = _("Please read the statement with your lawyers. A new wording is a new version; signed ones never change.")
    newest = StatementVersion.objects.valid().first()
    if newest is None:
        return FirstStep("statement", _("The statement"), False, _("There is none, so nobody can sign."), todo, url)
    there = set(StatementVersion.objects.valid().filter(number=newest.number).values_list("language", flat=True))
    missing = [str(name) for code, name in settings.LANGUAGES if code not in there]
    if missing:
        names = pgettext("list separator", ", ").join(missing)
        fact = _("Version %(number)d is valid. These languages lack it: %(languages)s.") % {
            "number": newest.number,
            "languages": names,
        }
    else:
        fact = _("Version %(number)d is valid in every language of the site.") % {"number": newest.number}
    return FirstStep("statement", _("The statement"), not missing, fact, todo, url)


def directory() -> FirstStep:
    number = Practice.objects.published().count()
    fact = ngettext("%(number)d practice is public.", "%(number)d practices are public.", number) % {"number": number}
    todo = _("Please enter your first practices, or ask whoever runs the server for the starter directory.")
    return FirstStep(
        "directory", _("Practices"), number > 0, fact, todo, reverse("admin:practices_practice_changelist")
    )


def translations() -> FirstStep:
    number = PracticeTranslation.objects.filter(UNREVIEWED).count()
    fact = ngettext(
        "%(number)d translation of a practice says that nobody has reviewed it.",
        "%(number)d translations of practices say that nobody has reviewed them.",
        number,
    ) % {"number": number}
    todo = _(
        "Please find someone for each language who reads them, and who reads the pages and e-mails of the site as well."
    )
    url = reverse("admin:practices_practicetranslation_changelist") + "?waits=unreviewed"
    return FirstStep("translations", _("Translations"), number == 0, fact, todo, url)


def pages() -> FirstStep:
    fact = _("The pages about the site speak in your name; only you know whether they are right.")
    todo = _(
        "Please read them all. Where the law of your country asks for more, for example an imprint, whoever runs the server adds "
        "it to the contact page."
    )
    return FirstStep("pages", _("Method, privacy, accessibility"), None, fact, todo, reverse("about"))
