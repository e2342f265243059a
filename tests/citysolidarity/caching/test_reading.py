"""Who reads from a replica, and that no page of an old edition is ever kept as one of a new."""

import random
import re

import psycopg
import pytest
from django.db import InternalError, OperationalError, connections
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, resolve, reverse

from citysolidarity.caching.edition import Behind, edition
from citysolidarity.caching.last_copies import copies
from citysolidarity.caching.reading import FromReplicas, read_from_replicas
from citysolidarity.database import lag
from citysolidarity.database.replicas import Replica, reading
from practices.directory.index.keeper import selection_index
from practices.documents.index import documents
from tests.citysolidarity.caching.replicas import ALIASES, FIRST, copies_of_the_database, rig  # noqa: F401 - fixtures
from tests.login import at_the_desk, staff

SHOWN = re.compile(r"Edition (\d+)")
# Of what belongs to one visitor: the link in an e-mail, and the page on which a form ends.
OWN = {"token", "reference"}


def views(patterns, before=""):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from views(pattern.url_patterns, before + str(pattern.pattern))
        else:
            yield before + str(pattern.pattern), pattern


def asked(alias):
    """What a database is asked in the block."""
    return CaptureQueriesContext(connections[alias])


def shown_at(address):
    """What a visitor reads there, and under which ETag."""
    answer = Client().get(address)
    assert answer.status_code == 200, answer.status_code
    return int(SHOWN.search(answer.text)[1]), answer["ETag"]


def test_visitors_read_from_a_replica_and_writers_from_the_primary(rig):  # noqa: F811
    address = rig.entry.get_absolute_url()
    with asked("default") as of_primary:
        assert shown_at(address)[0] == FIRST
    assert not of_primary
    rig.write()
    assert shown_at(address)[0] == FIRST  # a replica may be late, until this process knows better
    curator = at_the_desk(staff())
    assert f"Edition {FIRST + 1}" in curator.get(address).text
    assert shown_at(address)[0] == FIRST + 1  # and now no replica is asked that lacks it
    with asked("replica-1") as first, asked("replica-2") as second:
        curator.get(address)
        for name in ("sign_city", "sign_change"):
            assert Client().get(reverse(name)).status_code in {200, 302}, name
        assert Client().post(address).status_code in {200, 403, 405}
    assert not first and not second


def test_what_belongs_to_one_visitor_is_never_read_from_a_replica():
    """Whoever has just written is led to such an address."""
    found = dict(views(get_resolver().url_patterns))
    public = {address for address, view in found.items() if getattr(view.callback, "reads_replica", False)}
    assert not [address for address in public if any(f":{name}>" in address or f"<{name}>" in address for name in OWN)]
    assert not [address for address in public if address.startswith("admin") or "/done/" in address]
    for name in (
        "home",
        "directory",
        "cities",
        "signatories",
        "statement",
        "library",
        "feed",
        "sitemap",
        "api_practices",
    ):
        assert resolve(reverse(name)).func.reads_replica, name


@pytest.mark.parametrize("seed", range(2))
def test_no_old_page_is_kept_as_a_new_edition(rig, seed):  # noqa: F811
    """A walk by chance: each ETag has one text for ever, and none is older than what this process knew."""
    chance, texts = random.Random(seed), {}
    pages = [rig.entry.get_absolute_url(), reverse("directory")]

    def read():
        known = edition.row.number if edition.row else 0
        for address in pages:
            shown, etag = shown_at(address)
            assert shown >= known
            assert texts.setdefault(etag, shown) == shown

    def change_one(alias, is_in):
        next(replica for replica in rig.replicas if replica.alias == alias).is_in = is_in

    steps = [
        read, read, read, read, rig.write, lambda: edition.check(at_once=True),  # as a curator does
        *(lambda alias=alias: rig.catch_up(alias) for alias in ALIASES),
        *(lambda alias=alias: change_one(alias, is_in=False) for alias in ALIASES),
        rig.all_in,
    ]  # fmt: skip
    for _step in range(40):
        chance.choice(steps)()
    assert len(set(texts.values())) > 2
    for alias in ALIASES:
        rig.catch_up(alias)
    rig.all_in()
    assert {shown_at(address)[0] for address in pages} == {rig.numbers["default"]}


def test_what_is_kept_in_memory_is_not_read_from_a_replica_that_lacks_it(rig):  # noqa: F811
    """Another thread of the process has seen a newer edition between this one's look and its reading."""
    reading.begin(next(iter(rig.replicas)))
    edition.check()
    reading.end()
    rig.write()
    edition.check(at_once=True)
    reading.begin(next(iter(rig.replicas)))
    for kept in (selection_index, documents):
        with pytest.raises(Behind):
            kept.as_checked()


def test_a_replica_never_takes_the_copies_of_an_outage_back(rig, settings, tmp_path):  # noqa: F811
    settings.COPIES_ROOT = tmp_path / "copies"
    copies.forget()
    rig.write()
    assert copies.note() == copies.current() == FIRST + 1
    edition.forget()  # as in another process of this machine
    address = rig.entry.get_absolute_url()
    assert shown_at(address)[0] == FIRST
    assert copies.current() == FIRST + 1
    assert not copies.has(FIRST, address) and not copies.has(FIRST + 1, address)
    copies.forget()


def test_a_lost_replica_is_nobodys_error_page_and_comes_back(rig, monkeypatch):  # noqa: F811
    address, log = rig.entry.get_absolute_url(), lag.Log()
    lost, other = rig.replicas
    closed = Replica("replica-3", 10)
    connections["replica-3"] = away = connections["default"].copy("replica-3")
    away.settings_dict |= {"HOST": "127.0.0.1", "PORT": "1"}  # where nobody listens
    monkeypatch.setattr(rig.replicas, "all", [closed, lost, other])
    closed.is_in = True
    with asked(lost.alias) as statements:
        assert shown_at(address)[0] == FIRST
    assert statements and not closed.is_in
    with asked(lost.alias) as of_lost:
        for replica in (lost, other):
            replica.lost(OperationalError())
        with asked("default") as of_primary:
            shown_at(reverse("directory"))
        assert of_primary and not of_lost
    lag.look(log)
    for replica in rig.replicas:
        lag.look(log, replica)
    assert [replica.is_in for replica in rig.replicas] == [False, True, True]


class Answering:
    """A view that fails in one way on a replica, within the middleware, as Django calls both."""

    def __init__(self, replicas, failure):
        self.failure, self.tried = failure, []
        self.middleware = FromReplicas(self.get_response, replicas)

    def get_response(self, request):
        view = read_from_replicas(lambda request: HttpResponse("whole"))
        self.middleware.process_view(request, view, (), {})
        self.tried.append(reading.replica and reading.replica.alias)
        if not reading.replica:
            return HttpResponse("whole")
        return self.middleware.process_exception(request, self.failure) or HttpResponse("an outage", status=503)

    def ask(self):
        return self.middleware(RequestFactory().get("/"))


def caused_by(error, cause):
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("failure", "times"),
    [
        pytest.param(InternalError("cannot execute INSERT in a read-only transaction"), 3, id="it writes"),
        pytest.param(
            caused_by(OperationalError("conflict with recovery"), psycopg.errors.SerializationFailure()),
            3,
            id="conflict",
        ),
        pytest.param(caused_by(OperationalError("timeout"), psycopg.errors.QueryCanceled()), 1, id="takes too long"),
        pytest.param(ValueError(), 1, id="a mistake of ours"),
    ],
)
def test_only_what_another_database_may_answer_is_asked_again(rig, failure, times):  # noqa: F811
    for replica in rig.replicas:  # they are there: nothing but the request has failed
        connections[replica.alias].ensure_connection()
    view = Answering(rig.replicas, failure)
    answer = view.ask()
    assert len(view.tried) == times and (view.tried[-1] is None) == (times > 1)
    assert answer.status_code == (200 if times > 1 else 503)
    assert all(replica.is_in for replica in rig.replicas)


def test_a_made_up_session_is_read_from_a_replica(rig, settings):  # noqa: F811
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "somebody-made-this-up"
    with asked("default") as statements:
        client.get(rig.entry.get_absolute_url())
    assert not statements
