"""The image's own commands, run outside it: no container engine is needed to see that they serve the site."""

import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import yaml
from django.db import connection
from opentelemetry.sdk import environment_variables

from tests.faults.rig import children
from tests.processes import free_port, is_served

ROOT = Path(__file__).parents[3]
DOCKERFILE = (ROOT / "Dockerfile").read_text()


def written(instruction):
    """Return the JSON command of the Dockerfile's one line that begins with `instruction`, run by this Python."""
    command = json.loads(re.search(rf"(?m)^{instruction} .*?(\[.*\])$", DOCKERFILE)[1])
    return [sys.executable, *command[1:]] if command[0] == "python" else [sys.executable, "-m", *command]


@pytest.fixture
def production():
    """The environment of a server in production, on a free port."""
    database = connection.settings_dict
    address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database)
    site = {"ALLOWED_HOSTS": ".cities.example, other.example", "SITE_URL": "https://cities.example"}
    key = {"SECRET_KEY": secrets.token_urlsafe(64), "DATABASE_URL": address}
    return {"PATH": os.environ["PATH"], "PORT": str(free_port()), "WEB_CONCURRENCY": "1", **site, **key}


@pytest.fixture
def served(production, server):
    """Production's environment, with the image's command serving it."""
    return production


@pytest.fixture
def server(production):
    """The process of the image's command."""
    here = ["--bind", f"127.0.0.1:{production['PORT']}"]
    with subprocess.Popen([*written("CMD"), *here], cwd=ROOT, env=production) as server:
        try:
            deadline = time.monotonic() + 60
            while not is_served(int(production["PORT"])):
                assert server.poll() is None, "the server ended at once"
                assert time.monotonic() < deadline, "not served"
                time.sleep(0.05)
            yield server
        finally:
            server.terminate()
            ended = server.wait(60)
        assert ended == 0


def status(port, host, path="/health/live"):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": host})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def test_the_images_command_serves_its_own_names_alone(served):
    assert status(served["PORT"], "cities.example") == 200
    assert status(served["PORT"], "other.example") == 200
    assert status(served["PORT"], "elsewhere.example") == 400
    assert status(served["PORT"], "cities.example", "/health/live?" + "a" * 10_000) == 200  # a long search gets a page
    assert status(served["PORT"], "cities.example", "/health/live?" + "a" * 70_000) == 414


def test_whoever_waits_already_is_answered_before_the_server_stops(served, server):
    assert status(served["PORT"], "cities.example") == 200  # the worker is at work, and hears signals
    worker = children(server.pid)[0]
    os.kill(worker, signal.SIGSTOP)
    waiting = [socket.create_connection(("127.0.0.1", int(served["PORT"])), 30) for _number in range(5)]
    for visitor in waiting:
        visitor.sendall(b"GET /health/live HTTP/1.1\r\nHost: cities.example\r\n\r\n")
    server.terminate()
    until = time.monotonic() + 20
    while not has_pending(worker, signal.SIGTERM):
        assert time.monotonic() < until, "the worker was not told"
        time.sleep(0.05)
    os.kill(worker, signal.SIGCONT)
    for visitor in waiting:
        with visitor:
            assert visitor.recv(1000).startswith(b"HTTP/1.1 200")
    assert server.wait(30) == 0


def has_pending(process, number):
    """Whether a signal waits for a process that stands still."""
    masks = re.findall(r"(?m)^(?:SigPnd|ShdPnd):\t(\w+)$", Path(f"/proc/{process}/status").read_text())
    return any(int(mask, 16) >> (number - 1) & 1 for mask in masks)


def test_the_images_health_check_tells_a_living_site_from_a_dead_one(served):
    check = written("HEALTHCHECK")
    assert subprocess.run(check, env=served, stderr=subprocess.DEVNULL).returncode == 0
    assert subprocess.run(check, env={**served, "PORT": "1"}, stderr=subprocess.DEVNULL).returncode == 1


def test_wrong_settings_stop_the_images_command_at_once(production):
    weak = {**production, "SECRET_KEY": "short"}
    ended = subprocess.run(written("CMD"), cwd=ROOT, env=weak, capture_output=True, text=True, timeout=30)
    assert ended.returncode != 0
    assert "SECRET_KEY is too weak" in ended.stderr


def test_the_image_holds_what_the_site_runs_on_and_nothing_else():
    copied = {word for line in re.findall(r"(?m)^COPY (?!--from)(.*) \S+$", DOCKERFILE) for word in line.split()}
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert copied == allowed
    assert all((ROOT / name).exists() for name in copied)
    assert "--uid 10001" in DOCKERFILE and "\nUSER 10001\n" in DOCKERFILE


def test_hadolint_has_nothing_against_the_dockerfiles():
    files = [ROOT / "Dockerfile", *(ROOT / "tests" / "containers").glob("*.Dockerfile")]
    done = subprocess.run([Path(sys.prefix) / "bin" / "hadolint", *files], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")
    assert len(files) == 3


def test_the_compose_file_gives_the_site_what_its_settings_read():
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    settings = (ROOT / "citysolidarity" / "settings.py").read_text()
    given = services["web-a"]["environment"]
    secret = {
        "SECRET_KEY_FILE",
        "SECRET_KEY_FALLBACKS_FILE",
        "DATABASE_PASSWORD_FILE",
        "MAIL_URL_FILE",
        "BOUNCES_URL_FILE",
        "MEDIA_BUCKET_FILE",
        "PRIVATE_BUCKET_FILE",
    }
    assert {"DATABASE_URL", "ALLOWED_HOSTS", "SITE_URL", *secret} <= given.keys()
    by_others = {"WEB_CONCURRENCY", *(name for name in vars(environment_variables) if name.startswith("OTEL_"))}
    assert all(f'("{name.removesuffix("_FILE")}"' in settings for name in given.keys() - by_others)
    assert services["migrate"]["environment"] == services["worker"]["environment"] == services["watch"]["environment"]
    assert services["migrate"]["environment"].items() <= given.items() == services["web-b"]["environment"].items()


def test_only_the_back_up_has_the_key_to_what_it_seals():
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    assert {name for name, service in services.items() if "backup_key" in service.get("secrets", [])} == {"backup"}
    assert {name for name, one in services.items() if "BACKUP_KEY_FILE" in one.get("environment", {})} == {"backup"}
    assert services["backup"]["secrets"] == [*services["worker"]["secrets"], "backup_key"]


def test_somebody_else_than_the_worker_notices_that_none_is_running():
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    assert services["watch"]["command"] == ["python", "manage.py", "watch", "--every", "60"]
    assert set(services["watch"]["networks"]) == {"front", "back"}, "it reaches the database and a mail server"


def test_a_back_up_is_made_once_a_day_by_the_only_one_that_writes_it():
    services = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]
    assert services["backup"]["command"][1:] == ["manage.py", "backup", "--every", "86400"]
    folder = services["backup"]["environment"]["BACKUPS_ROOT"]
    seen = {
        name: place for name, service in services.items() for place in service.get("volumes", []) if folder in place
    }
    assert {"web-a", "web-b", "worker", "watch"} < seen.keys(), "they tell of it, and that it is late"
    assert {name for name, place in seen.items() if not place.endswith(":ro")} == {"backup"}
    assert folder in re.search(r"^VOLUME (.*)$", DOCKERFILE, re.MULTILINE)[1]
    assert {"/app/media", "/app/private"} < {place.partition(":")[2] for place in services["backup"]["volumes"]}
    assert DOCKERFILE.count("/pginstall/bin/pg_") == 2 and "COPY --from=build /opt/programs /usr/lib" in DOCKERFILE


def test_sources_are_looked_at_once_a_day():
    links = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]["links"]
    assert links["command"][1:5] == ["manage.py", "check_links", "--every", "86400"]
    assert set(links["networks"]) == {"front", "back"}, "it reaches the database and the web"


def test_a_visitor_chooses_no_id_of_a_request():
    door = (ROOT / "citysolidarity" / "operation" / "nginx" / "certificate.conf").read_text()
    assert "proxy_set_header X-Request-ID $request_id;" in door


def test_every_container_is_read_only_bounded_and_without_rights():
    written = yaml.safe_load((ROOT / "compose.yaml").read_text())
    for name, service in written["services"].items():
        assert service["read_only"] and service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["logging"]["options"]["max-size"], name
        if name != "migrate":  # it ends by itself
            assert service["mem_limit"] and service["pids_limit"] and service["stop_grace_period"], name
            assert service.get("healthcheck") or name.startswith("web-"), name  # those have the image's own
        assert all(secret in written["secrets"] for secret in service["secrets"]), name
        assert name == "nginx" or "ports" not in service
    assert written["networks"]["back"] == {"internal": True}
    assert "back" not in written["services"]["nginx"]["networks"]


def test_nginx_leaves_compression_to_the_site_and_keeps_slow_clients_to_itself():
    folder = ROOT / "citysolidarity" / "operation" / "nginx"
    text = (folder / "http.conf").read_text()
    for rule in ("gzip off", "proxy_request_buffering on", "proxy_buffering on", "access_log off"):
        assert f"{rule};" in text, rule
    nginx = yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]["nginx"]
    assert "./citysolidarity/operation/nginx:/etc/nginx/site:ro" in nginx["volumes"]
    assert nginx["entrypoint"][-1] == "/etc/nginx/site/${TLS:-certificate}.conf"
    assert all("include http.conf;" in (folder / f"{door}.conf").read_text() for door in ("certificate", "elsewhere"))


def test_nginx_speaks_new_tls_alone_with_ciphers_that_keep_what_was_said():
    """Each cipher of TLS 1.2 has forward secrecy and authenticates; those of 1.3 all do."""
    door = (ROOT / "citysolidarity" / "operation" / "nginx" / "certificate.conf").read_text()
    assert re.findall(r"ssl_protocols ([^;]+);", door) == ["TLSv1.2 TLSv1.3"]
    [ciphers] = re.findall(r"ssl_ciphers ([^;]+);", door)
    assert all(re.fullmatch(r"ECDHE-(ECDSA|RSA)-(AES(128|256)-GCM|CHACHA20)-.+", name) for name in ciphers.split(":"))


def test_the_image_can_join_arabic_letters():
    assert re.search(r"apt-get install [^&]*\blibfribidi0\b", DOCKERFILE)
