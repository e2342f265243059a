"""E-mails to the secretariat when something has gone wrong, once, and when it is over, once.

They do not go through the queue, which may be what is wrong, but leave at once by the mail server. Where that is what is
wrong, they leave as soon as it answers.
"""

import logging
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import get_user_model
from django.urls import reverse

from citysolidarity.mail.sending import NotSent, compose, deliver
from citysolidarity.mail.texts import Words, rendered
from citysolidarity.operation.checks import Check, Level, alarming
from citysolidarity.operation.models import Alarm

LOOKS_AFTER = "citysolidarity.look_after_people"
BACKEND = "django.contrib.auth.backends.ModelBackend"

logger = logging.getLogger(__name__)


def watch() -> list[Check]:
    """Look, begin and end alarms, tell of them; returns what is wrong."""
    checks = {check.code: check for check in alarming()}
    wrong = [check for check in checks.values() if check.level is Level.WRONG]
    for code, check in checks.items():
        if check in wrong:
            Alarm.objects.raise_for(code)
        else:
            Alarm.objects.calm(code)
    for column in ("told_at", "over_told_at"):
        while alarm := Alarm.objects.claim(column):
            if not told(alarm, checks[alarm.code], is_over=column == "over_told_at"):
                alarm.take_back(column)
                break
    return wrong


def told(alarm: Alarm, check: Check, *, is_over: bool) -> bool:
    """Whether a mail server has taken it for one of the addresses."""
    addresses = secretariat()
    if not addresses:
        logger.error("Nobody can be told of an alarm (%s): set ALARM_EMAIL or CONTACT_EMAIL.", alarm.code)
        return True
    words = words_of(alarm, check, is_over)
    sent = 0
    for address in addresses:
        try:
            deliver(compose(words, address, language=settings.LANGUAGE_CODE, identity=str(uuid4())))
            sent += 1
        except NotSent as failure:
            logger.warning("An alarm (%s) was not sent: %s", alarm.code, failure.reply)
    return sent > 0


def words_of(alarm: Alarm, check: Check, is_over: bool) -> Words:
    context = {
        "alarm": alarm,
        "check": check,
        "is_over": is_over,
        "page": settings.SITE_URL + reverse("operation:status"),
    }
    return rendered("site_alarm", context, settings.LANGUAGE_CODE)


def secretariat() -> list[str]:
    """ALARM_EMAIL, else CONTACT_EMAIL, else the lead curators."""
    if address := settings.ALARM_EMAIL or settings.CONTACT_EMAIL:
        return [address]
    people = get_user_model().objects.with_perm(LOOKS_AFTER, backend=BACKEND)
    people = people.filter(is_active=True, is_staff=True).exclude(email="")
    return list(people.order_by("pk").values_list("email", flat=True))
