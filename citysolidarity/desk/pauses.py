"""Forms and e-mail domains that curators shut for a while, and the limits that all visitors share."""

from collections.abc import Iterable
from datetime import timedelta
from operator import attrgetter

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult, get_date_max

from citysolidarity.desk import limits
from citysolidarity.desk.acts import log_act
from citysolidarity.http.refused_domains import RefusedDomain
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


def open_pauses() -> list[Pause | RefusedDomain]:
    """What is shut now, the first to open again first."""
    shut = [*Pause.objects.filter(until__gt=Now()).select_related("by")]
    shut += RefusedDomain.objects.in_force().select_related("by")
    return sorted(shut, key=attrgetter("until"))


def close_all_forms(duration: timedelta, by) -> None:
    """A form that is closed for longer stays so."""
    longer = set(Pause.objects.filter(until__gt=Now() + duration).values_list("form", flat=True))
    close_forms([form for form in Pause.Form.values if form not in longer], duration, by)


def close_forms(forms: Iterable[str], duration: timedelta, by) -> None:
    with transaction.atomic():
        for form in forms:
            pause, _new = Pause.objects.update_or_create(form=form, defaults={"until": Now() + duration, "by": by})
            log_act(pause, by, _("Paused"))


def refuse_domain(domain: str, duration: timedelta, by) -> None:
    with transaction.atomic():
        row, _new = RefusedDomain.objects.update_or_create(
            domain=domain, defaults={"until": Now() + duration, "by": by}
        )
        log_act(row, by, _("Refused"))


def open_again(model: type[Pause | RefusedDomain], keys: Iterable[str], by) -> None:
    with transaction.atomic():
        for row in model.objects.filter(pk__in=keys).select_for_update(of=("self",)):
            log_act(row, by, _("Opened again"))
            row.delete()


def lift_limit(code: str, by) -> int:
    """The limit begins anew, and the e-mails that wait for their turn leave now; returns how many."""
    label, limit = SHARED[code]
    # Only a limit makes an e-mail wait that nobody has tried to send.
    waiting = DBTaskResult.objects.filter(status="READY", worker_ids=[], run_after__gt=Now())
    with transaction.atomic():
        limit.lift()
        log_act(Pause(form=code), by, _("Limit lifted: %(what)s") % {"what": label}, str(label))
        return waiting.exclude(run_after=get_date_max()).update(run_after=Now())
