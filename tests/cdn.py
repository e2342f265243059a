"""nginx as a cache in front of the site, by its Cache-Control alone: ``python -m tests.cdn``, with ``--write`` into docs/operate.md.

Needs nginx on PATH (1.11.10 or newer). Everything listens on 127.0.0.1 and ends with the command.
"""

import argparse
import os
import re
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path

import django

from citysolidarity.caching.shared import STALE
from citysolidarity.management.commands.bench import put
from tests.citysolidarity.development.embedded import ROOT
from tests.faults.rig import Rig, rig
from tests.processes import free_port

PAGE = Path("docs") / "operate.md"
START, END = "<!-- cdn: written by python -m tests.cdn --write -->", "<!-- end of cdn -->"
CDN_SECONDS, LOAD_SECONDS = 20, 10
FORM = "/en/practices/community-led-public-spaces-amman/ask/"
# What a cache has to be told beside Cache-Control: whose request passes it by, and that it asks in the background.
CONF = """
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/errors; {user}
events {{ worker_connections 1024; }}
http {{
  log_format outcome '$upstream_cache_status'; access_log {folder}/outcomes outcome;
  proxy_cache_path {folder}/cache keys_zone=site:10m; proxy_temp_path {folder}/proxy; client_body_temp_path {folder}/body;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  upstream site {{ server 127.0.0.1:{site}; keepalive 8; }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://site; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; proxy_connect_timeout 1s; proxy_read_timeout 10s;
      proxy_cache site; proxy_cache_key $request_uri; proxy_cache_revalidate on; proxy_cache_lock on;
      proxy_cache_background_update on; proxy_cache_bypass $cookie_session; proxy_no_cache $cookie_session;
    }}
  }}
}}
"""


class Cache:
    """nginx at ``port``, before the site."""

    def __init__(self, folder: Path, site: int):
        self.folder = folder
        self.port = free_port()
        user = "user root;" if os.geteuid() == 0 else ""
        conf = folder / "nginx.conf"
        conf.write_text(CONF.format(folder=folder, site=site, port=self.port, user=user))
        self.process = subprocess.Popen(["nginx", "-c", str(conf), "-e", str(folder / "errors")])

    def ask(self, path: str, **headers: str) -> tuple[int, str]:
        """The status and what was answered."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    @contextmanager
    def outcomes(self):
        """A Counter of what became of the requests of the block: HIT, MISS, REVALIDATED, … "-" passed it by."""
        log, found = self.folder / "outcomes", Counter()
        before = log.stat().st_size
        yield found
        time.sleep(0.5)
        with log.open() as lines:
            lines.seek(before)
            found.update(line.strip() for line in lines)


def measure(parts: Rig, cache: Cache) -> list[tuple[str, str]]:
    from tests.bench.serving import CLIENTS, load  # which reads the site's settings

    slugs = [
        row[0]
        for row in parts.rows(
            "SELECT slug FROM practices_practice WHERE published_at IS NOT NULL AND archived_at IS NULL ORDER BY id LIMIT 51"
        )
    ]
    victim, *others = (f"/en/practices/{slug}/" for slug in slugs)
    paths = [*others, "/en/", "/en/practices/", "/en/practices/?theme=housing", "/en/signatories/", "/en/cities/"]
    zstd = {"Accept-Encoding": "zstd"}
    for port in (parts.port, cache.port, parts.port):
        load(port, paths, LOAD_SECONDS, headers=zstd)  # whoever was asked for nothing yet is slower
    alone = load(parts.port, paths, LOAD_SECONDS, headers=zstd)
    with cache.outcomes() as found:
        before = load(cache.port, paths, LOAD_SECONDS, headers=zstd)
    assert not alone.failed and not before.failed
    asked = sum(found.values())
    to_site = asked - found["HIT"] - found["STALE"] - found["UPDATING"]
    rows = [
        (
            f"{len(paths)} pages, {CLIENTS} clients, {LOAD_SECONDS} s, the site alone",
            f"{alone.per_second:,.0f} answers a second",
        ),
        (
            "the same through the cache",
            f"{before.per_second:,.0f}; of {asked:,} requests {to_site:,} waited for the site",
        ),
        *[withdrawn(parts, cache, victim), own(cache, FORM), curators(cache)],
    ]
    return [*rows, outage(parts, cache, others[0])]


def withdrawn(parts: Rig, cache: Cache, path: str) -> tuple[str, str]:
    assert cache.ask(path)[0] == cache.ask(path)[0] == 200
    parts.rows("UPDATE practices_practice SET archived_at = now() WHERE slug = %s", path.split("/")[3])
    began = time.monotonic()
    while cache.ask(path)[0] == 200:
        assert time.monotonic() - began < 300, "still there"
        time.sleep(0.25)
    return "an entry is archived; a reader who reloads sees it gone after", f"{time.monotonic() - began:.1f} s"


def own(cache: Cache, form: str) -> tuple[str, str]:
    with cache.outcomes() as found:
        stamps = {re.search(r'name="stamp" value="([^"]+)"', cache.ask(form)[1])[1] for _ in range(20)}
    assert len(stamps) == 20
    return "20 requests for a form with a token", f"{len(stamps)} different tokens, {found['HIT']} from the cache"


def curators(cache: Cache) -> tuple[str, str]:
    with cache.outcomes() as found:
        for _ in range(20):
            cache.ask("/en/practices/", Cookie="session=of-a-curator")
    return "20 requests with a curator’s cookie", f"{found['BYPASS']} passed by the cache"


def outage(parts: Rig, cache: Cache, path: str) -> tuple[str, str]:
    cache.ask(path)
    parts.web.terminate()
    parts.web.wait()
    began = time.monotonic()
    while cache.ask(path)[0] == 200:
        assert time.monotonic() - began < 300, "still there"
        time.sleep(0.5)
    return "the site is stopped; a page that the cache has is answered for", f"{time.monotonic() - began:.0f} s more"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.cdn", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"put the table into {PAGE}")
    options = parser.parse_args()
    version = (
        subprocess.run(["nginx", "-v"], capture_output=True, text=True, check=True).stderr.strip().rpartition("/")[2]
    )
    with rig(1, site="citysolidarity.wsgi", CDN_SECONDS=str(CDN_SECONDS)) as parts:
        os.environ.update(parts.environment | {"DJANGO_SETTINGS_MODULE": "citysolidarity.settings"})
        django.setup()
        folder = parts.folder.parent / "cdn"
        folder.mkdir()
        cache = Cache(folder, parts.port)
        try:
            time.sleep(1)
            rows = measure(parts, cache)
        finally:
            cache.process.terminate()
            cache.process.wait()
    head = (
        f"{datetime.now(UTC):%Y-%m-%d}: nginx {version} on the same {os.cpu_count()} cores as the site, which takes a part of them;"
        f" CDN_SECONDS={CDN_SECONDS}, load average {os.getloadavg()[2]:.1f}. An answer may be given {CDN_SECONDS} s, then"
        f" {STALE['stale_while_revalidate']} s while another is fetched, and {STALE['stale_if_error']} s where the site is away."
    )
    figures = "\n".join([head, "", "| | |", "|---|---|", *(f"| {what} | {found} |" for what, found in rows)])
    sys.stdout.write(f"{figures}\n")
    if options.write:
        put(ROOT / PAGE, figures, START, END)
    return 0


if __name__ == "__main__":
    sys.exit(main())
