"""`manage.py createcurator`: make an account for the desk, and the link to choose its password."""

import sys

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from citysolidarity.desk.roles import ROLES
from citysolidarity.login.enrolment_links import link_for
from citysolidarity.people.accounts import ADMINISTRATOR, create, role_of
from citysolidarity.people.models import lock_out

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
        name = (name or ask("Name to log in with: ", "--name")).strip()
        user = get_user_model().objects.filter(username=name).first()
        if again:
            return self.reset(user, name)
        if user:
            return self.stdout.write(
                f"{name} exists already ({role_of(user) or 'no role'}); nothing was changed. For a new link: add --again."
            )
        mail = mail or ask("E-mail address: ", "--mail")
        role = role or ask(f"Role ({', '.join(ROLES)}, administrator) [{FIRST}]: ", "--role") or FIRST
        user = make(name, mail.strip(), role.strip())
        self.stdout.write(f"{name} is made ({role_of(user) or 'no role'}).")
        return self.print_link(user)

    def reset(self, user, name):
        if user is None:
            raise CommandError(f"There is no {name}.")
        lock_out(user)
        self.stdout.write(
            f"{name} ({role_of(user) or 'no role'}) starts anew: no password, no second factor, no session."
        )
        return self.print_link(user)

    def print_link(self, user):
        self.stdout.write("The link to choose a password works once and for three days; hand it over privately:")
        self.stdout.write(link_for(user))


def ask(question: str, option: str) -> str:
    """Ask at the terminal; where there is none, the option is required."""
    if not sys.stdin.isatty():
        raise CommandError(f"Say it with {option}.")
    return input(question)


def make(name: str, mail: str, role: str):
    """Save an account without a password; CommandError where a value is wrong."""
    roles = {name.lower(): name for name in (*ROLES, ADMINISTRATOR)}
    if role.lower() not in roles:
        raise CommandError(f"There is no role {role!r}; there are: {', '.join(roles.values())}.")
    try:
        return create(name, mail, roles[role.lower()])
    except ValidationError as problem:
        raise CommandError(" ".join(problem.messages)) from None
