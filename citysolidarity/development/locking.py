"""Writes the hashed lock files from pyproject.toml with uv, which is kept apart from the project's own environment."""

import shutil
import subprocess
import sys
from pathlib import Path

UV = "uv~=0.13"
PYTHON = "3.12"  # the oldest that we run on (pyproject.toml, requires-python)
# What each lock file holds beside the dependencies.
EXTRAS = ["--extra", "meaning", "--extra", "s3", "--extra", "tracing"]
LOCKS = {
    "requirements.lock": EXTRAS,
    "requirements-test.lock": [*EXTRAS, "--group", "test"],
    "requirements-bench.lock": [*EXTRAS, "--group", "bench"],
}
# For every platform; and no line that tells from which index somebody installs.
HOW = ["--universal", "--generate-hashes", "--no-header", "--no-emit-index-url", "--no-emit-find-links", "--quiet"]


def refresh(root: Path, *, upgrade: list[str] | None = None) -> list[str]:
    """Write all lock files; returns the names of those that changed. Raises CalledProcessError.

    Versions stay as they are while pyproject.toml allows them, but those of ``upgrade``: package names, or [] for all.
    """
    uv, before = provide(root), {name: (root / name).read_bytes() for name in LOCKS}
    more = upgrade_options(upgrade)
    for name, parts in LOCKS.items():
        command = [uv, "pip", "compile", "pyproject.toml", "--output-file", name, "--python-version", PYTHON]
        subprocess.run([*command, *HOW, *parts, *more], cwd=root, check=True)
    return [name for name in LOCKS if (root / name).read_bytes() != before[name]]


def upgrade_options(names: list[str] | None) -> list[str]:
    if names is None:
        return []
    return [option for name in names for option in ("--upgrade-package", name)] or ["--upgrade"]


def provide(root: Path) -> str:
    """The path of uv: the one on PATH, or one in var/tools."""
    if uv := shutil.which("uv"):
        return uv
    home = root / "var" / "tools" / "uv"
    if not (home / "bin" / "uv").exists():
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        subprocess.run([home / "bin" / "python", "-m", "pip", "install", "--quiet", UV], check=True)
    return str(home / "bin" / "uv")
