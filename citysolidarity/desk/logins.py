"""Log-ins and tries, in the log of the desk. A name that belongs to nobody is not written down: it may be a password."""

from django.dispatch import receiver
from django.utils.translation import gettext as _

from citysolidarity.desk.acts import LOGIN, log_act
from citysolidarity.login import journal


@receiver(journal.came_in, dispatch_uid="log of the desk: came in")
def came_in(sender, user, **kwargs):
    log_act(user, user, _("Logged in"), kind=LOGIN)


@receiver(journal.was_refused, dispatch_uid="log of the desk: refused")
def was_refused(sender, user, why, **kwargs):
    if user.is_staff:
        log_act(user, user, REFUSALS[why](), kind=LOGIN)


REFUSALS = {
    "password": lambda: _("Someone entered a wrong password for this account"),
    "code": lambda: _("The password was right, the code was not"),
    "passkey": lambda: _("The password was right, the passkey was not"),
}
