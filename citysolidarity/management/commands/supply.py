"""`manage.py supply`: renew the tables of packages and files, and write the bill of materials of a release."""

import json
import tomllib
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from citysolidarity.development.supply.bill import bill
from citysolidarity.development.supply.packages import LicenceUnknown
from citysolidarity.development.supply.page import PAGE, renewed


class Command(BaseCommand):
    help = "Renews docs/supply.md after a change of packages or files (in the environment of the tests)."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--sbom", type=Path, metavar="FILE", help="write only this: CycloneDX 1.6, JSON")

    def handle(self, *, sbom, **options):
        root = settings.BASE_DIR
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
