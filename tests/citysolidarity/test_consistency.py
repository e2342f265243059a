"""House rules that every part of the project keeps. They are tests, so that there is one command."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path
from types import FunctionType

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader

from practices.models.cities.city import City, size_of
from practices.models.entries.fields import CodeListField

ROOT = settings.BASE_DIR
PACKAGES = ("citysolidarity", "practices", "pledges")
PYTHON = [ROOT / "manage.py", *sorted(file for name in (*PACKAGES, "tests") for file in (ROOT / name).rglob("*.py"))]
SCRIPTS = Path(sys.executable).parent
LONGEST_FILE = 300  # lines; architecture.md, habit 19
PRODUCTION = {
    "DEBUG": "0",
    "DEVELOPMENT": "0",
    "DJANGO_ALLOW_ASYNC_UNSAFE": "",  # set for the tests' browser alone
    "SECRET_KEY": "a-key-for-this-check-alone-0123456789-abcdefghijklmnop-QRSTUV",
    "ALLOWED_HOSTS": "cities.example",
    "SITE_URL": "https://cities.example",
    "CONTACT_EMAIL": "contact@cities.example",
    "BACKUPS_ROOT": "/backups",
    "BACKUP_KEY": "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
}


def run(*command, **environment):
    """A finished process and all it said; colours off, so that it can be read in a failure."""
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"NO_COLOR": "1"} | environment, capture_output=True, text=True, timeout=120
    )
    return done.returncode, done.stdout + done.stderr


# --- what other tools check ---------------------------------------------------------


WIDEST_LINE = 160  # characters of a template


def test_no_line_of_a_template_is_too_wide_to_be_read():
    wide = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in (ROOT / "templates").rglob("*.html")
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if len(line) > WIDEST_LINE
    ]
    assert wide == []


@pytest.mark.parametrize(
    "command",
    [
        ["lint-imports", "--no-cache"],
        ["ruff", "check", "--no-cache", "."],
        ["ruff", "format", "--no-cache", "--check", "."],
        ["djlint", "--lint", "--quiet", "templates"],
    ],
    ids=["imports go one way", "ruff's rules", "ruff's format", "djlint's rules"],
)
def test_the_project_keeps(command):
    code, said = run(SCRIPTS / command[0], *command[1:])
    assert code == 0, said


def test_a_deployed_site_passes_djangos_checks():
    code, said = run(
        sys.executable,
        "-m",
        "django",
        "check",
        "--deploy",
        "--fail-level",
        "WARNING",
        PYTHONPATH=str(ROOT),
        **PRODUCTION,
    )
    assert code == 0, said


@pytest.mark.django_db
def test_no_migration_is_missing(capsys):
    call_command("makemigrations", "--check", "--dry-run")
    assert "No changes detected" in capsys.readouterr().out


def test_migrations_are_named():
    """``0002_auto_20261120_1004`` says nothing to whoever reads it next year."""
    found = [file for name in PACKAGES for file in (ROOT / name).glob("migrations/0*.py")]
    assert found
    assert [file.name for file in found if re.search(r"auto_|_\d{4}_\d{2}|and_more|alter_", file.stem)] == []


# Whatever a migration takes from our code changes what it does when that code changes, and breaks when it moves.
def test_migrations_import_nothing_of_ours():
    imported = [
        (str(file.relative_to(ROOT)), name)
        for package in PACKAGES
        for file in (ROOT / package).glob("migrations/*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in names_imported(node)
        if name.startswith(".") or name.split(".")[0] in PACKAGES
    ]
    assert imported == []


def test_no_private_module_of_a_library_is_imported():
    """It may change with any version. import-linter knows libraries by their first name only."""
    imported = [
        (str(file.relative_to(ROOT)), name)
        for file in PYTHON
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in modules_imported(node)
        if re.search(r"\.(internal|_[a-z]\w*)(\.|$)", name)
        and name.split(".")[0] not in {*PACKAGES, *sys.stdlib_module_names}
    ]
    assert imported == []


def modules_imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    """Everything that may be a module: ``from allauth.mfa import internal`` names one too."""
    names = names_imported(node)
    return (
        [*names, *(f"{names[0]}.{alias.name}" for alias in node.names)] if isinstance(node, ast.ImportFrom) else names
    )


def names_imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    """The modules that an import statement names."""
    if isinstance(node, ast.ImportFrom):
        return ["." * node.level + (node.module or "")]
    return [alias.name for alias in node.names]


def test_the_operations_of_migrations_hold_nothing_of_ours():
    """Django writes a field's class, its choices, its default and the bases of a model as references to our modules."""
    found = {
        (f"{migration.app_label}.{migration.name}", what)
        for migration in MigrationLoader(None).disk_migrations.values()
        if migration.app_label in PACKAGES
        for operation in migration.operations
        for what in ours_in(operation)
    }
    assert found == set()


def ours_in(value, seen=None):
    """What of our code a value of a migration leads to, by whatever attributes, lists and dicts; our migrations aside."""
    seen = set() if seen is None else seen
    if id(value) in seen:
        return
    seen.add(id(value))
    home = value if isinstance(value, type | FunctionType) else type(value)
    if home.__module__.split(".")[0] in PACKAGES and ".migrations." not in home.__module__:
        yield f"{home.__module__}.{home.__qualname__}"
    elif isinstance(value, dict):
        yield from (what for one in (*value, *value.values()) for what in ours_in(one, seen))
    elif isinstance(value, list | tuple | set | frozenset):
        yield from (what for one in value for what in ours_in(one, seen))
    elif not isinstance(value, type | FunctionType) and hasattr(value, "__dict__"):
        yield from ours_in(vars(value), seen)


def test_what_a_migration_leads_to_is_seen():
    field = models.CharField(choices=size_of, default=City.Kind.CITY, max_length=6)
    operation = migrations.CreateModel("Town", [("country", field), ("codes", CodeListField())], bases=(City,))
    assert {what.rsplit(".", 1)[-1] for what in ours_in(operation)} == {"City", "CodeListField", "Kind", "size_of"}


# --- files ------------------------------------------------------------------------------


def test_files_are_short_enough_to_be_read():
    lengths = {
        str(file.relative_to(ROOT)): len(file.read_text("utf-8").splitlines())
        for file in PYTHON
        if file.parent.name != "migrations"
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_there_is_no_drawer_for_everything():
    assert [file for file in PYTHON if file.stem in {"utils", "helpers", "services", "misc", "common"}] == []


def test_no_file_knows_the_machine_it_was_written_on():
    """Paths of a checkout and addresses of package indexes would send others astray."""
    code, listed = run("git", "ls-files", "-z")
    assert code == 0, listed
    told = re.compile(
        rf"{re.escape(str(ROOT))}|(?:--|^)(?:extra-)?index-url|https?://[^\s\"']*/simple/?[\s\"'$]", re.MULTILINE
    )
    texts = [name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    assert texts
    assert [name for name in texts if told.search((ROOT / name).read_text("utf-8", errors="replace"))] == []


# --- settings -----------------------------------------------------------------------------


def test_what_the_documents_point_to_is_there():
    for document in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|mailto:)([^)#]+)[^)]*\)", document.read_text("utf-8")):
            assert (document.parent / target).exists(), f"{document.name}: {target}"


def test_what_a_comment_or_a_document_names_is_there():
    named = re.compile(
        r"\b(?<!/)(?:citysolidarity|practices|pledges|tests|static|docs)/[\w./-]+\.(?:py|css|md|js|csv)\b"
    )
    code = [file for file in PYTHON if "migrations" not in file.parts and file.name != "conftest.py"]
    texts = [*code, *ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    gone = [(str(file.relative_to(ROOT)), path) for file in texts for path in named.findall(file.read_text("utf-8"))]
    # Documents name tests from the folder of the tests on.
    places = (ROOT, ROOT / "tests")
    assert [(file, path) for file, path in gone if not any((place / path).exists() for place in places)] == []


def test_the_operators_manual_lists_every_setting_and_no_other():
    tree = ast.parse((ROOT / "citysolidarity" / "settings.py").read_text("utf-8"))
    read = {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and getattr(node.func.value, "id", "") == "env"
    }
    manual = (ROOT / "docs" / "operate.md").read_text("utf-8")
    listed = settings_under("Settings of the site", manual)
    assert read
    assert sorted(listed) == sorted(read)


def test_the_operators_manual_lists_what_the_stack_reads():
    """Each variable of compose.yaml, unless it only hands a setting of the site on."""
    manual = (ROOT / "docs" / "operate.md").read_text("utf-8")
    read = re.findall(r"\$\{([A-Z_]+)(:[-?][^}]*)\}", (ROOT / "compose.yaml").read_text("utf-8"))
    ours, site = settings_under("Settings of the stack", manual), settings_under("Settings of the site", manual)
    assert sorted(ours) == sorted({name for name, _default in read} - set(site))
    for name, default in read:
        if default.startswith(":-") and name in ours:
            assert f"| `{name}` | `{default[2:]}` |" in manual, f"{name} has another default"


def settings_under(heading, manual):
    """The variables in the first column of the table below a heading."""
    section = manual.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\| *`([A-Z0-9_]+)`", section, re.MULTILINE)
