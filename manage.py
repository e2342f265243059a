#!/usr/bin/env python3
"""The project's one command.

On a fresh machine it first builds its own environment and starts its own database. This file and what it imports
before `bootstrap.enter` returns must run on Python 3.8 with the standard library alone.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent


def main():
    """Run the command named in sys.argv, inside the environment it needs."""
    if os.name == "nt":
        sys.exit("This project runs on Linux and macOS. On Windows, start it inside WSL.")
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citysolidarity.settings")
    from citysolidarity.development import bootstrap

    bootstrap.enter(ROOT, command)
    from citysolidarity.development import environment, lifeline

    lifeline.hold()
    if command == "stopdb":
        sys.exit(environment.stop_database(ROOT))
    if command == "test":
        from citysolidarity.development import testrun

        sys.exit(testrun.run(ROOT, sys.argv[2:]))
    environment.prepare(ROOT, command)
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
