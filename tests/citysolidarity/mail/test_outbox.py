"""The outbox page of a development machine."""

import os
import time

import pytest

from citysolidarity.mail import sending
from citysolidarity.mail.texts import Words


@pytest.fixture
def machine(settings, tmp_path):
    """A development machine whose letters lie in a folder of their own."""
    settings.MAIL_OUTBOX = tmp_path / "outbox"
    settings.MAILERS = {"default": {"BACKEND": "citysolidarity.mail.outbox.Outbox"}}
    return tmp_path / "outbox"


def send(identity="0b1f"):
    words = Words("The signature of {{ city }} has been verified", "A curator has checked it: http://localhost/en/\n")
    sending.deliver(sending.compose(words, "officer@amman.example", language="en", identity=identity))


pytestmark = pytest.mark.django_db


def test_a_letter_can_be_read_and_its_links_followed(client, machine):
    send()
    page = client.get("/outbox/").content.decode()
    assert "The signature of {{ city }} has been verified" in page and "officer@amman.example" in page
    assert '<a href="http' in page


def test_an_empty_outbox_says_so(client, machine):
    assert "No e-mail yet" in client.get("/outbox/").content.decode()


def test_a_second_copy_takes_the_place_of_the_first(machine):
    send()
    send()
    send("0b20")
    assert len(list(machine.iterdir())) == 2


def test_letters_go_after_a_week(machine):
    send()
    (old,) = machine.iterdir()
    os.utime(old, (time.time() - 8 * 86_400,) * 2)
    send("0b20")
    assert not old.exists()


def test_nobody_else_sees_it(client, machine, settings):
    send()
    assert client.get("/outbox/", REMOTE_ADDR="192.0.2.7").status_code == 404
    assert client.get("/outbox/", REMOTE_ADDR="").status_code == 404
    settings.MAIL_OUTBOX = None
    assert client.get("/outbox/").status_code == 404


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "via", "x-real-ip", "x-forwarded-proto"])
def test_a_proxy_on_this_machine_shows_it_to_nobody(client, header):
    assert client.get("/outbox/").status_code == 200
    assert client.get("/outbox/", headers={header: "198.51.100.9"}).status_code == 404
