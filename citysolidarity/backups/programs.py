"""PostgreSQL's own programs, run against a database, each with an end that says what was wrong."""

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from django.db import connection
from psycopg.conninfo import conninfo_to_dict

from citysolidarity.database.programs.binaries import system_folders, wheel_folders

# The parameters of libpq that lead to a server; deadlines are for visitors, and not for a copy of everything.
VARIABLES = {
    "host": "PGHOST", "hostaddr": "PGHOSTADDR", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD",
    "dbname": "PGDATABASE", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY", "passfile": "PGPASSFILE", "service": "PGSERVICE", "channel_binding": "PGCHANNELBINDING",
}  # fmt: skip


class ProgramFailed(Exception):
    """The message says which program, and its last words."""


def of_the_site() -> dict[str, str]:
    """The environment that leads the programs to the site's own database."""
    return environment(connection.get_connection_params())


def environment(parameters: dict | str) -> dict[str, str]:
    """``parameters`` are libpq's, or an address such as ``postgres://…``. No password stands in a list of processes."""
    told = conninfo_to_dict(parameters) if isinstance(parameters, str) else parameters
    leading = {VARIABLES[name]: str(value) for name, value in told.items() if name in VARIABLES and value}
    rest = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return rest | {"LC_ALL": "C", "PGCONNECT_TIMEOUT": "20", "PGOPTIONS": "-c statement_timeout=0"} | leading


def folder_for(major: int, *needed: str, exactly: bool = False) -> Path:
    """The folder with these programs of this major version, or of a later one unless ``exactly``."""
    for folder in [*wheel_folders(), *system_folders()]:
        version = version_of(folder, needed[0])
        fits = version and (version == major or (version > major and not exactly))
        if fits and all((folder / name).exists() for name in needed):
            return folder
    version = major if exactly else f"{major} or later"
    raise ProgramFailed(f"{', '.join(needed)} of PostgreSQL {version} cannot be found: install its packages.")


def version_of(folder: Path, program: str) -> int | None:
    try:
        done = subprocess.run([folder / program, "--version"], capture_output=True, text=True, timeout=20)
    except OSError:
        return None
    match = re.search(r"\) (\d+)", done.stdout)
    return int(match[1]) if match else None


@contextmanager
def output_of(command: list, env: dict, words: list[str] | None = None) -> Iterator[BinaryIO]:
    """What the program writes. Raises ProgramFailed at the end of the block; ``words`` gets what it says beside."""
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=said)
        try:
            with process.stdout:
                yield process.stdout
        except BaseException:
            process.kill()
            process.wait()
            raise
        code = process.wait()
        said.seek(0)
        lines = said.read().splitlines()
    if words is not None:
        words += lines
    if code:
        raise ProgramFailed(failure(command, lines))


def fed(command: list, env: dict, source: BinaryIO) -> None:
    """Run the program with this input; raises ProgramFailed."""
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said)
        try:
            while chunk := source.read(1 << 20):
                process.stdin.write(chunk)
        except BrokenPipeError:
            pass  # it says why
        except BaseException:
            process.kill()
            process.wait()
            raise
        finally:
            with suppress(BrokenPipeError):
                process.stdin.close()
        code = process.wait()
        said.seek(0)
        if code:
            raise ProgramFailed(failure(command, said.read().splitlines()))


def run(command: list, env: dict) -> None:
    """Raises ProgramFailed."""
    done = subprocess.run(command, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        raise ProgramFailed(failure(command, (done.stderr + done.stdout).splitlines()))


def failure(command: list, lines: list[str]) -> str:
    words = " ".join(line.strip() for line in lines[-3:] if line.strip()) or "it says nothing"
    return f"{Path(command[0]).name} failed: {words}"
