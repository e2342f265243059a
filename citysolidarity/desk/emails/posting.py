"""Writing to members of staff: each e-mail reaches each of them once, and only those who may see what it is about.

An app registers its e-mails with ``to_staff`` and posts them with ``tell_at_once`` or ``tell``. The row an e-mail is
about is looked at when it is sent: what has been settled by then is not written about.
"""

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.tasks import task
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.emails.models import Digest, EmailChoice, StaffEmail
from citysolidarity.mail.postbox import QUEUE, EmailRegistry, Letter
from citysolidarity.mail.texts import Variable

DIGEST_FROM = 6  # o'clock, UTC
BACKEND = "django.contrib.auth.backends.ModelBackend"


@task(queue_name=QUEUE)
def send_letter(letter_id: str) -> None:
    """Raises sending.TryAgain."""
    REGISTRY.send(letter_id)


AT_THE_DESK = "https://cities.example/admin/…"
VARIABLES = {
    "who": Variable(_("the colleague"), "Rana Haddad"),
    "what": Variable(_("what it is about, as the desk names it"), "Signature YN5Z-5SAC"),
    "url": Variable(_("the page at the desk"), AT_THE_DESK, is_needed=True),
    "choose": Variable(_("the page on which each member of staff chooses their e-mails"), AT_THE_DESK, is_needed=True),
}
REGISTRY = EmailRegistry(StaffEmail, send_letter, _("Members of staff"), VARIABLES)


def to_staff(
    permission: str | Callable,
    suits: Callable = lambda row: True,
    when: str | dict[str, str] = "",
    variables: dict | None = None,
):
    """A decorator for a function of the row that returns the values of the e-mail's variables.

    ``permission`` is needed to be told, when it is posted and once more when it is sent; a function of the e-mail where
    it depends on the row. ``suits`` looks at the row. Without ``when`` nobody can edit the text.
    """

    def may_see(email: StaffEmail) -> bool:
        if callable(permission):
            return permission(email)
        return email.user is None or email.user.has_perm(permission)

    def register(facts) -> Letter:
        def facts_of(email: StaffEmail) -> dict | None:
            return facts(email.row) if email.row is not None and may_see(email) and suits(email.row) else None

        facts_of.__name__, facts_of.__doc__ = facts.__name__, facts.__doc__
        letter = REGISTRY.letter(when=when, variables=variables)(facts_of)
        letter.permission = permission
        return letter

    return register


def staff():
    """Everybody at the desk who has an e-mail address, with what they have chosen."""
    people = get_user_model().objects.filter(is_active=True, is_staff=True).exclude(email="")
    return people.select_related("email_choice").order_by("pk")


def staff_who_may(permission: str):
    allowed = get_user_model().objects.with_perm(permission, backend=BACKEND)
    return staff().filter(pk__in=allowed.values("pk"))


def tell(letter: Letter, people, row) -> int:
    """Post a letter about a row to each of these people, once; returns how many were new."""
    about = {"content_type": ContentType.objects.get_for_model(row), "object_id": row.pk}
    return sum(post(letter, person, **about) for person in people)


def tell_at_once(letter: Letter, row) -> int:
    """Post it to whoever wants such letters; to everybody who may see it if nobody does, and to the operator if nobody may."""
    everybody = list(staff_who_may(letter.permission))
    wanted = [person for person in everybody if EmailChoice.of(person).at_once]
    operator = [None] if settings.CONTACT_EMAIL else []
    return tell(letter, wanted or everybody or operator, row)


def post(letter: Letter, person, **about) -> bool:
    """Post it in the person's language; False where it was posted before."""
    language = EmailChoice.of(person).written_in if person else settings.LANGUAGE_CODE
    try:
        with translation.override(language), transaction.atomic():
            letter.post({"user": person, **about})
    except IntegrityError:
        return False
    return True


def post_digests(now=None) -> int:
    """Post today's digest to whoever wants one today, once; returns how many. The text is written when it is sent."""
    from citysolidarity.desk.emails.digest import digest_to_staff

    now = now or timezone.now()
    if now.hour < DIGEST_FROM:
        return 0
    due = [person for person in staff() if is_due(EmailChoice.of(person).digest, now.date())]
    return sum(post(digest_to_staff, person, day=now.date()) for person in due)


def is_due(digest: str, day: date) -> bool:
    return digest == Digest.DAILY or (digest == Digest.WEEKLY and day.isoweekday() == 1)
