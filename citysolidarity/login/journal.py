"""Who comes in, who does not, and whose role changes, for the log: by number, never by name, mailbox or address."""

import logging

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import m2m_changed, post_save, pre_save
from django.dispatch import Signal, receiver

POWERS = ("is_active", "is_staff", "is_superuser", "password")

logger = logging.getLogger(__name__)
# For the log of the desk: ``user`` has passed both factors; or was refused, with ``why`` a word of REFUSED.
came_in, was_refused = Signal(), Signal()
REFUSED = ("password", "code", "passkey")


@receiver(user_logged_in)
def logged_in(user, **kwargs):
    logger.info("Login: account %s", user.pk)


@receiver(user_logged_out)
def logged_out(user, **kwargs):
    if user is not None:
        logger.info("Logout: account %s", user.pk)


@receiver(user_login_failed)
def login_failed(credentials, **kwargs):
    """The password was wrong. What was typed as a name may be a password."""
    user = get_user_model().objects.filter(username=credentials.get("username") or "").first()
    logger.warning("Login failed: %s", f"account {user.pk}" if user else "no such account")
    if user:
        was_refused.send(None, user=user, why="password")


def refused(user, why: str):
    """A second factor that did not fit; ``why`` is a word of REFUSED."""
    logger.warning("Login failed: account %s, %s", user.pk, why)
    was_refused.send(None, user=user, why=why)


@receiver(pre_save, sender="auth.User")
def look(instance, **kwargs):
    before = type(instance)._base_manager.filter(pk=instance.pk).values(*POWERS).first() if instance.pk else None
    instance.powers_before = before or dict.fromkeys(POWERS)


@receiver(post_save, sender="auth.User")
def powers_changed(instance, created, **kwargs):
    before = getattr(instance, "powers_before", {})
    changed = [name for name in POWERS if name in before and before[name] != getattr(instance, name)]
    if created:
        logger.warning("Account %s is made", instance.pk)
    elif changed:
        said = [name if name == "password" else f"{name}={getattr(instance, name)}" for name in changed]
        logger.warning("Account %s changed: %s", instance.pk, ", ".join(said))


def roles_changed(instance, action, reverse, pk_set, **kwargs):
    if action not in {"post_add", "post_remove", "post_clear"}:
        return
    about = "accounts of role" if reverse else "roles of account"
    logger.warning("The %s %s changed: %s %s", about, instance.pk, action.removeprefix("post_"), sorted(pk_set or ()))


m2m_changed.connect(roles_changed, sender=get_user_model().groups.through, dispatch_uid="journal.roles")
m2m_changed.connect(roles_changed, sender=get_user_model().user_permissions.through, dispatch_uid="journal.permissions")
