"""Names that cannot be taken, each with a sentence of its own; and names of the world, which can."""

import pytest

from pledges.signing.forms.signer import SignerForm
from tests.forms import fields_of, said, send
from tests.pledges.signing.journeys import SIGNER, refusal, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("statement")]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("Municipality of \u0410thens", "One word here mixes letters of different scripts"),
        ("\u3164", "Enter the name of the institution"),
        ("M\ufffdnchen", "A character was lost in copying"),
        ('=HYPERLINK("http://x.example";"y")', "begins like a spreadsheet formula"),
        ("+49 City", "begins like a spreadsheet formula"),
        ("@SUM(A1)", "begins like a spreadsheet formula"),
        ("https://www.athens.example", "contains a web or e-mail address"),
        ("www.athens.example", "contains a web or e-mail address"),
        ("cityofathens.com", "contains a web or e-mail address"),
        ("<b>City</b>", "contains < or >"),
        ("City\nof Athens", "has several lines"),
        ("12345", "has no letters"),
        ("A" * 121, "is 121 characters long; the limit is 120"),
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
        ("E" * 121, "is 121 characters long; the limit is 120"),
        ("E" * 10_000, "is 10000 characters long"),
        ("Ele\u03bdi", "One word here mixes letters"),
        ("=1+1", "begins like a spreadsheet formula"),
        ("eleni@athens.example", "contains a web or e-mail address"),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_the_name(client, typed, sentence):
    [found] = refusal(client, "signer", **(SIGNER | {"signer_name": typed}))
    assert sentence in found


@pytest.mark.parametrize("name", ["\u0410thens", "=cmd()", "http://a.example", "A" * 121])
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
        "Commune de St.Gilles/Sint-Gillis",
        "commune de st.gilles/sint-gillis",
        "- Ville de Genève",
    ],
)
def test_names_of_the_world_are_taken(client, name):
    page = send(client, walk(client, to="signer"), **(SIGNER | {"institution": name}))
    assert page.status_code == 200, said(page)


@pytest.mark.parametrize(
    "hidden", ["\u202e", "\u200b", "\ufeff", "\u00ad", "\u2066", "\u200e", "\x0b", "\ufe0f", "\ue000"]
)
def test_what_cannot_be_seen_is_dropped_from_a_name(client, hidden):
    typed = {"institution": f"City {hidden}of Athens", "signer_name": f"Eleni{hidden} Pappa{hidden}"}
    page = send(client, walk(client, to="signer"), **(SIGNER | typed))
    assert page.status_code == 200, said(page)
    form = SignerForm(SIGNER | typed)
    assert form.is_valid() and form.cleaned_data["institution"] == "City of Athens"


def test_an_office_has_the_room_that_its_column_has(client):
    office = "Head of the Department for Social Inclusion, Migration, Integration and Gender Equality"
    page = send(client, walk(client, to="signer"), **(SIGNER | {"office": "other", "office_other": office}))
    assert page.status_code == 200, said(page)
