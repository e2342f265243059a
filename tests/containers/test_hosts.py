"""Two web hosts, a primary and two replicas; what happens to those who read and sign while parts of it are lost."""

import shutil
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.containers.hosts import STREAMING, Hosts, Readers, Signers
from tests.containers.stack import HERE, SITE, build, build_site
from tests.containers.test_stack import tell
from tests.processes import wait_for

POSTS = 60  # in each fault
SIGNED = "SELECT email, count(*) FROM pledges_signaturecontact WHERE email LIKE 'officer-%' GROUP BY 1"


@pytest.fixture(scope="module")
def hosts():
    build(f"{SITE}-postgres", HERE, HERE / "postgres.Dockerfile")
    build(f"{SITE}-nginx", HERE, HERE / "nginx.Dockerfile")
    build_site("new")
    folder = Path(tempfile.mkdtemp(prefix="hosts-"))
    whole = Hosts(folder)
    whole.acknowledged, whole.signers = {}, 0
    try:
        whole.begin()
        yield whole
    finally:
        whole.end()
        shutil.rmtree(folder)


@contextmanager
def people(hosts, what: str):
    """They read and sign during the block and after it; nobody reads an error, and nothing is lost or doubled."""
    hosts.hours_pass()
    readers, signers = Readers(hosts, 3), Signers(hosts, hosts.signers, POSTS)
    hosts.signers += POSTS
    for thread in readers.threads:
        thread.start()
    threads = signers.run()
    time.sleep(5)  # they have forms at hand
    yield
    for thread in threads:
        thread.join(240)
    readers.ended.set()
    for thread in readers.threads:
        thread.join(60)
    tell(
        f"{what}: {dict(signers.outcomes)}; read: {dict(readers.answers)}, {readers.copies} of them copies, "
        f"the slowest {max(readers.waits):.1f} s"
    )
    assert signers.troubles == [] and len(signers.acknowledged) == POSTS
    assert readers.failed == {} and readers.answers["200"] > 50
    hosts.acknowledged |= signers.acknowledged
    found = {email: int(times) for email, times in hosts.rows(SIGNED)}
    lost, doubled = set(hosts.acknowledged) - set(found), [email for email, times in found.items() if times > 1]
    tell(f"{what}: {len(hosts.acknowledged)} acknowledged so far, lost {len(lost)}, doubled {len(doubled)}")
    assert not lost and not doubled


def test_public_pages_are_read_from_replicas(hosts):
    statements = "SELECT xact_commit FROM pg_stat_database WHERE datname = 'citysolidarity'"
    before = {name: int(hosts.rows(statements, name)[0][0]) for name in ("replica-a", "replica-b")}
    with people(hosts, "nothing is lost"):
        pass
    read = {name: int(hosts.rows(statements, name)[0][0]) - before[name] for name in before}
    tell(f"transactions of replicas: {read}")
    assert sum(read.values()) > 100
    assert hosts.said("is asked again") == 0, hosts.compose("logs", "--tail=60", "web-a", "web-b")


def test_a_replica_is_killed(hosts):
    with people(hosts, "a replica killed"):
        hosts.lose("replica-a")
        time.sleep(8)
        hosts.bring_back("replica-a")
    wait_for(lambda: hosts.rows(STREAMING) == [["2"]])
    assert hosts.said("replica-1 is not read from") > 0


def test_the_network_between_a_web_host_and_the_primary_is_cut(hosts):
    with people(hosts, "the network to the primary cut"):
        hosts.network("disconnect", "back", "web-a")
        time.sleep(15)
        hosts.network("connect", "back", "web-a")


def test_a_web_host_is_killed(hosts):
    with people(hosts, "a web host killed"):
        hosts.lose("web-b")
        time.sleep(8)
        hosts.bring_back("web-b")


def test_the_primary_is_lost_and_a_replica_promoted(hosts):
    with people(hosts, "the primary lost, a replica promoted"):
        hosts.lose("database")
        time.sleep(3)
        hosts.promote()
