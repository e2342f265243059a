"""The bill of materials of a release (CycloneDX 1.6), made of the lock file; the same each time it is made of the same."""

import uuid
from pathlib import Path

from citysolidarity.development.supply.files import vendored
from citysolidarity.development.supply.packages import SPDX, Package, licence_of, packages_of

SPACE = uuid.UUID("b0c6a7f3-9d0e-5d6c-8a52-3c1c7f1b9e10")


def bill(root: Path, project: dict) -> dict:
    """``project`` is the table of this name in pyproject.toml. Raises LicenceUnknown."""
    lock = root / "requirements.lock"
    packages, us = list(packages_of(lock)), f"pkg:pypi/{project['name']}@{project['version']}"
    components = [*map(component, packages), *(file_component(file) for file in vendored(root))]
    whole = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application", "bom-ref": us, "name": project["name"], "version": project["version"],
                "description": project["description"], "purl": us, "licenses": licences(project["license"]),
            }
        },
        "components": components,
        "dependencies": dependencies(packages, us),
    }  # fmt: skip
    return whole | {"serialNumber": f"urn:uuid:{uuid.uuid5(SPACE, repr(whole))}"}


def purl(package: Package) -> str:
    return f"pkg:pypi/{package.name.replace('_', '-').replace('.', '-')}@{package.version}"


def component(package: Package) -> dict:
    """The hashes are those of each file that may be installed, one for each platform, so they stand at its files."""
    files = [{"type": "distribution", "url": purl(package),
              "hashes": [{"alg": "SHA-256", "content": digest} for digest in package.hashes]}]  # fmt: skip
    told = {"type": "library", "bom-ref": purl(package), "name": package.name, "version": package.version}
    told |= {"purl": purl(package), "licenses": licences(licence_of(package.name)), "externalReferences": files}
    if package.marker:
        told["properties"] = [{"name": "citysolidarity:only_where", "value": package.marker}]
    return told


def file_component(file) -> dict:
    return {
        "type": "file", "bom-ref": f"file:{file.path}", "name": file.path, "version": file.version,
        "description": f"{file.name}; {file.origin}", "licenses": licences(file.licence),
        "hashes": [{"alg": "SHA-256", "content": file.sha256}],
    }  # fmt: skip


def licences(text: str) -> list[dict]:
    return [{"expression": text}] if SPDX.fullmatch(text) else [{"license": {"name": text}}]


def dependencies(packages: list[Package], us: str) -> list[dict]:
    wants: dict[str, set[str]] = {us: set()} | {purl(package): set() for package in packages}
    names = {package.name: purl(package) for package in packages} | {"": us}
    for package in packages:
        for name in package.wanted_by:
            wants[names[name]].add(purl(package))
    return [{"ref": ref, "dependsOn": sorted(wanted)} for ref, wanted in sorted(wants.items())]
