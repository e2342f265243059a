"""MDN's HTTP Observatory on every kind of page: ``python -m tests.observatory FOLDER``.

FOLDER is where ``npm install --ignore-scripts @mdn/mdn-http-observatory`` was run. The site is served as in production,
with TLS, on a loopback address of its own; its ports 80 and 443 want root. What is below its goal makes the command fail.
"""

import argparse
import datetime
import json
import os
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.citysolidarity.development.embedded import ROOT
from tests.faults.rig import READY_SECONDS, Rig, rig

GOAL = 130
# Other websites may read these, for which the scanner gives ten points less.
GOAL_OF_OPEN_DATA = 120
HOST, ADDRESS = "cities.example", "127.0.13.37"
PRODUCTION = {
    "DEVELOPMENT": "0", "ALLOWED_HOSTS": f"{HOST},127.0.0.1,{ADDRESS}", "SITE_URL": f"https://{HOST}",
    "CONTACT_EMAIL": f"contact@{HOST}", "SNAPSHOTS_ROOT": "",
}  # fmt: skip
OPEN = {
    "practices as JSON": "/api/v1/practices",
    "signatories as CSV": "/api/v1/signatories.csv",
    "description of the API": "/api/v1/openapi.json",
    "feed": "/feeds/practices.atom",
}
MORE = {
    "log-in": "/admin/login/",
    "frame": "/en/embed/signatories/",
    "robots.txt": "/robots.txt",
    "security.txt": "/.well-known/security.txt",
    "sitemap": "/sitemap.xml",
    "a page that is not there": "/en/nowhere/",
}
# As the scanner's own ``scan()``, which takes no path and refuses a page that answers 404.
SCAN = """
import dns from "node:dns";
import { pathToFileURL } from "node:url";
const [, , folder, host, address, paths] = process.argv;
const lookup = dns.lookup;
dns.lookup = (name, options, done) => lookup(name === host ? address : name, options, done);
const part = async (name) => await import(pathToFileURL(`${folder}/src/${name}.js`).href);
const { retrieve } = await part("retriever/retriever");
const { ALL_TESTS } = await part("constants");
const { getGradeForScore, getScoreModifier } = await part("grader/grader");
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await part("grader/charts");
const all = {};
for (const [name, path] of Object.entries(JSON.parse(paths))) {
  let answers = await retrieve(host, { path });
  if (!answers.responses.auto) answers = await retrieve(host, { path }); // the first page takes a cold worker its time
  if (!answers.responses.auto) { all[name] = { path, error: "no answer" }; continue; }
  const results = ALL_TESTS.map((test) => test(answers)).filter((result) => result.result);
  const marks = results.map((result) => [result.result, getScoreModifier(result.result)]);
  const sum = (some) => some.reduce((total, [, points]) => total + points, 100);
  const plain = sum(marks.filter(([, points]) => points < 0));
  const { score, grade } = getGradeForScore(plain >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? sum(marks) : plain);
  all[name] = { path, status: answers.responses.auto.status, score, grade, lost: marks.filter(([, points]) => points < 0) };
}
console.log(JSON.stringify(all));
"""


def certificate(folder: Path) -> Path:
    """A file with a key and its certificate for HOST, good for a day."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(x509.OID_COMMON_NAME, HOST)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    file = folder / "site.pem"
    pem = serialization.Encoding.PEM
    file.write_bytes(key.private_bytes(pem, *form) + made.public_bytes(pem))
    return file


@contextmanager
def served(parts: Rig, pem: Path):
    """The site of the rig on the ports that browsers know, and how it speaks there."""
    line = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
    subprocess.run(line, cwd=ROOT, env=parts.environment, check=True)
    command = ["-m", "gunicorn", parts.site, "--bind"]
    servers = [parts.run(*command, f"{ADDRESS}:80"), parts.run(*command, f"{ADDRESS}:443", "--certfile", str(pem))]
    try:
        until = time.monotonic() + READY_SECONDS
        while any(server.poll() is None for server in servers):
            with suppress(OSError), urlopen(f"http://{ADDRESS}/health/live", timeout=5):
                break
            if time.monotonic() > until:
                break
            time.sleep(0.2)
        time.sleep(3)
        if any(server.poll() is not None for server in servers):
            sys.exit(f"Nothing listens at {ADDRESS}, ports 80 and 443: are they free, and is this root?")
        yield
    finally:
        for server in servers:
            server.terminate()
            server.wait(25)


def pages(language: str) -> dict[str, str]:
    """Every public page by its name, as the browser's tests open them."""
    import django

    django.setup()
    from tests.browser.addresses import PAGES, address_of

    return {name: quote(address_of(name, language), safe="/?&=%+~.") for name in PAGES}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.observatory", description=__doc__)
    parser.add_argument("folder", type=Path)
    scanner = (parser.parse_args().folder / "node_modules" / "@mdn" / "mdn-http-observatory").resolve()
    # Its install script loads the list of names that browsers know for https alone; no name here stands on it.
    for name in ("hsts-preload.json", "tld-list.json"):
        if not (scanner / "conf" / name).exists():
            (scanner / "conf" / name).write_text("{}")
    with rig(1, site="citysolidarity.wsgi", **PRODUCTION) as parts:
        pem = certificate(parts.folder.parent)
        os.environ.update(parts.environment | {"DJANGO_SETTINGS_MODULE": "citysolidarity.settings"})
        asked = pages("en") | MORE | OPEN
        script = parts.folder.parent / "scan.mjs"
        script.write_text(SCAN)
        with served(parts, pem):
            done = subprocess.run(
                ["node", script, scanner, HOST, ADDRESS, json.dumps(asked)],
                cwd=ROOT, env=os.environ | {"NODE_EXTRA_CA_CERTS": str(pem)}, stdout=subprocess.PIPE, text=True, check=True,
            )  # fmt: skip
    found = json.loads(done.stdout)
    goals = {name: GOAL_OF_OPEN_DATA if name in OPEN else GOAL for name in found}
    low = {name: page for name, page in found.items() if page.get("score", 0) < goals[name]}
    for score, number in sorted(Counter(page.get("score", 0) for page in found.values()).items()):
        sys.stdout.write(f"{number} addresses: {score}\n")
    sys.stdout.write("".join(f"{name}: {page}\n" for name, page in low.items()))
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
