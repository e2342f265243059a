"""Odd requests at the real server, and its memory: ``python -m tests.fuzz --public 20000 --desk 5000 --searches 20000``.

The public addresses are pages with their twins in Markdown, the open data and links of e-mails; ``--matching`` takes some of
them, as in ``--matching '[.]md|/feeds/documents'``. Answers of 500 and more are printed, each with what was
asked, and make the command fail; so does a worker that grows by more than 150 MB over so many different searches. Wants Linux
and the test requirements.
"""

import argparse
import http.client
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from html import unescape
from itertools import count
from pathlib import Path
from urllib.parse import quote

from tests.citysolidarity.development.embedded import ROOT
from tests.faults.rig import Rig, children, rig
from tests.fuzz.addresses import (
    OEMBED_FIELDS,
    OPEN_DATA,
    PLAIN,
    STARTS,
    TOKENS,
    a_snapshot,
    of_oembed,
    of_the_api,
    twin_of,
)
from tests.fuzz.shots import shot

MOST_GROWTH = 150_000_000  # bytes
NAMES = re.compile(r'<(?:input|select|textarea|button)[^>]* name="([^"]+)"')
LINKS = re.compile(r'(?:href|action)="(/[^"#]*)"')
WORDS = (ROOT / "docs" / "curators.md").read_text("utf-8").split()


class Site:
    """Requests to a running site, each from an address of its own; ``bad`` holds those with an answer of 500 and more."""

    def __init__(self, parts: Rig, cookie: str = ""):
        self.parts, self.cookie, self.numbers = parts, cookie, count(1)
        self.answers: Counter = Counter()
        self.bad: list[str] = []

    def ask(self, method: str, target: str, headers: dict[str, str], body: bytes | None = None) -> tuple[int, str]:
        number = next(self.numbers)
        source = f"127.{2 + number // 62_500}.{number // 250 % 250}.{1 + number % 250}"
        connection = http.client.HTTPConnection("127.0.0.1", self.parts.port, 60, source_address=(source, 0))
        if self.cookie:
            headers = headers | {"Cookie": self.cookie}
        try:
            connection.request(method, quote(target, safe="/?&=%+:;,@!$'()*~#[]-._"), body, headers)
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as failure:
            self.answers[type(failure).__name__] += 1
            return 0, ""
        finally:
            connection.close()
        self.answers[answer.status] += 1
        # By section 2.3.4 of oEmbed, 501 says that there is no such format.
        if answer.status >= 500 and not (answer.status == 501 and target.startswith("/oembed")):
            self.bad.append(f"{answer.status}: {method} {target[:300]} {headers} {(body or b'')[:500]!r}")
        return answer.status, text

    def learn(self, starts: list[str], within: str, most: int) -> tuple[list[str], list[str]]:
        """The addresses and names of fields that links lead to."""
        waiting, seen, fields = list(starts), set(starts), {"csrfmiddlewaretoken", "stamp", "q", "page"}
        for path in waiting:
            status, text = self.ask("GET", path, {})
            if status != 200:
                continue
            fields.update(map(unescape, NAMES.findall(text)))
            for link in map(unescape, LINKS.findall(text)):
                if link.startswith(within) and "logout" not in link and link not in seen and len(seen) < most:
                    seen.add(link)
                    waiting.append(link)
        return sorted(seen), sorted(fields)

    def shoot(self, paths: list[str], fields: list[str], number: int, seed: int) -> None:
        dice = random.Random(seed)
        for _ in range(number):
            method, target, headers, body = shot(paths, fields, dice)
            if self.cookie and body is not None:
                body += b"&csrfmiddlewaretoken=" + b"a" * 32
            self.ask(method, target, headers, body)


def public_addresses(site: Site, snapshots: Path) -> tuple[list[str], list[str]]:
    """Pages, the open data and links of e-mails, and the names of all fields and parameters."""
    snapshot = a_snapshot(snapshots)
    pages, fields = site.learn(STARTS, "/en/", 400)
    document = json.loads(site.ask("GET", "/api/v1/openapi.json", {})[1])
    resources, parameters = of_the_api(document)
    embeds = of_oembed(site.parts.environment["SITE_URL"])
    twins = [twin_of(page) for page in pages if page.partition("?")[0].endswith("/")]
    paths = [*pages, *twins, *PLAIN, *TOKENS, *OPEN_DATA, *embeds, *resources, *[snapshot] * 5]
    return paths, sorted({*fields, *parameters, *OEMBED_FIELDS})


def desk_cookie(parts: Rig) -> str:
    """A lead curator's session, made beside the site."""
    code = (
        "import django; django.setup()\n"
        "from django.contrib.auth.models import User\n"
        "from tests.login import at_the_desk\n"
        "from tests.rig import door\n"
        "door.install()\n"
        "user = User.objects.create_user('fuzz', is_staff=True, is_superuser=True)\n"
        "client = at_the_desk(user)\n"
        "print('; '.join(f'{name}={morsel.value}' for name, morsel in client.cookies.items()))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=parts.environment | {"DJANGO_SETTINGS_MODULE":
        "citysolidarity.settings"}, stdout=subprocess.PIPE, text=True, check=True)  # fmt: skip
    return f"{done.stdout.strip()}; csrf={'a' * 32}"


def memory(parts: Rig) -> int:
    """The resident bytes of the largest web worker."""
    sizes = (Path(f"/proc/{pid}/statm").read_text().split()[1] for pid in children(parts.web.pid))
    return max(map(int, sizes)) * 4096


def search(site: Site, number: int) -> int:
    """So many different searches; returns by how many bytes the largest worker has grown."""
    for path in STARTS * 5:
        site.ask("GET", path, {})
    before, dice = memory(site.parts), random.Random(7)
    for at in range(number):
        words = " ".join(dice.sample(WORDS, 2))
        site.ask(
            "GET",
            f"/en/practices/?q={quote(words)}+{at}&page={1 + at % 3}&view={dice.choice(('list', 'table', 'map'))}",
            {},
        )
    return memory(site.parts) - before


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--public", type=int, default=20_000)
    parser.add_argument("--desk", type=int, default=5_000)
    parser.add_argument("--searches", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--matching", default="", metavar="REGULAR EXPRESSION")
    told = parser.parse_args()
    begun, bad, growth = time.monotonic(), [], 0
    with (
        tempfile.TemporaryDirectory() as snapshots,
        rig(1, site="tests.faults.open_wsgi", CLOSE_IN_MEANING="1", SNAPSHOTS_ROOT=snapshots) as parts,
    ):
        if told.public:
            site = Site(parts)
            paths, fields = public_addresses(site, Path(snapshots))
            paths = [path for path in paths if re.search(told.matching, path)]
            site.shoot(paths, fields, told.public, told.seed)
            bad += site.bad
            sys.stdout.write(f"public: {len(paths)} addresses, {json.dumps(dict(site.answers))}\n")
        if told.desk:
            site = Site(parts, desk_cookie(parts))
            paths, fields = site.learn(["/admin/"], "/admin/", 150)
            site.shoot(paths, fields, told.desk, told.seed)
            bad += site.bad
            sys.stdout.write(f"desk: {len(paths)} addresses, {json.dumps(dict(site.answers))}\n")
        if told.searches:
            growth = search(Site(parts), told.searches)
            sys.stdout.write(f"{told.searches} different searches: the largest worker grew by {growth / 1e6:.0f} MB\n")
    sys.stdout.write(f"{time.monotonic() - begun:.0f} s, {len(bad)} answers of 500 and more\n")
    sys.stdout.write("".join(f"{line}\n" for line in bad))
    return 1 if bad or growth > MOST_GROWTH else 0


if __name__ == "__main__":
    sys.exit(main())
