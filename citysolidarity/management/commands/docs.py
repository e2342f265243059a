"""`manage.py docs`: the pages of docs/ as one site, which opens from disk."""

import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

# Every warning is an error: a broken link, a missing heading, a page that the navigation leaves out.
HOW = ["--builder", "html", "--fail-on-warning", "--fresh-env", "--write-all", "--quiet", "--conf-dir", "docs"]


class Command(BaseCommand):
    help = "Makes one site of docs/ in var/docs; docs/index.md is its navigation. A broken link is an error."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--to", type=Path, metavar="FOLDER", help="default: var/docs")

    def handle(self, *, to, **options):
        root = Path(settings.BASE_DIR)
        to = Path(to or root / "var" / "docs").absolute()
        # Beside the site and not in it: what Sphinx keeps for itself is nothing to be published.
        kept = to.with_name(f"{to.name}-doctrees")
        done = subprocess.run(
            [sys.executable, "-m", "sphinx", *HOW, "--doctree-dir", kept, ".", to],
            cwd=root,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise CommandError(f"The pages of docs/ are not sound.\n{done.stderr}{done.stdout}".strip())
        self.stdout.write(f"{to / 'index.html'} is written.")
