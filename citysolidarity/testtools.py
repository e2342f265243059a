"""What the tests need besides Python packages: a Chromium, the Nu HTML checker, FriBiDi. Installed where missing."""

import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from citysolidarity.locks import exclusive
from citysolidarity.progress import step

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHECKER = "vnu-jar@26.9.27"  # npm's package of the Nu HTML checker
CHECKER_MEMBER = "package/build/dist/vnu.jar"
CHECKER_SHA256 = "22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47"  # of the jar, not of the package
INSTALL_SECONDS = 900
WAY_OUT = "or leave these tests out with --no-browser."


class ToolMissing(Exception):
    """A tool is neither here nor installable; the message is one plain line that names the ways out."""


def provide(root):
    """Return {environment variable: path} for both tools, installing what is missing. Raises ToolMissing."""
    with exclusive(root / "var" / "tools.lock"):
        return {"CHROMIUM": chromium(), "VNU_JAR": html_checker(root / "var" / "tools")}


def fribidi():
    """Install Debian's libfribidi0 where it is missing and can be installed: Pillow joins Arabic letters with it.

    Where it can't, the tests of the share cards say what is missing.
    """
    if not ctypes.util.find_library("fribidi") and can_install_packages():
        install_package("libfribidi0")


def chromium():
    """Return the path of a Chromium that runs: $CHROMIUM, one on PATH, Debian's package, or playwright's."""
    named = os.environ.get("CHROMIUM")
    if named:
        if not answers(named, "--version"):
            raise ToolMissing(f"CHROMIUM names {named}, which does not run.")
        return named
    found = browser_on_path() or browser_of_playwright()
    if not found and can_install_packages():
        install_package("chromium")
        found = browser_on_path()
    if not found:
        with step("Installing Chromium with playwright"):
            run(sys.executable, "-m", "playwright", "install", "chromium")
        found = browser_of_playwright()
    if not found:
        raise ToolMissing(f"No Chromium could be installed: install one, set CHROMIUM to its path, {WAY_OUT}")
    return found


def browser_on_path():
    """Return the first browser on PATH that runs (Ubuntu's chromium may be a mere pointer to a snap), or None."""
    paths = filter(None, map(shutil.which, BROWSERS))
    return next((path for path in paths if answers(path, "--version")), None)


def browser_of_playwright():
    """Return the path of playwright's own Chromium if it is installed and runs, or None."""
    ask = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    said = run(sys.executable, "-c", ask)
    path = said.stdout.strip() if said else ""
    return path if path and answers(path, "--version") else None


def html_checker(folder):
    """Return the path of the checker's jar: $VNU_JAR, or the one of npm's package, kept in `folder`; wants Java."""
    if not answers("java", "-version") and can_install_packages():
        install_package("default-jre-headless")
    if not answers("java", "-version"):
        raise ToolMissing(f"The HTML checker needs Java: install a Java runtime, {WAY_OUT}")
    named = os.environ.get("VNU_JAR")
    if named:
        if not Path(named).is_file():
            raise ToolMissing(f"VNU_JAR names {named}, which is not there.")
        return named
    jar = folder / (CHECKER.replace("@", "-") + ".jar")
    if not is_genuine(jar):
        with step("Fetching the Nu HTML checker"):
            fetch_checker(jar)
    if not is_genuine(jar):
        raise ToolMissing(f"`npm pack {CHECKER}` brought no HTML checker: set VNU_JAR to a vnu.jar, {WAY_OUT}")
    return str(jar)


def is_genuine(jar):
    """Say whether `jar` is there and is the one these tests were written for."""
    return jar.is_file() and hashlib.sha256(jar.read_bytes()).hexdigest() == CHECKER_SHA256


def fetch_checker(jar):
    """Put npm's jar at `jar`, if npm can be had; whole or not at all."""
    jar.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=jar.parent) as place:
        run("npm", "pack", CHECKER, "--silent", "--ignore-scripts", "--pack-destination", place)
        for package in Path(place).glob("*.tgz"):
            fresh = Path(place) / "vnu.jar"
            with tarfile.open(package) as archive, fresh.open("wb") as file:
                shutil.copyfileobj(archive.extractfile(CHECKER_MEMBER), file)
            fresh.rename(jar)


def can_install_packages():
    """Say whether Debian packages can be installed: as root, where there is apt-get."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_package(name):
    """Install a Debian package; whether that worked shows in what it brought."""
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    with step(f"Installing Debian's package {name}"):
        run("apt-get", "update", "-qq")
        run("apt-get", "install", "-y", "-qq", name)


def answers(*command):
    """Say whether a command runs and ends well."""
    return run(*command) is not None


def run(*command):
    """Run a command without a word; return its CompletedProcess, or None when it is missing or fails."""
    quietly = {"stdin": subprocess.DEVNULL, "capture_output": True, "text": True}
    try:
        return subprocess.run(command, check=True, timeout=INSTALL_SECONDS, **quietly)
    except (OSError, subprocess.SubprocessError):
        return None
