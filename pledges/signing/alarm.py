"""An alarm by e-mail to the curators, when the form to sign can keep no more drafts."""

from uuid import uuid4

from django.conf import settings
from django.contrib.auth import get_user_model
from django.tasks import task
from django.urls import reverse

from citysolidarity.http.throttle import Limit
from citysolidarity.mail.postbox import QUEUE
from citysolidarity.mail.sending import compose, deliver
from citysolidarity.mail.texts import rendered
from pledges.models.workflow import CURATE

ALARMS = Limit("alarm to curators", 1, hours=1)


def alarm_to_curators(code: str) -> int:
    """Write to every curator, or to CONTACT_EMAIL where none has an address, at most once an hour for each code.

    ``code`` is ``drafts-wait``. Returns how many e-mails were posted.
    """
    if ALARMS.take(code):
        return 0
    recipients = list(curators().values_list("pk", flat=True)) or [None]
    for curator_id in recipients:
        send_alarm.enqueue(curator_id, code, str(uuid4()))
    return len(recipients)


def curators():
    """Active members of staff who may curate signatures and have an e-mail address."""
    users = get_user_model().objects.with_perm(CURATE, backend="django.contrib.auth.backends.ModelBackend")
    return users.filter(is_staff=True).exclude(email="").order_by("pk")


@task(queue_name=QUEUE)
def send_alarm(curator_id: int | None, code: str, identity: str) -> None:
    """Raises sending.TryAgain. The worker logs an address that bounces."""
    addresses = curators().filter(pk=curator_id).values_list("email", flat=True) if curator_id else []
    address = settings.CONTACT_EMAIL if curator_id is None else next(iter(addresses), "")
    if address:
        facts = {"code": code, "admin_url": settings.SITE_URL + reverse("admin:index")}
        language = settings.LANGUAGE_CODE
        words = rendered("alarm_to_curators", facts, language)
        deliver(compose(words, address, language=language, identity=identity))
