"""Install or find what the tests need besides Python packages: Chromium, the HTML checker, a linter for OpenAPI, FriBiDi, Docker."""

import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from contextlib import contextmanager
from pathlib import Path

from citysolidarity.development.locks import exclusive
from citysolidarity.development.progress import step

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SHELL = "chromium-headless-shell"  # the same engine without windows, which takes half the processor time
CHECKER = "vnu-jar@26.9.27"  # npm's package of the Nu HTML checker
CHECKER_MEMBER = "package/build/dist/vnu.jar"
CHECKER_SHA256 = "22f15dd39a33bed929d2a5c0cddf5946849a647eca9272bf4d5d00bc7e7a4d47"  # of the jar, not of the package
LINTER = "@redocly/cli@2.77.0"  # npm's package of a linter for OpenAPI; it needs no other package
LINTER_MEMBER = "package/bin/cli.js"
LINTER_SHA256 = "407a02e97db09453466dad4862078ffd9645bfca41f312612b599a5269602bad"  # of the package
INSTALL_SECONDS = 900
BASES = ("python:3.13-slim", "debian:trixie-slim")  # of images; the second is made by hand, and has Python as well
WAY_OUT = "or leave these tests out with --no-browser."


class ToolMissing(Exception):
    """The message is one line that says what to do."""


def provide(root):
    """Return {environment variable: path} for Chromium, the checker and the linter; raises ToolMissing."""
    with exclusive(root / "var" / "tools.lock"):
        tools = root / "var" / "tools"
        return browsers() | {"VNU_JAR": html_checker(tools), "OPENAPI_LINTER": openapi_linter(tools)}


def fribidi():
    """Install Debian's libfribidi0 if possible: Pillow needs it to join Arabic letters."""
    if not ctypes.util.find_library("fribidi") and can_install_packages():
        install_package("libfribidi0")


def browsers():
    """Return {environment variable: path} for Chromium and for its shell, "" where there is none or a browser is named."""
    is_named = bool(os.environ.get("CHROMIUM"))
    browser = chromium()
    return {"CHROMIUM": browser, "CHROMIUM_SHELL": "" if is_named else browser_on_path([SHELL]) or ""}


def chromium():
    """Return the path of $CHROMIUM, of a browser on PATH, of playwright's, or of a newly installed one."""
    named = os.environ.get("CHROMIUM")
    if named:
        if not answers(named, "--version"):
            raise ToolMissing(f"CHROMIUM names {named}, which does not run.")
        return named
    path = browser_on_path() or browser_of_playwright()
    if not path and can_install_packages():
        install_package("chromium", SHELL)
        path = browser_on_path()
    if not path:
        with step("Installing Chromium with playwright"):
            run(sys.executable, "-m", "playwright", "install", "chromium")
        path = browser_of_playwright()
    if not path:
        raise ToolMissing(f"No Chromium could be installed: install one, set CHROMIUM to its path, {WAY_OUT}")
    return path


def browser_on_path(names=BROWSERS):
    """The first browser on PATH that runs, or None: Ubuntu's chromium may only point to a snap."""
    paths = filter(None, map(shutil.which, names))
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
    if not is_genuine(jar, CHECKER_SHA256):
        with step("Fetching the Nu HTML checker"):
            fetch_checker(jar)
    if not is_genuine(jar, CHECKER_SHA256):
        raise ToolMissing(f"`npm pack {CHECKER}` brought no HTML checker: set VNU_JAR to a vnu.jar, {WAY_OUT}")
    return str(jar)


def openapi_linter(folder):
    """Return the path of $OPENAPI_LINTER, or of the program in npm's package, kept in `folder`. Needs Node.js."""
    named = os.environ.get("OPENAPI_LINTER")
    program = Path(named) if named else folder / LINTER.rpartition("@")[2] / LINTER_MEMBER
    if not named and not program.is_file():
        with step("Fetching the linter for OpenAPI"):
            fetch_linter(program.parents[2])
        if not program.is_file():
            raise ToolMissing(f"`npm pack {LINTER}` brought no linter: set OPENAPI_LINTER to its bin/cli.js, {WAY_OUT}")
    if not answers("node", str(program), "--version"):
        raise ToolMissing(f"The linter for OpenAPI needs Node.js 20.19 or later: install it, {WAY_OUT}")
    return str(program)


def is_genuine(file, sha256):
    return file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == sha256


@contextmanager
def packed(name, place):
    """The files that npm packs for a package, in a folder beside `place` that goes with the block."""
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place.parent) as folder:
        run("npm", "pack", name, "--silent", "--ignore-scripts", "--pack-destination", folder)
        yield Path(folder), Path(folder).glob("*.tgz")


def fetch_linter(place):
    """Put the files of npm's package into the folder `place`, complete or not at all; nothing of another package."""
    with packed(LINTER, place) as (folder, packages):
        for package in packages:
            if is_genuine(package, LINTER_SHA256):
                with tarfile.open(package) as archive:
                    archive.extractall(folder / "whole", filter="data")
                shutil.rmtree(place, ignore_errors=True)
                (folder / "whole").rename(place)


def fetch_checker(jar):
    """Put npm's jar at `jar`, complete or not at all."""
    with packed(CHECKER, jar) as (folder, packages):
        for package in packages:
            unfinished = folder / "vnu.jar"
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


def install_package(*names):
    """Each by itself: one that a distribution does not have keeps none from the others."""
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    with step(f"Installing Debian's package {names[0]}"):
        run("apt-get", "update", "-qq")
        for name in names:
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
