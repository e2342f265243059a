"""Every hostile text in every field, and every page that shows it in a browser: ``python -m tests.hostile``.

The ordinary run gives each field one of the forty texts and opens one page of each kind; this gives each field all of them,
a round for each, and opens all pages; ``--rounds 5 6`` takes these rounds alone. A finding makes the command fail and is printed
with its page.
"""

import argparse
import os
import subprocess
import sys

from tests.browser.hostile import TEXTS
from tests.citysolidarity.development.embedded import ROOT


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("--rounds", nargs="+", type=int, default=range(len(TEXTS)), help="by their numbers (all)")
    failed = 0
    # A round opens every page, which is no browser that hangs: on a busy machine it takes more than the ten minutes of a test.
    options = ["-n", "0", "-s", "-q", "-o", "faulthandler_timeout=7200"]
    for number in parser.parse_args().rounds:
        command = [sys.executable, "manage.py", "test", *options, "tests/browser/test_hostile_texts.py"]
        done = subprocess.run(command, cwd=ROOT, env=os.environ | {"HOSTILE_ROUND": str(number)})
        failed += done.returncode != 0
    sys.stdout.write(f"{failed} rounds with findings\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
