"""The packages of a lock file, and under which licence each of them is."""

import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import NamedTuple

HEAD = re.compile(r"^([a-z0-9][\w.-]*)==([^\s;]+)(?: ; (.*?))? \\$", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
WANTED_BY = re.compile(r"^    #(?: via |   )([a-z][\w.-]*)$", re.MULTILINE)
US = "citysolidarity"
# SPDX, read in the packages' own licence files where their metadata names none, or names it in words of its own.
READ = {
    "axe-playwright-python": "MIT", "colorama": "BSD-3-Clause", "cycler": "BSD-3-Clause", "fido2": "BSD-2-Clause",
    "kiwisolver": "BSD-3-Clause", "locate": "MIT", "matplotlib": "PSF-2.0", "pytest-django": "BSD-3-Clause",
    "pywin32": "PSF-2.0", "qrcode": "BSD-3-Clause", "text-unidecode": "Artistic-1.0-Perl OR GPL-2.0-or-later",
    "isodate": "BSD-3-Clause", "pyrdfa3": "W3C", "grimp": "BSD-2-Clause", "import-linter": "BSD-2-Clause",
    "petl": "MIT", "tzdata": "Apache-2.0", "fqdn": "MPL-2.0", "pypdfium2": "(Apache-2.0 OR BSD-3-Clause) AND BSD-3-Clause",
}  # fmt: skip
IN_OTHER_WORDS = {
    "MIT License": "MIT", "BSD License": "BSD-3-Clause", "BSD": "BSD-3-Clause", "Apache Software License": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0", "Apache 2.0": "Apache-2.0", "Apache License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0", "Python Software Foundation License": "PSF-2.0", "PSFL": "PSF-2.0",
    "ISC License": "ISC", "ISC License (ISCL)": "ISC", "Apache License, Version 2.0": "Apache-2.0", "BSD 3-Clause": "BSD-3-Clause",
    "Apache License Version 2.0": "Apache-2.0", "BSD-3-Clause License": "BSD-3-Clause", "The Unlicense (Unlicense)": "Unlicense",
    "3-Clause BSD License": "BSD-3-Clause",
}  # fmt: skip
SPDX = re.compile(r"[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+-]+)*")


class LicenceUnknown(Exception):
    """Names the package: read its licence and write it into READ."""


class Package(NamedTuple):
    """``wanted_by`` are the packages that need it, "" standing for the project itself; ``hashes`` those of its files."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    wanted_by: tuple[str, ...]


def packages_of(lock: Path) -> Iterator[Package]:
    text = lock.read_text("utf-8")
    heads = list(HEAD.finditer(text))
    for head, following in zip(heads, [*heads[1:], None], strict=True):
        part = text[head.end() : following.start() if following else len(text)]
        wanted_by = {name if name != US else "" for name in WANTED_BY.findall(part)}
        if f"# via {US} (" in part or f"#   {US} (" in part:
            wanted_by.add("")
        yield Package(head[1], head[2], head[3] or "", tuple(HASH.findall(part)), tuple(sorted(wanted_by)))


def licence_of(name: str) -> str:
    """An SPDX expression; raises LicenceUnknown."""
    if name in READ:
        return READ[name]
    try:
        facts = metadata(name)
    except PackageNotFoundError:
        raise LicenceUnknown(f"{name} is not installed") from None
    classifiers = (
        text.rpartition(" :: ")[2] for text in facts.get_all("Classifier") or [] if text.startswith("License")
    )
    for said in (facts.get("License-Expression"), facts.get("License"), *classifiers):
        said = IN_OTHER_WORDS.get(said or "", said or "")
        if SPDX.fullmatch(said) and said not in ("Approved", "UNKNOWN"):
            return said
    raise LicenceUnknown(name)
