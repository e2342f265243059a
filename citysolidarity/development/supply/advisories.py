"""What is known against the packages of a lock file, asked of https://osv.dev: PyPI's and GitHub's advisories are in it."""

import json
from pathlib import Path
from urllib.request import Request, urlopen

from citysolidarity.development.supply.bill import purl
from citysolidarity.development.supply.packages import packages_of

OSV = "https://api.osv.dev/v1/querybatch"
SECONDS = 60


def advisories(lock: Path) -> dict[str, list[str]]:
    """The ids of the advisories by package and version, such as ``{"pillow 10.0.0": ["GHSA-…"]}``; one request for all.

    Raises OSError where nobody answers, ValueError or KeyError where the answer is no such list.
    """
    packages = list(packages_of(lock))
    asked = json.dumps({"queries": [{"package": {"purl": purl(package)}} for package in packages]}).encode()
    request = Request(OSV, data=asked, headers={"Content-Type": "application/json"})
    with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310 - written here
        results = json.load(answer)["results"]
    return {
        f"{package.name} {package.version}": [advisory["id"] for advisory in result["vulns"]]
        for package, result in zip(packages, results, strict=True)
        if result.get("vulns")
    }
