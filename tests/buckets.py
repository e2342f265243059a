"""A server that speaks S3 on loopback, and buckets there that the site uses for a test."""

import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import boto3
import pytest

from citysolidarity import env
from tests.processes import free_port, is_served


@contextmanager
def serving() -> Iterator[int]:
    """The port of a server that ends with the block."""
    port = free_port()
    command = [Path(sys.prefix) / "bin" / "moto_server", "--host", "127.0.0.1", "--port", str(port)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, **quiet) as process:
        try:
            until = time.monotonic() + 60
            while not is_served(port):
                assert process.poll() is None and time.monotonic() < until, "no server"
                time.sleep(0.05)
            yield port
        finally:
            process.terminate()


class Buckets:
    """Those that the site uses: one for pictures, one for letters."""

    def __init__(self, settings, port: int, make: bool = True):
        self.client = boto3.client(
            "s3",
            endpoint_url=f"http://127.0.0.1:{port}",
            aws_access_key_id="key",
            aws_secret_access_key="secret",
            region_name="us-east-1",
        )
        self.names = {alias: f"{alias}-{uuid.uuid4()}" for alias in ("default", "private")}
        used = {}
        for (alias, bucket), setting in zip(self.names.items(), ("MEDIA_BUCKET", "PRIVATE_BUCKET"), strict=True):
            if make:
                self.client.create_bucket(Bucket=bucket)
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv(setting, f"http://key:se%2Fcret@127.0.0.1:{port}/{bucket}")
                options = env.bucket(setting, plain=True)
            setattr(settings, setting, options)
            used[alias] = {"BACKEND": settings.BUCKET, "OPTIONS": options}
        settings.STORAGES = settings.STORAGES | used

    def files(self, alias: str) -> list[str]:
        return sorted(row["Key"] for row in self.client.list_objects_v2(Bucket=self.names[alias]).get("Contents", []))
