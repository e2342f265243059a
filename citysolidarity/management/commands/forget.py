"""`manage.py forget ADDRESS`: erase a person who asks for it."""

import sys

from django.core.management.base import BaseCommand, CommandError

from citysolidarity.people.erasing import in_words, objection
from pledges.erasure import forget, preview


class Command(BaseCommand):
    help = (
        "Erases the person who has this mail address: as signer, sender, asker, reporter, resident and mailbox of an entry. "
        "Shows first what would go, and asks. A confirmed signature stays, and so does every count."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("address", help="the mail address, in whatever case")
        parser.add_argument(
            "--yes", "--noinput", "--no-input", action="store_true", dest="yes", help="erase without asking"
        )
        parser.add_argument(
            "--unblock", action="store_true", help="erase the mark, too, that nothing is sent to this address"
        )

    def handle(self, *, address, yes, unblock, **options):
        address = address.strip()
        if problem := objection(address):
            raise CommandError(problem)
        rows = preview(address, unblock=unblock)
        if not in_words(rows)["goes"]:
            self.stdout.write(f"Nothing about {address} is kept.")
            self._print_what_stays(rows)
            return
        self.stdout.write(f"This is kept about {address}, and would be erased:")
        self._print(rows)
        self._print_what_stays(rows)
        if not yes and not self._confirmed():
            self.stdout.write("Nothing was erased.")
            return
        erased = forget(address, unblock=unblock)
        if erased != rows:
            self.stdout.write("In the meantime something had changed. This was erased:")
            self._print(erased)
        self.stdout.write("All of this is erased.")

    def _print(self, rows: dict[str, list[str]]) -> None:
        for heading, texts in in_words(rows)["goes"]:
            self._list(f"{heading}:", texts)

    def _print_what_stays(self, rows: dict[str, list[str]]) -> None:
        for heading, texts in in_words(rows)["stays"]:
            self._list(heading, texts)
        if rows.get("blocks_kept"):
            self.stdout.write("--unblock erases it too.")

    def _list(self, heading: str, texts: list[str]) -> None:
        self.stdout.write("\n".join([heading, *(f"  {text}" for text in texts)]))

    def _confirmed(self) -> bool:
        if not sys.stdin.isatty():
            raise CommandError("Nothing was erased: there is nobody to ask here. To erase without asking, add --yes.")
        self.stdout.write("It cannot be undone. Erase it? [y/N] ", ending="")
        self.stdout.flush()
        return sys.stdin.readline().strip().lower() in ("y", "yes")
