"""The page of one signature: what is known, what proves it, what is missing; and nothing private."""

import re
from datetime import date
from html import unescape

import pytest
from django.urls import reverse
from django.utils.formats import date_format

from pledges.models import Signature
from practices.entries import share_card
from tests.people import a_city
from tests.pledges.signers import (
    a_confirmed,
    a_curator,
    a_published,
    a_verified,
    called_back,
    decision,
    letter,
    official_mail,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(client):
    """What a visitor reads on the page of a city's signature, without the markup."""

    def read(slug):
        answer = client.get(reverse("signature", args=[slug]))
        assert answer.status_code == 200
        return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text)))

    return read


def test_history_shows_its_sources_and_is_not_called_verified(starter, told):
    text = told("warsaw-pl")
    assert "Public sources say that Warsaw signed UNHCR’s #WithRefugees statement. We have not verified this." in text
    assert "signed by the mayor on World Refugee Day 2018" in text
    assert "Miasta całego świata" in text and "City of Warsaw" in text
    assert "Named in a public source: yes" in text
    assert text.count(": no") == 3
    assert "has verified the signature" not in text and "Gronkiewicz" not in text


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("warsaw-pl", "Signed 20 June 2018"),
        ("vienna-at", "Signed by 20 June 2018"),
        ("matsue-jp", "Signed between 29 January 2024 and 18 May 2025"),
        ("quito-ec", "Signed in 2018 or later (exact date unknown)"),
        ("kelowna-ca", "Signed on an unknown date"),
    ],
)
def test_the_day_is_said_as_exactly_as_it_is_known(starter, told, slug, said):
    assert said in told(slug)


def test_sources_are_links(starter, client):
    page = client.get(reverse("signature", args=["warsaw-pl"])).text
    for source in Signature.objects.get(city__slug="warsaw-pl").sources.all():
        assert f'href="{source.url}"' in page


def test_the_ladder_shows_what_is_there_and_what_is_not(client, told):
    signature = a_confirmed()
    signature.verify(a_curator(), [official_mail(), decision(), letter()])
    signature.publish(a_curator())
    text = told("amman-jo")
    assert "Named in a public source: no" in text
    assert "Official e-mail address: yes, checked on 4 May 2026" in text
    assert "Published decision: yes, checked on 4 May 2026" in text
    assert "Confirmed by phone: no" in text
    assert 'href="https://www.amman.example/news/1"' in client.get(reverse("signature", args=["amman-jo"])).text


def test_weak_evidence_is_on_no_rung(told):
    signature = a_confirmed(email="officer@gmail.com")
    signature.verify(a_curator(), [official_mail(), called_back()])
    signature.publish(a_curator())
    text = told("amman-jo")
    assert "Official e-mail address: no" in text and "Confirmed by phone: yes" in text


def test_it_says_which_version_was_signed_and_by_which_office(told):
    signature = a_published()
    text = told("amman-jo")
    version = f"{signature.version.title} (English, version {signature.version.number})"
    assert version in text and "Mayor" in text and "Greater Amman Municipality" in text


def test_it_says_what_the_city_commits_to_and_keeps_silent_about_none(told):
    signature = a_published()
    assert "commits to do" not in told("amman-jo")
    clause = signature.version.clauses.get()
    signature.commitments.create(position=2, clause=clause, text="A council of newcomers", due=date(2199, 5, 1))
    signature.commitments.create(position=1, clause=clause, text="200 places in classes", due=date(2020, 12, 31))
    text = told("amman-jo")
    assert (
        "Welcome 200 places in classes By 31 December 2020. This date has passed, and the city has not yet reported"
        in text
    )
    assert "Welcome A council of newcomers By 1 May 2199. " in text
    assert text.count("This date has passed") == 1 and text.index("200 places") < text.index("A council")


@pytest.mark.parametrize("promised", [0, 1, 3])
def test_one_signed_online_takes_as_many_statements_for_three_promises_as_for_one(
    client, promised, django_assert_num_queries
):
    signature = a_published()
    for number in range(promised):
        signature.commitments.create(
            position=number, clause=signature.version.clauses.get(), text="Places", due=date(2199, 5, 1)
        )
    # One for the questions about the commitments, where there are any.
    with django_assert_num_queries(10 if promised else 9):
        client.get(reverse("signature", args=["amman-jo"]))


def test_nothing_private_is_on_the_page(client):
    signature = a_confirmed(
        email="canary-mail@amman.example", phone="canary-phone", signer_name="Canary Name", office="mayor"
    )
    proof = called_back()
    proof.note, proof.number_found_at, proof.url = "canary note", "canary number", "https://canary.example/"
    curator = a_curator(first_name="Canary", last_name="Curator")
    signature.verify(curator, [proof])
    signature.publish(curator)
    signature.withdraw()
    signature.undo_withdrawal()
    page = client.get(reverse("signature", args=["amman-jo"])).text
    assert "canary" not in page.lower() and curator.username not in page
    assert "Withdraw" not in page and "withdraw" not in page


def test_a_name_is_shown_with_its_owners_leave(told):
    a_published(signer_name="Amal Haddad", name_may_be_shown=True)
    assert "Signed by Amal Haddad" in told("amman-jo")


def test_what_is_not_public_answers_as_if_it_had_never_been(client):
    a_city("Berlin", "DE")
    a_verified(city=a_city("Vienna", "AT"))
    a_published(city=a_city("Graz", "AT", official_domain="graz.example"), visibility="counted")
    a_published(
        city=a_city("Linz", "AT", official_domain="linz.example"), visibility="from-date", public_from=date(2199, 1, 1)
    )
    withdrawn = a_published(city=a_city("Bern", "CH"))
    withdrawn.withdraw()
    for slug in ("berlin-de", "vienna-at", "graz-at", "linz-at", "bern-ch", "nowhere-xx"):
        answer = client.get(reverse("signature", args=[slug]))
        # What was public once is said to be gone, and not why.
        assert answer.status_code == (410 if slug == "bern-ch" else 404)
        assert re.search(r"signed|withdr", re.sub(r"<[^>]+>", " ", answer.text), re.IGNORECASE) is None
        assert client.get(reverse("signature_card", args=[slug])).status_code == answer.status_code


def test_its_share_card_says_who_signed(client, monkeypatch):
    signature, drawn = a_published(institution="City of Amman"), []
    monkeypatch.setattr(share_card, "draw", lambda *texts, **more: drawn.append((texts, more)) or b"a picture")
    address = reverse("signature_card", args=[signature.city.slug])
    assert f'{address}">' in client.get(signature.get_absolute_url()).text
    assert client.get(address).content == b"a picture"
    [((title, place), more)] = drawn
    assert (title, place) == ("Amman stands #WithRefugees", f"Jordan · {signature.signed_in_brief}")
    assert more == {"kind_label": str(signature.standing.label), "language": "en"}


@pytest.mark.parametrize("slug", ["warsaw-pl", "brussels-be"])
def test_it_takes_four_statements(starter, client, slug, django_assert_num_queries):
    with django_assert_num_queries(4 + 1):  # and one looks at the edition
        client.get(reverse("signature", args=[slug]))


def test_it_says_when_curators_checked_and_whether_they_were_two(told):
    signature = a_published()
    day = date_format(signature.verified_at, "DATE_FORMAT")
    said = f"Verified by a curator of this directory on {day}. Published by a second curator on {day}."
    assert said in told("amman-jo")


def test_one_curator_alone_is_not_called_two(told):
    curator = a_curator(first_name="Ada", last_name="Lovelace")
    signature = a_confirmed()
    signature.verify(curator, [official_mail()])
    signature.publish(curator)
    text = told("amman-jo")
    assert (
        "second curator" not in text and f"Published on {date_format(signature.published_at, 'DATE_FORMAT')}." in text
    )
    assert "Ada" not in text and "Lovelace" not in text


def test_nobody_is_said_to_have_checked_history(starter, told):
    assert "Verified by a curator" not in told("warsaw-pl")


def test_the_fingerprint_of_the_version_signed_is_shown(told):
    signature = a_published()
    assert " ".join(signature.version.sha256_groups) in told("amman-jo")
