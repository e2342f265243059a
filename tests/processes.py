"""Of other processes that a test starts on this machine: free ports, and waiting for what they do."""

import socket
import time
from collections.abc import Callable


def free_ports(count: int) -> list[int]:
    """As many ports of 127.0.0.1, each another, on which nobody listens yet."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def free_port() -> int:
    return free_ports(1)[0]


def is_served(port: int) -> bool:
    """Whether somebody listens at that port of 127.0.0.1."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(condition: Callable[[], object], what: str = "waited in vain", seconds: float = 60) -> float:
    """Seconds until it held; fails with ``what`` where it never does."""
    began = time.monotonic()
    while not condition():
        assert time.monotonic() - began < seconds, what
        time.sleep(0.02)
    return time.monotonic() - began
