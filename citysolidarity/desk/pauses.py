"""Forms that curators let rest for a while, and the limits that all visitors share."""

from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult, get_date_max

from citysolidarity.desk import limits
from citysolidarity.desk.acts import log_act
from citysolidarity.http.throttle import Pause

MAY_PAUSE = "citysolidarity.set_pause"
# What all visitors share, in words.
SHARED = {
    "drafts": (_("Signatures"), limits.DRAFTS),
    "own-domains": (_("Signatures from domains that are not a free provider’s"), limits.DRAFTS_OF_OWN_DOMAINS),
    "submissions": (_("Practices shared"), limits.SUBMISSIONS),
    "reports": (_("Reports"), limits.REPORTS),
    "supports": (_("Supports by residents"), limits.SUPPORTS),
    "invitations": (_("Invitations of cities"), limits.INVITATIONS),
    "followings": (_("Subscriptions by e-mail"), limits.FOLLOWINGS),
}


def open_pauses():
    return Pause.objects.filter(until__gt=Now())


def close_form(form: str, duration: timedelta, by) -> None:
    with transaction.atomic():
        pause, _new = Pause.objects.update_or_create(form=form, defaults={"until": Now() + duration, "by": by})
        log_act(pause, by, _("Paused"))


def open_form(form: str, by) -> None:
    with transaction.atomic():
        for pause in Pause.objects.filter(form=form).select_for_update(of=("self",)):
            log_act(pause, by, _("Opened again"))
            pause.delete()


def lift_limit(code: str, by) -> int:
    """The limit begins anew, and the e-mails that wait for their turn leave now; returns how many."""
    label, limit = SHARED[code]
    # Only a limit makes an e-mail wait that nobody has tried to send.
    waiting = DBTaskResult.objects.filter(status="READY", worker_ids=[], run_after__gt=Now())
    with transaction.atomic():
        limit.lift()
        log_act(Pause(form=code), by, _("Limit lifted: %(what)s") % {"what": label}, str(label))
        return waiting.exclude(run_after=get_date_max()).update(run_after=Now())
