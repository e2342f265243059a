"""`manage.py supply`: renew the tables of packages and files, write the bill of a release, or ask what is known against it."""

import json
import tomllib
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from citysolidarity.development.supply.advisories import advisories
from citysolidarity.development.supply.bill import bill
from citysolidarity.development.supply.packages import LicenceUnknown
from citysolidarity.development.supply.page import PAGE, renewed


class Command(BaseCommand):
    help = "Renews docs/supply.md after a change of packages or files (in the environment of the tests)."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "--advisories", action="store_true", help="only ask osv.dev what is known against the packages of the site"
        )
        parser.add_argument("--sbom", type=Path, metavar="FILE", help="write only this: CycloneDX 1.6, JSON")

    def handle(self, *, sbom, advisories, **options):
        root = settings.BASE_DIR
        if advisories:
            self.ask(root / "requirements.lock")
            return
        try:
            if sbom:
                project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
                sbom.write_text(json.dumps(bill(root, project), indent=1) + "\n", "utf-8")
                self.stdout.write(f"{sbom} is written.")
                return
            text = renewed(root)
        except LicenceUnknown as unknown:
            raise CommandError(f"Which licence? {unknown} (citysolidarity/development/supply/packages.py)") from unknown
        (root / PAGE).write_text(text, "utf-8")
        self.stdout.write(f"{PAGE} is up to date.")

    def ask(self, lock: Path) -> None:
        """Ends with 1 where something is known, and where nobody could be asked."""
        try:
            known = advisories(lock)
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"Nobody could be asked: {type(error).__name__}: {error}") from error
        if known:
            lines = [f"{name}: https://osv.dev/{one}" for name, ids in known.items() for one in ids]
            raise CommandError("\n".join([f"Advisories against {len(known)} packages:", *lines]))
        self.stdout.write(f"Nothing is known against the packages of {lock.name}.")
