"""Accounts of the desk and their roles."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from citysolidarity.desk.roles import ROLES

ADMINISTRATOR = "administrator"


def create(name: str, mail: str, role: str):
    """Save an account without a password; ``role`` is one of ROLES or ADMINISTRATOR. Raises ValidationError."""
    is_admin = role == ADMINISTRATOR
    user = get_user_model()(username=name, email=mail, is_staff=True, is_superuser=is_admin)
    user.set_unusable_password()
    validate_email(mail)
    user.full_clean()
    try:
        with transaction.atomic():
            user.save()
            if not is_admin:
                give_role(user, role)
    except IntegrityError:
        raise ValidationError(_("Someone else has just created %(name)s.") % {"name": name}) from None
    return user


def give_role(user, role: str) -> None:
    """In place of any other role of the desk; groups that are none of ours stay."""
    with transaction.atomic():
        user.groups.remove(*Group.objects.filter(name__in=ROLES))
        user.groups.add(Group.objects.get(name=role))


def role_of(user) -> str:
    if user.is_superuser:
        return ADMINISTRATOR
    return next((group.name for group in user.groups.all() if group.name in ROLES), "")
