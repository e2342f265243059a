"""Install or find what the tests need besides Python packages: a Chromium, the HTML checker, FriBiDi, Docker."""

import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from citysolidarity.development.locks import exclusive
from citysolidarity.development.progress import step

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHECKER = "vnu-jar@26.9.27"  # npm's package of the Nu HTML checker
CHECKER_MEMBER = "package/build/dist/vnu.jar"
CHECKER_SHA256 = "22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47"  # of the jar, not of the package
INSTALL_SECONDS = 900
BASES = ("python:3.13-slim", "debian:trixie-slim")  # of images; the second is made by hand, and has Python as well
WAY_OUT = "or leave these tests out with --no-browser."


class ToolMissing(Exception):
    """The message is one line that says what to do."""


def provide(root):
    """Return {environment variable: path} for Chromium and the checker; raises ToolMissing."""
    with exclusive(root / "var" / "tools.lock"):
        return {"CHROMIUM": chromium(), "VNU_JAR": html_checker(root / "var" / "tools")}


def fribidi():
    """Install Debian's libfribidi0 if possible: Pillow needs it to join Arabic letters."""
    if not ctypes.util.find_library("fribidi") and can_install_packages():
        install_package("libfribidi0")


def chromium():
    """Return the path of $CHROMIUM, of a browser on PATH, of playwright's, or of a newly installed one."""
    named = os.environ.get("CHROMIUM")
    if named:
        if not answers(named, "--version"):
            raise ToolMissing(f"CHROMIUM names {named}, which does not run.")
        return named
    path = browser_on_path() or browser_of_playwright()
    if not path and can_install_packages():
        install_package("chromium")
        path = browser_on_path()
    if not path:
        with step("Installing Chromium with playwright"):
            run(sys.executable, "-m", "playwright", "install", "chromium")
        path = browser_of_playwright()
    if not path:
        raise ToolMissing(f"No Chromium could be installed: install one, set CHROMIUM to its path, {WAY_OUT}")
    return path


def browser_on_path():
    """The first browser on PATH that runs, or None: Ubuntu's chromium may only point to a snap."""
    paths = filter(None, map(shutil.which, BROWSERS))
    return next((path for path in paths if answers(path, "--version")), None)


def browser_of_playwright():
    """The path of playwright's own Chromium if it runs, or None."""
    code = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    done = run(sys.executable, "-c", code)
    path = done.stdout.strip() if done else ""
    return path if path and answers(path, "--version") else None


def html_checker(folder):
    """Return the path of $VNU_JAR, or of the jar in npm's package, kept in `folder`. Needs Java."""
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
    return jar.is_file() and hashlib.sha256(jar.read_bytes()).hexdigest() == CHECKER_SHA256


def fetch_checker(jar):
    """Put npm's jar at `jar`, complete or not at all."""
    jar.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=jar.parent) as folder:
        run("npm", "pack", CHECKER, "--silent", "--ignore-scripts", "--pack-destination", folder)
        for package in Path(folder).glob("*.tgz"):
            unfinished = Path(folder) / "vnu.jar"
            with tarfile.open(package) as archive, unfinished.open("wb") as file:
                shutil.copyfileobj(archive.extractfile(CHECKER_MEMBER), file)
            unfinished.rename(jar)


def docker():
    """Return {"CONTAINER_BASE": image}, on which images can be built; raises ToolMissing where there is no engine."""
    if not answers("docker", "info"):
        raise ToolMissing(
            "No Docker engine answers: --containers needs one (on Debian: docker.io, and dockerd running)."
        )
    if not answers("docker", "compose", "version") and not answers("docker-compose", "--version"):
        raise ToolMissing("Docker has no Compose: install docker-compose-plugin, or on Debian docker-compose.")
    named = os.environ.get("CONTAINER_BASE")
    for image in [named] if named else BASES:
        if answers("docker", "image", "inspect", image):
            return {"CONTAINER_BASE": image}
    raise ToolMissing(f"The tests build on {named or ' or '.join(BASES)}: pull it, or name another in CONTAINER_BASE.")


def can_install_packages():
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_package(name):
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    with step(f"Installing Debian's package {name}"):
        run("apt-get", "update", "-qq")
        run("apt-get", "install", "-y", "-qq", name)


def answers(*command):
    return run(*command) is not None


def run(*command):
    """Run a command silently; return its CompletedProcess, or None when it is missing or fails."""
    quietly = {"stdin": subprocess.DEVNULL, "capture_output": True, "text": True}
    try:
        return subprocess.run(command, check=True, timeout=INSTALL_SECONDS, **quietly)
    except (OSError, subprocess.SubprocessError):
        return None
