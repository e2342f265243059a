"""Lighthouse on every kind of page: ``python -m tests.lighthouse FOLDER``, with ``--write`` into docs/performance.md.

FOLDER is where ``npm install lighthouse@12`` was run (13 wants Node 22); CHROME_PATH names the browser, a phone is played,
as Lighthouse does where nothing else is said. The site is served as in production, with TLS, on a loopback address of its
own; its ports 80 and 443 want root. What is below the goal makes the command fail.
"""

import argparse
import json
import os
import platform
import ssl
import subprocess
import sys
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from urllib.request import Request, urlopen

from citysolidarity.management.commands.bench import PAGE, put
from tests.citysolidarity.development.embedded import ROOT
from tests.faults.rig import WEB_WORKERS, rig
from tests.observatory import ADDRESS, HOST, PRODUCTION, certificate, pages, served

GOAL = 98
TRIES = 3  # of a page below the goal: other work on the machine makes a page slower, and nothing makes it faster
CATEGORIES = {
    "performance": "performance",
    "accessibility": "accessibility",
    "best-practices": "best practices",
    "seo": "SEO",
}
CRAWLED = "is-crawlable"
START, END = "<!-- lighthouse: written by python -m tests.lighthouse -->", "<!-- end of lighthouse -->"
SCAN = """
import { pathToFileURL } from "node:url";
const [, , folder, host, address, tries, goal, paths] = process.argv;
const part = async (name) => await import(pathToFileURL(`${folder}/node_modules/${name}`).href);
const { default: lighthouse } = await part("lighthouse/core/index.js");
const { launch } = await part("chrome-launcher/dist/index.js");
const chrome = await launch({
  chromeFlags: ["--headless=new", "--no-sandbox", "--ignore-certificate-errors",
    `--host-resolver-rules=MAP ${host} ${address}`],
});
const points = (score) => Math.round(100 * score);
const share = (refs, audits) => {
  const counted = refs.filter(({ id, weight }) => weight && audits[id].score !== null);
  const sum = counted.reduce((total, { weight }) => total + weight, 0);
  return counted.reduce((total, { id, weight }) => total + weight * audits[id].score, 0) / sum;
};
try {
  for (const [name, path] of Object.entries(JSON.parse(paths))) {
    let best = null;
    for (let at = 0; at < tries && (!best || best.scores.performance < goal); at += 1) {
      const { lhr } = await lighthouse(`https://${host}${path}`, {
        port: chrome.port, output: "json", logLevel: "silent", disableFullPageScreenshot: true,
      });
      if (lhr.runtimeError) { best ??= { error: lhr.runtimeError.message, scores: { performance: 0 } }; continue; }
      const all = Object.entries(lhr.categories);
      const scores = Object.fromEntries(all.map(([id, { score }]) => [id, points(score)]));
      const crawled = lhr.audits["is-crawlable"];
      const found = { scores, version: lhr.lighthouseVersion, browser: lhr.environment.hostUserAgent, audits: {},
        speed: lhr.environment.benchmarkIndex };
      if (crawled.score === 0) {
        found.hidden = crawled.details.items.some(({ source }) => source.type === "node") ? "noindex" : "robots.txt";
        const others = lhr.categories.seo.auditRefs.filter(({ id }) => id !== "is-crawlable");
        found.otherwise = points(share(others, lhr.audits));
      }
      for (const [id, { auditRefs }] of all)
        for (const { id: audit, weight } of auditRefs)
          if (weight && lhr.audits[audit].score !== null && lhr.audits[audit].score < 0.9)
            found.audits[audit] = [lhr.audits[audit].displayValue ?? "",
              ...(lhr.audits[audit].details?.items ?? []).slice(0, 3).map((item) => item.node?.snippet ?? "")];
      if (!best || best.error || found.scores.performance > best.scores.performance) best = found;
    }
    console.log(JSON.stringify({ name, path, ...best }));
  }
} finally {
  chrome.kill();
}
"""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.lighthouse", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("-k", default="", help="only pages with this in their name")
    parser.add_argument("--language", default="en")
    parser.add_argument("--write", action="store_true", help=f"put the table into {PAGE}")
    options = parser.parse_args()
    found = []
    with rig(1, site="citysolidarity.wsgi", **PRODUCTION) as parts:
        pem = certificate(parts.folder.parent)
        os.environ.update(parts.environment | {"DJANGO_SETTINGS_MODULE": "citysolidarity.settings"})
        asked = {name: path for name, path in pages(options.language).items() if options.k in name}
        script = parts.folder.parent / "scan.mjs"
        script.write_text(SCAN)
        with served(parts, pem):
            for path in asked.values():
                warm(path)
            line = ["node", script, options.folder.resolve(), HOST, ADDRESS, str(TRIES), str(GOAL), json.dumps(asked)]
            with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True) as scanner:
                for answer in scanner.stdout:
                    found.append(json.loads(answer))
                    sys.stdout.write(told(found[-1]))
                    sys.stdout.flush()
    figures = table(found)
    sys.stdout.write(f"\n{figures}\n")
    if options.write:
        put(ROOT / PAGE, figures, START, END)
    return 1 if len(found) < len(asked) or any(lowest(page) < GOAL for page in found) else 0


def warm(path: str) -> None:
    """Have every process answer once: what is measured is the page, and not the start of a process."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    for _process in range(2 * WEB_WORKERS):
        urlopen(Request(f"https://{ADDRESS}{path}", headers={"Host": HOST}), timeout=60, context=context).close()


def lowest(page: dict) -> int:
    """The lowest score that counts: a page that keeps out of search engines on purpose is judged by the rest of SEO."""
    if "error" in page:
        return 0
    return min(
        *(page["scores"][name] for name in CATEGORIES if name != "seo"), page.get("otherwise", page["scores"]["seo"])
    )


def told(page: dict) -> str:
    if "error" in page:
        return f"{page['name']}: {page['error']}\n"
    scores = " ".join(str(page["scores"][name]) for name in CATEGORIES)
    line = f"{scores} {page['name']}" + (
        f" ({page['hidden']}, SEO otherwise {page['otherwise']})" if "hidden" in page else ""
    )
    return f"{line}\n" + "".join(
        f"    {audit}: {'; '.join(filter(None, why))}\n" for audit, why in page["audits"].items() if lowest(page) < GOAL
    )


def table(found: list[dict]) -> str:
    """Pages with the same scores in one row, the lowest first."""
    rows = defaultdict(list)
    for page in found:
        if "error" in page:
            scores = ["no answer"] * len(CATEGORIES)
        else:
            scores = [str(page["scores"][name]) for name in CATEGORIES]
            if "hidden" in page:
                scores[-1] += f"; {page['otherwise']} but for {page['hidden']}"
        rows[lowest(page), tuple(scores)].append(page["name"])
    good = sum(lowest(page) >= GOAL for page in found)
    browser = (
        next((page["browser"] for page in found if "browser" in page), "").partition("Chrome/")[2].partition(" ")[0]
    )
    speeds = [page["speed"] for page in found if "speed" in page]
    version = next((page["version"] for page in found if "version" in page), "")
    lines = [
        f"{datetime.now(UTC):%Y-%m-%d}: Lighthouse {version}, Chromium {browser}, a phone on slow 4G as Lighthouse plays it,"
        f" {os.cpu_count()} cores ({platform.machine()}), speed by its own measure {median(speeds or [0]):.0f} (below 1,000 it"
        f" calls a computer slow), load average {os.getloadavg()[2]:.1f}."
        f" {good} of {len(found)} pages reach {GOAL} in all four.",
        "",
        f"| {' | '.join(CATEGORIES.values())} | pages |",
        f"|{'--:|' * len(CATEGORIES)}---|",
    ]
    lines += [f"| {' | '.join(scores)} | {' · '.join(names)} |" for (_least, scores), names in sorted(rows.items())]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
