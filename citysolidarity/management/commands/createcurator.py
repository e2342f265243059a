"""`manage.py createcurator`: somebody new at the desk, and the link by which they choose a password."""

import sys

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from citysolidarity.door import factors
from citysolidarity.door.links import link_for
from citysolidarity.roles import ROLES
from citysolidarity.sessions import DeskSession

FIRST = "Lead curator"


class Command(BaseCommand):
    help = "Makes an account for the desk and prints a link, good once and for three days, to choose its password."

    def add_arguments(self, parser):
        parser.add_argument("--name", help="the name to log in with, such as ana")
        parser.add_argument("--mail", help="their e-mail address, for letters to the curators")
        parser.add_argument(
            "--role", help=f"one of: {', '.join(ROLES)} (or: administrator, who may also make accounts)"
        )
        parser.add_argument(
            "--again",
            action="store_true",
            help="for an account that exists: ends its sessions, forgets its password and second factor, prints a new link",
        )

    def handle(self, *, name, mail, role, again, **options):
        name = (name or asked("Name to log in with: ", "--name")).strip()
        user = get_user_model().objects.filter(username=name).first()
        if again:
            return self.let_in_anew(user, name)
        if user:
            return self.stdout.write(
                f"{name} exists already ({standing(user)}); nothing was changed. For a new link: add --again."
            )
        mail = mail or asked("E-mail address: ", "--mail")
        role = role or asked(f"Role ({', '.join(ROLES)}, administrator) [{FIRST}]: ", "--role") or FIRST
        user = made(name, mail.strip(), role.strip())
        self.stdout.write(f"{name} is made ({standing(user)}).")
        return self.print_link(user)

    def let_in_anew(self, user, name):
        if user is None:
            raise CommandError(f"There is no {name}.")
        with transaction.atomic():
            user.set_unusable_password()
            user.save(update_fields=["password"])
            factors.forget_all(user)
            DeskSession.objects.of(user).delete()
        self.stdout.write(f"{name} ({standing(user)}) starts anew: no password, no second factor, no session.")
        return self.print_link(user)

    def print_link(self, user):
        self.stdout.write("The link to choose a password works once and for three days; hand it over privately:")
        self.stdout.write(link_for(user))


def asked(question: str, option: str) -> str:
    """What somebody at the keyboard answers; without a keyboard, the option must say it."""
    if not sys.stdin.isatty():
        raise CommandError(f"Say it with {option}.")
    return input(question)


def made(name: str, mail: str, role: str):
    """The new account, without a password yet. CommandError, and nothing made, where something does not fit."""
    known = {one.lower(): one for one in (*ROLES, "administrator")}
    if role.lower() not in known:
        raise CommandError(f"There is no role {role!r}; there are: {', '.join(known.values())}.")
    is_admin = known[role.lower()] == "administrator"
    user = get_user_model()(username=name, email=mail, is_staff=True, is_superuser=is_admin)
    user.set_unusable_password()
    try:
        validate_email(mail)
        user.full_clean()
        with transaction.atomic():
            user.save()
            if not is_admin:
                user.groups.add(Group.objects.get(name=known[role.lower()]))
    except ValidationError as problem:
        raise CommandError(" ".join(problem.messages)) from None
    except IntegrityError:
        raise CommandError(f"Somebody else has just made {name}.") from None
    return user


def standing(user) -> str:
    """Their role, in words."""
    return "administrator" if user.is_superuser else ", ".join(user.groups.values_list("name", flat=True)) or "no role"
