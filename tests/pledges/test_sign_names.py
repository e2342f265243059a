"""Names that cannot be taken, each with a sentence of its own; and names of the world, which can."""

import pytest

from tests.forms import a_place, fields_of, said, send
from tests.pledges.journeys import SIGNER, refusal, walk
from tests.pledges.signers import a_version

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def statement():
    a_place()
    return a_version()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Municipality of \u0410thens", "One word here mixes letters of different scripts"),
        ("City \u202eof Athens", "hidden mark that turns the direction"),
        ("City\u200b of Athens", "characters that cannot be seen"),
        ("City\ufeff of Athens", "characters that cannot be seen"),
        ("\u3164", "characters that cannot be seen"),
        ('=HYPERLINK("http://x.example";"y")', "begins like a formula"),
        ("+49 City", "begins like a formula"),
        ("@SUM(A1)", "begins like a formula"),
        ("https://www.athens.example", "holds a web or mail address"),
        ("www.athens.example", "holds a web or mail address"),
        ("cityofathens.com", "holds a web or mail address"),
        ("<b>City</b>", "holds < or >"),
        ("City\nof Athens", "goes over several lines"),
        ("12345", "has no letters"),
        ("A" * 121, "is 121 characters long; there is room for 120"),
        ("A" * 10_000, "is 10000 characters long"),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_the_institution(client, typed, sentence):
    [found] = refusal(client, "signer", **(SIGNER | {"institution": typed}))
    assert sentence in found


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("E" * 61, "is 61 characters long; there is room for 60"),
        ("E" * 10_000, "is 10000 characters long"),
        ("Ele\u03bdi", "One word here mixes letters"),
        ("\u2066Eleni\u2069", "hidden mark that turns the direction"),
        ("=1+1", "begins like a formula"),
        ("eleni@athens.example", "holds a web or mail address"),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_the_name(client, typed, sentence):
    [found] = refusal(client, "signer", **(SIGNER | {"signer_name": typed}))
    assert sentence in found


@pytest.mark.parametrize("name", ["\u0410thens", "Ath\u202eens", "=cmd()", "http://a.example", "A" * 61])
def test_a_place_by_hand_keeps_the_same_rules(client, name):
    page = send(client, walk(client, to="city"), q="", city="new")
    answer = send(client, page, place_name=name, place_country="GR")
    assert answer.status_code == 422 and len(said(answer)) == 1
    assert fields_of(answer)["place_name"] == name


@pytest.mark.parametrize(
    "name",
    [
        "Ayuntamiento de San Sebastián",
        "أمانة عمّان الكبرى",
        "شهرداری کلان\u200cشهر",
        "Δήμος Αθηναίων (Athens)",
        "東京都23区 Tokyo",
        "Gemeente 's-Hertogenbosch",
        "नगर निगम",
        "Сhisinau".replace("\u0421", "C"),
        "Stadt St. Gallen",
        "City & County of Denver",
    ],
)
def test_names_of_the_world_are_taken(client, name):
    page = send(client, walk(client, to="signer"), **(SIGNER | {"institution": name}))
    assert page.status_code == 200, said(page)
