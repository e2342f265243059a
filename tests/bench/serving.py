"""Servers on this machine alone, and a load on them: wrk where it is installed, else a small client of our own."""

import contextlib
import http.client
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from tests.bench import mix
from tests.processes import free_port

WORKERS, CLIENTS = 2, 8
START_SECONDS = 60
# wrk asks for the addresses of a file in turn.
SCRIPT = """
local addresses, at = {}, 0
for line in io.lines("%s") do addresses[#addresses + 1] = line end
request = function() at = at %% #addresses + 1; return wrk.format("GET", addresses[at]%s) end
"""


@dataclass(frozen=True)
class Rate:
    """What a load found: answers a second, the median of their time in milliseconds, and failures."""

    per_second: float
    median: float
    failed: int = 0


@contextlib.contextmanager
def server(root: Path, **environment: str) -> Iterator[int]:
    """gunicorn with two sync workers on a free port of 127.0.0.1, until the block ends; yields the port."""
    port = free_port()
    settings = [
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        str(WORKERS),
        "--worker-class",
        "sync",
        "--log-level",
        "error",
    ]
    # As gunicorn.conf.py says, except that no worker is replaced under the load.
    command = [sys.executable, "-m", "gunicorn", "--max-requests", "0", *settings]
    process = subprocess.Popen(
        [*command, "tests.bench.site:application"],
        cwd=root,
        env=os.environ | {"DEBUG": "0", "DEVELOPMENT": "1", "LOG_LEVEL": "ERROR"} | environment,
    )
    try:
        wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int, process: subprocess.Popen) -> None:
    """Return once the server answers; raise when it does not."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError):
            get(port, mix.EMPTY, {})
            return
        time.sleep(0.1)
    raise RuntimeError("The server to be measured did not start.")


def get(port: int, address: str, headers: dict) -> int:
    """Ask for one page; return the status."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", address, headers=headers)
        response = connection.getresponse()
        response.read()
        return response.status
    finally:
        connection.close()


def client_name() -> str:
    """Which client makes the load."""
    return "wrk" if shutil.which("wrk") else "a Python client (no wrk here: it takes a part of the machine itself)"


def load(port: int, addresses: list[str], seconds: float, clients: int = CLIENTS, headers: dict | None = None) -> Rate:
    """Ask for the addresses in turn, as fast as they are answered."""
    return (by_wrk if shutil.which("wrk") else by_python)(port, addresses, seconds, clients, headers or {})


def by_wrk(port: int, addresses: list[str], seconds: float, clients: int, headers: dict) -> Rate:
    with tempfile.TemporaryDirectory() as place:
        listed, script = Path(place) / "addresses", Path(place) / "load.lua"
        listed.write_text("\n".join(addresses))
        said = ", {" + ", ".join(f'["{name}"]=[[{value}]]' for name, value in headers.items()) + "}" if headers else ""
        script.write_text(SCRIPT % (listed, said))
        command = ["wrk", "-t1", f"-c{clients}", f"-d{max(1, round(seconds))}s", "--timeout", "60s", "--latency"]
        done = subprocess.run(
            [*command, "-s", str(script), f"http://127.0.0.1:{port}"], capture_output=True, text=True, check=True
        )
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)[1])
    number, unit = re.search(r"50%\s+([\d.]+)(us|ms|s)", done.stdout).groups()
    failed = re.search(r"Non-2xx or 3xx responses: (\d+)", done.stdout)
    return Rate(rate, float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit], int(failed[1]) if failed else 0)


def by_python(port: int, addresses: list[str], seconds: float, clients: int, headers: dict) -> Rate:
    times, failed, turn, lock = [], [], cycle(addresses), threading.Lock()
    start = time.monotonic()
    end = start + seconds

    def ask():
        while True:
            began = time.monotonic()
            with lock:
                address = next(turn)
            if get(port, address, headers) >= 400:
                failed.append(address)
            times.append(time.monotonic() - began)
            if time.monotonic() >= end:
                return

    threads = [threading.Thread(target=ask) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Rate(len(times) / (time.monotonic() - start), statistics.median(times) * 1000, len(failed))
