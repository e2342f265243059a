"""The house stays easy to enter: bounds for its rooms, the arrows between them, and what a journey has to pass."""

import ast
import sys
from collections import Counter
from contextlib import contextmanager

import pytest
from django.urls import reverse

from pledges.models import Signature, SignatureLetter
from practices.models import Submission
from tests.desk import desk
from tests.forms import a_place, send
from tests.letters import work
from tests.people import a_city
from tests.pledges.email_links.letters import link
from tests.pledges.signers import a_version
from tests.pledges.signing import journeys
from tests.practices.sharing import sharers
from tests.rig import rooms

# Nothing here grows by itself: lower a number when the house gets simpler, and say in the commit what a higher one buys.
NAMES, ARROWS, LINES = 25, 91, 69_436
# Each passes `operation/`, which gives every request an id and counts it.
MOST_ROOMS = {
    "search, misspelt": 11,  # one of them is the library, kept in memory
    "the same search again": 9,
    "sign: last button": 12,  # the form's texts, its one-time token, the e-mail that follows
    "sign: letter leaves": 12,  # the worker looks once an hour for news to tell
    "sign: link opened": 11,
    "sign: link confirmed": 8,
    "share: last button": 12,  # countries to choose from stand in the order of the page's language
    "share: curator looks": 22,  # the desk asks every room what waits
    "share: curator accepts": 13,
}


@contextmanager
def step(name):
    """Count and print the rooms that a step of a journey enters; more than it may enter fails."""
    with rooms.calls() as counted:
        yield
    names = ", ".join(f"{room} {number}" for room, number in counted.most_common())
    sys.stdout.write(f"\n{name}: {len(counted)} rooms, {counted.total():,} calls\n    {names}\n")
    assert 0 < len(counted) <= MOST_ROOMS[name], names


# --- the map ----------------------------------------------------------------------------


def test_the_practices_have_few_rooms():
    assert len(rooms.rooms("practices")) <= NAMES


def test_few_arrows_run_between_the_practices_rooms():
    assert 0 < len(rooms.arrows("practices")) <= ARROWS


def test_no_arrow_points_up():
    assert rooms.upward_arrows(rooms.layer_contracts()) == set()


def test_an_arrow_that_points_up_or_sideways_is_seen():
    def seen(*layers):
        return rooms.upward_arrows([{"layers": layers, "containers": ["practices"]}])

    upward = ("practices.models", "practices.vocabularies")
    assert upward in seen("vocabularies", "models") and upward in seen("models | (vocabularies)")
    assert upward not in seen("models", "vocabularies")


def test_no_room_imports_the_views_of_another():
    """What two rooms need is a function of its own; only an address leads to a view."""

    def is_foreign(module, view):
        folder = view.partition(".views")[0]
        return not module.startswith(f"{folder}.") and module.rpartition(".")[2] != "urls"

    views = [(module, view) for module, view in rooms.imports() if "views" in view.split(".")]
    assert [pair for pair in views if is_foreign(*pair)] == [] and views


def test_nothing_is_called_after_what_it_is_made_of():
    """A folder is a subject; these names take in anything."""
    names = {part for module in rooms.modules() for part in module.split(".")}
    assert names.isdisjoint({"services", "service", "utils", "util", "helpers", "common", "core", "misc"})


@pytest.mark.parametrize("package", rooms.PACKAGES)
def test_no_class_name_stands_twice_in_a_package(package):
    names = Counter(
        node.name
        for module, file in rooms.modules().items()
        if module.startswith(f"{package}.") and file.parent.name != "migrations"
        for node in ast.parse(file.read_bytes()).body
        if isinstance(node, ast.ClassDef)
    )
    # Django finds the class of a command by this name.
    assert [name for name, times in names.items() if times > 1 and name != "Command"] == [] and names


def test_the_code_does_not_grow():
    assert 0 < rooms.lines_of_code() <= LINES


# --- the journeys -----------------------------------------------------------------------


@pytest.fixture
def athens(db, monkeypatch):
    """A place that can be chosen and is a city already; and nobody is too fast for a person."""
    monkeypatch.setattr("citysolidarity.forms.form_token.SLOWER_THAN_A_ROBOT", 0)
    a_place()
    a_city("Athens", "GR")


def test_a_search_enters_few_rooms(client, starter):
    """The directory was opened before, as it always has been on a running site; nobody searched for this word yet."""
    client.get(reverse("directory"))
    for name in ("search, misspelt", "the same search again"):
        with step(name):
            page = client.get(reverse("directory"), {"q": "houssing"})
        assert page.status_code == 200 and "Showing results for <b>housing</b>" in page.text


def test_a_signature_enters_few_rooms(client, athens):
    a_version()
    work()  # what is done once a day is no part of the way
    page = journeys.walk(client)
    with step("sign: last button"):
        send(client, page, **journeys.ANSWERS["check"])
    with step("sign: letter leaves"):
        work()
    address = link(SignatureLetter.objects.get(), "confirm")
    with step("sign: link opened"):
        client.get(address)
    with step("sign: link confirmed"):
        client.post(address)
    assert Signature.objects.get().state == "confirmed"


def test_a_submission_enters_few_rooms(client, admin_client, athens):
    page = sharers.walk(client)
    with step("share: last button"):
        send(client, page, **sharers.ANSWERS["check"])
    address = desk("submission", "change", Submission.objects.get().pk)
    with step("share: curator looks"):
        admin_client.get(address)
    with step("share: curator accepts"):
        admin_client.post(address, {"act": "accept"})
    assert Submission.objects.get().state == "accepted"
