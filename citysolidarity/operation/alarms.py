"""E-mails to the secretariat when something has gone wrong, once a day, and when it is over, once.

They do not go through the queue, which may be what is wrong, but leave at once by the mail server. Where that is what is
wrong, they leave as soon as it answers.
"""

import logging
from uuid import uuid4

from django.conf import settings
from django.urls import reverse

from citysolidarity.desk.emails.posting import staff_who_may
from citysolidarity.mail.sending import NotSent, compose, deliver
from citysolidarity.mail.texts import Words, rendered
from citysolidarity.operation.checks import Check, Level, alarming
from citysolidarity.operation.models import Alarm

LOOKS_AFTER = "citysolidarity.look_after_people"

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
        while alarm := Alarm.objects.filter(code__in=checks).claim(column):
            is_told = False
            try:
                is_told = told(alarm, checks[alarm.code], is_over=column == "over_told_at")
            finally:
                if not is_told:
                    alarm.take_back(column)
            if not is_told:
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
    return [person.email for person in staff_who_may(LOOKS_AFTER)]
