"""An alarm by e-mail to the curators, when the form to sign can keep no more drafts."""

from uuid import uuid4

from django.conf import settings
from django.contrib.auth import get_user_model
from django.tasks import task
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.emails.posting import AT_THE_DESK, REGISTRY
from citysolidarity.http.throttle import Limit
from citysolidarity.mail.edited_texts import written
from citysolidarity.mail.postbox import QUEUE
from citysolidarity.mail.sending import compose, deliver
from citysolidarity.mail.texts import Variable
from pledges.models.workflow import CURATE

ALARMS = Limit("alarm to curators", 1, hours=1)
TEXT = REGISTRY.text_alone(
    "alarm_to_curators",
    _("More signatures arrive than can be sent on at once"),
    {"admin_url": Variable(_("the start page of the desk"), AT_THE_DESK, is_needed=True)},
)


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
        language = settings.LANGUAGE_CODE
        words, unusable = written(TEXT, {"admin_url": settings.SITE_URL + reverse("admin:index")}, language)
        if unusable:
            unusable.mark_unusable()
        deliver(compose(words, address, language=language, identity=identity))
