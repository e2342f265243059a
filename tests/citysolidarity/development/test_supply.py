"""Whose work is in the project: packages with licences, files with their origin and hash, one bill of materials for a release."""

import io
import json
import re
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from citysolidarity.development import locking
from citysolidarity.development.supply import advisories, files, packages, page
from citysolidarity.development.supply import bill as bills

ROOT = Path(settings.BASE_DIR)
# Whoever runs the site may do so under any of these; a new one is a decision.
ALLOWED = {
    "0BSD", "Apache-2.0", "Artistic-1.0-Perl", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "GPL-2.0-or-later", "LGPL-3.0-only", "MIT",
    "MIT-0", "MIT-CMU", "MPL-2.0", "PSF-2.0", "Zlib",
}  # fmt: skip


@pytest.fixture(scope="module")
def bill(tmp_path_factory):
    path = tmp_path_factory.mktemp("bill") / "bill.json"
    call_command("supply", sbom=path)
    return path.read_text("utf-8")


def test_the_page_tells_of_exactly_the_packages_and_files_there_are():
    """``python3 manage.py supply`` renews it."""
    assert (ROOT / page.PAGE).read_text("utf-8") == page.renewed(ROOT)


def test_no_file_of_others_is_left_out():
    assert files.of_unknown_origin(ROOT) == set()
    assert all(list(ROOT.glob(pattern)) for pattern in (*files.ORIGINS, *files.OURS))


def test_a_changed_file_is_noticed(tmp_path):
    font = tmp_path / "static" / "fonts" / "noto-of-somebody.woff2"
    font.parent.mkdir(parents=True)
    one, another = list((ROOT / "static" / "fonts").glob("noto-*"))
    font.write_bytes(one.read_bytes())
    [before] = files.vendored(tmp_path)
    font.write_bytes(another.read_bytes())
    [after] = files.vendored(tmp_path)
    assert before.sha256 != after.sha256
    (font.parent / "of-nobody.woff2").write_bytes(b"")
    assert files.of_unknown_origin(tmp_path) == {"static/fonts/of-nobody.woff2"}


def test_the_bill_fits_the_schema_and_is_the_same_each_time(bill, tmp_path):
    # It builds a parser for web addresses when it is imported, which takes seconds of whoever only looks for tests.
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(bill) is None
    call_command("supply", sbom=tmp_path / "again.json")
    assert (tmp_path / "again.json").read_text("utf-8") == bill


def test_the_bill_has_every_package_that_the_lock_file_has_with_its_hashes(bill):
    told = json.loads(bill)
    libraries = {each["name"]: each for each in told["components"] if each["type"] == "library"}
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert {f"{name}=={each['version']}" for name, each in libraries.items()} == set(
        re.findall(r"^[a-z0-9][\w.-]*==[^\s;]+", lock, re.MULTILINE)
    )
    hashes = [hashed["content"] for each in libraries.values() for hashed in each["externalReferences"][0]["hashes"]]
    assert hashes == re.findall(r"sha256:([0-9a-f]{64})", lock)
    wanted = {line["ref"]: line["dependsOn"] for line in told["dependencies"]}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    ours, extras = project["dependencies"], sum(map(len, project["optional-dependencies"].values()))
    [us] = [ref for ref in wanted if ref.startswith("pkg:pypi/citysolidarity@")]
    assert len(ours) <= len(wanted[us]) <= len(ours) + extras
    assert any(ref.startswith("pkg:pypi/sqlparse@") for ref in next(wanted[ref] for ref in wanted if "/django@" in ref))


def test_nothing_in_the_site_has_a_licence_that_nobody_agreed_to():
    names = [package.name for package in packages.packages_of(ROOT / "requirements.lock")]
    found = {part for name in names for part in re.split(r" (?:AND|OR|WITH) ", packages.licence_of(name))}
    assert found <= ALLOWED


def test_a_package_has_one_version_in_all_lock_files():
    versions = {}
    for name in locking.LOCKS:
        for package in packages.packages_of(ROOT / name):
            versions.setdefault((package.name, package.marker), set()).add(package.version)
    assert len(versions) > 100 and {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_the_lock_files_are_made_with_hashes_and_without_an_index(monkeypatch, tmp_path):
    asked = []
    for name in locking.LOCKS:
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(locking, "provide", lambda root: "uv")
    monkeypatch.setattr(locking.subprocess, "run", lambda command, **options: asked.append(command))
    assert locking.refresh(tmp_path, upgrade=["django"]) == []
    assert [command[command.index("--output-file") + 1] for command in asked] == list(locking.LOCKS)
    for command in asked:
        assert {"--generate-hashes", "--no-emit-index-url", "--universal"} <= set(command)
        assert command[-2:] == ["--upgrade-package", "django"]
    assert locking.upgrade_options(None) == [] and locking.upgrade_options([]) == ["--upgrade"]


# --- advisories ---------------------------------------------------------------------------------


@pytest.fixture
def osv(monkeypatch):
    """osv.dev, as it answers to the packages that ``known`` names; what it was asked is in ``asked``."""
    known, asked = {}, []

    def answer(request, timeout):
        queries = json.loads(request.data)["queries"]
        asked.extend(query["package"]["purl"] for query in queries)
        results = [
            {"vulns": [{"id": known[purl]}]} if (purl := query["package"]["purl"]) in known else {} for query in queries
        ]
        return io.BytesIO(json.dumps({"results": results}).encode())

    monkeypatch.setattr(advisories, "urlopen", answer)
    return SimpleNamespace(known=known, asked=asked)


def test_every_package_of_the_site_is_asked_about_and_silence_is_said(osv, capsys):
    call_command("supply", advisories=True)
    assert set(osv.asked) == {bills.purl(package) for package in packages.packages_of(ROOT / "requirements.lock")}
    assert capsys.readouterr().out == "Nothing is known against the packages of requirements.lock.\n"


def test_what_is_known_against_a_package_is_an_error_that_names_it(osv):
    django = next(one for one in packages.packages_of(ROOT / "requirements.lock") if one.name == "django")
    osv.known[bills.purl(django)] = "GHSA-0000"
    with pytest.raises(
        CommandError, match=rf"(?s)against 1 packages.*django {django.version}: https://osv.dev/GHSA-0000"
    ):
        call_command("supply", advisories=True)


@pytest.mark.parametrize("answer", [b"", b"<html>", b"{}", b'{"results": []}'])
def test_whoever_cannot_be_asked_is_not_taken_for_silence(monkeypatch, answer):
    monkeypatch.setattr(advisories, "urlopen", lambda request, timeout: io.BytesIO(answer))
    with pytest.raises(CommandError, match="Nobody could be asked"):
        call_command("supply", advisories=True)
