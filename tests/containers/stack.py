"""The whole of compose.yaml on this machine's Docker engine, with stand-ins for the images that cannot be pulled.

The base of the images is CONTAINER_BASE, which has to be there already. What is started here is
named after this process, listens on 127.0.0.1 alone, and goes at the end with its volumes.
"""

import base64
import mailbox
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.processes import free_port

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
BASE = os.environ["CONTAINER_BASE"]
NAME = "cities.test"
SITE = "citysolidarity-test"  # the image; its tags are "new" and "previous"
READY_SECONDS = 240
SERVICES = ("database", "web-a", "web-b", "worker", "nginx")


def run(*command: str, cwd: Path = ROOT, env: dict | None = None, stdin: bytes | None = None) -> str:
    """What a command prints; AssertionError with the end of what it said where it fails."""
    done = subprocess.run(command, cwd=cwd, env=env, input=stdin, capture_output=True)
    said = done.stdout.decode(errors="replace")
    assert done.returncode == 0, f"{' '.join(command)}\n{said[-3000:]}{done.stderr.decode(errors='replace')[-3000:]}"
    return said


def build(tag: str, folder: Path, file: Path) -> str:
    """An image of a folder, on BASE; returns its name."""
    run("docker", "build", "--quiet", "--build-arg", f"BASE={BASE}", "--tag", tag, "--file", str(file), str(folder))
    return tag


def build_site(tag: str, revision: str = "") -> str:
    """The site of this checkout, or of an earlier commit, by the present Dockerfile."""
    if not revision:
        return build(f"{SITE}:{tag}", ROOT, ROOT / "Dockerfile")
    with tempfile.TemporaryDirectory() as folder:
        archive = subprocess.run(["git", "archive", revision], cwd=ROOT, check=True, capture_output=True).stdout
        run("tar", "-x", "-C", folder, stdin=archive)
        shutil.copy(ROOT / "Dockerfile", folder)
        return build(f"{SITE}:{tag}", Path(folder), Path(folder) / "Dockerfile")


def previous_release() -> str:
    """The newest tag or, before there is any, the commit before the newest migration came."""
    tag = subprocess.run(["git", "describe", "--tags", "--abbrev=0"], cwd=ROOT, capture_output=True, text=True)
    if tag.returncode == 0:
        return tag.stdout.strip()
    came = run("git", "log", "-1", "--format=%H", "--diff-filter=A", "--", ":(glob)*/migrations/0*.py").strip()
    assert came, "The upgrade needs the history of the project: this checkout has none."
    return f"{came}^"


class Stack:
    """The services of compose.yaml, as an operator would start them. ``folder`` holds secrets and received mail."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.ports = free_port(), free_port()
        self.received = folder / "received" / "box"
        for place in (folder / "secrets", folder / "acme" / ".well-known"):
            place.mkdir(parents=True)
        # Containers read and write as other users.
        folder.chmod(0o755)
        key = secrets.token_urlsafe(64)
        words = {
            "secret_key": key,
            # The previous release may have known one key alone.
            "hash_key": key,
            "former_keys": "",
            "database_password": secrets.token_urlsafe(30),
            "mail_url": "smtp://mail:8025",
            "bounces_url": "",
            "media_bucket": "",
            "private_bucket": "",
            "backup_key": base64.b64encode(secrets.token_bytes(32)).decode(),
        }
        for name, text in words.items():
            self.keep(name, text)
        self.certificate = make_certificate(folder / "secrets")
        packages = Path(sys.prefix) / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
        self.environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME", "DOCKER_HOST") if name in os.environ},
            "COMPOSE_PROJECT_NAME": f"citysolidarity-test-{os.getpid()}",
            "COMPOSE_FILE": f"{ROOT / 'compose.yaml'}:{HERE / 'mail.yaml'}",
            "COMPOSE_HTTP_TIMEOUT": "300",
            "BASE": BASE,
            "SITE_IMAGE": f"{SITE}:new",
            "DATABASE_IMAGE": f"{SITE}-postgres",
            "NGINX_IMAGE": f"{SITE}-nginx",
            "NGINX_USER": "www-data",
            "ALLOWED_HOSTS": NAME,
            "SITE_URL": f"https://{NAME}",
            "MAIL_FROM": f"no-reply@{NAME}",
            "SECRETS": str(folder / "secrets"),
            "ACME_ROOT": str(folder / "acme"),
            "HTTP_PORT": f"127.0.0.1:{self.ports[0]}",
            "HTTPS_PORT": f"127.0.0.1:{self.ports[1]}",
            # Embedding the directory takes the worker minutes of a core.
            "CLOSE_IN_MEANING": "0",
            "MAIL_IMAGE": BASE,
            "MAIL_PACKAGES": str(packages),
            "MAIL_RECEIVED": str(self.received.parent),
        }

    def keep(self, secret: str, text: str):
        file = self.folder / "secrets" / secret
        file.write_text(text + "\n")
        file.chmod(0o444)

    def compose(self, *arguments: str) -> str:
        return run(*COMPOSE, *arguments, env=self.environment)

    def up(self, *services: str):
        """Started, and healthy: `docker compose up --wait`, which older versions do not know."""
        self.compose("up", "--detach", *services)
        self.wait_for(*services or SERVICES)

    def replace(self, service: str):
        """One service anew, of the present image, and no other."""
        self.compose("up", "--detach", "--no-deps", "--force-recreate", service)
        self.wait_for(service)

    def wait_for(self, *services: str):
        until = time.monotonic() + READY_SECONDS
        for service in services:
            while (health := self.look(service, "{{.State.Health.Status}}")) != "healthy":
                assert time.monotonic() < until, f"{service}: {health}\n{self.compose('logs', '--tail=20', service)}"
                time.sleep(0.3)

    def look(self, service: str, form: str) -> str:
        """What `docker inspect` says of the container of a service."""
        return run("docker", "inspect", "--format", form, self.container(service)).strip()

    def container(self, service: str) -> str:
        return self.compose("ps", "--quiet", service).strip()

    def manage(self, *arguments: str, service="web-a") -> str:
        return self.compose("exec", "-T", service, "python", "manage.py", *arguments)

    def rows(self, statement: str) -> list[list[str]]:
        """What a statement answers, each value as a text."""
        command = ("psql", "--username=citysolidarity", "--no-align", "--tuples-only", "--command", statement)
        said = self.compose("exec", "-T", "database", *command)
        return [line.split("|") for line in said.splitlines() if line]

    def hours_pass(self):
        """Nobody has done anything lately: the walks come from one address, and would meet its limits."""
        self.rows("DELETE FROM citysolidarity_limituse")

    def letter_to(self, address: str, seconds: float = 60):
        """The e-mail that came to an address, as soon as it is there."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            messages = mailbox.Maildir(self.received, create=False) if (self.received / "new").is_dir() else ()
            if found := [message for message in messages if address in message["To"]]:
                return found[-1]
            time.sleep(0.2)
        raise AssertionError(f"No e-mail came to {address}.")

    def end(self):
        self.compose("down", "--volumes", "--timeout", "30")


def compose_command() -> list[str]:
    """Compose as a plugin of Docker or, on older systems, as a command of its own."""
    plugin = subprocess.run(["docker", "compose", "version"], capture_output=True)
    return ["docker", "compose"] if plugin.returncode == 0 else ["docker-compose"]


COMPOSE = compose_command()


def make_certificate(folder: Path) -> Path:
    """A certificate for NAME that signs itself, with its key, for some hours."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)]), datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=12))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (folder / "certificate.pem").write_bytes(made.public_bytes(encoding))
    (folder / "certificate_key.pem").write_bytes(key.private_bytes(encoding, form, serialization.NoEncryption()))
    for file in folder.glob("certificate*"):
        file.chmod(0o444)
    return folder / "certificate.pem"
