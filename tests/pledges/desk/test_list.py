"""The list of signatures at the desk, and the start page: what waits, how many, since when."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.urls import reverse

from citysolidarity.desk import limits
from pledges.models import Signature, SignatureLetter
from tests.people import a_city
from tests.pledges.desk.desk import at_the_desk, somebody, the_list
from tests.pledges.signers import a_confirmed, a_curator, a_draft, a_published, a_stated, a_verified, make_older

pytestmark = pytest.mark.django_db


@pytest.fixture
def curator():
    return at_the_desk(somebody("Curator"))


def places(answer):
    return [signature.city.name for signature in answer.context["cl"].result_list]


def waiting(client):
    return {str(one.label): one for one in client.get(reverse("admin:index")).context["waiting"]}


def test_the_oldest_waits_on_top_and_what_waits_no_more_comes_last(curator):
    a_published(city=a_city("Oslo", "NO"))
    for name, days in (("Young", 1), ("Old", 9), ("Middle", 4)):
        made = a_confirmed(city=a_city(name))
        make_older(made, drafted_at=timedelta(days=days), confirmed_at=timedelta(days=days))
    assert places(curator.get(the_list())) == ["Old", "Middle", "Young", "Oslo"]


def test_the_filters_are_lists_of_things_to_do_with_their_counts(curator):
    a_confirmed(city=a_city("Amman"))
    a_verified(city=a_city("Berlin", "DE"))
    a_stated(city=a_city("Cali", "CO"))
    page = curator.get(the_list(waits="to-verify"))
    assert places(page) == ["Amman"]
    assert "Signatures to verify (1)" in page.content.decode()
    assert "Verified signatures to publish (1)" in page.content.decode()
    assert places(curator.get(the_list(waits="to-publish"))) == ["Berlin"]
    assert places(curator.get(the_list(state="published"))) == ["Cali"]
    assert len(places(curator.get(the_list(waits="'", state="'")))) == 3


@pytest.mark.parametrize(
    ("email", "official", "verdict", "second"),
    [
        ("mayor@amman.jo", "amman.jo", "Official domain of the city", "Not needed"),
        ("mayor@gmail.com", "amman.jo", "Free provider: anyone can create an e-mail address there", "Needed"),
        ("mayor@xn--mmn-5cdc.jo", "amman.jo", "Looks like amman.jo, but is not", "Needed"),
        ("mayor@example.org", "amman.jo", "Other domain", "Needed"),
        ("mayor@example.org", "", "No official domain is recorded to compare it with", "Needed"),
    ],
)
def test_a_row_tells_what_the_mailbox_is_worth(curator, email, official, verdict, second):
    a_confirmed(city=a_city(official_domain=official), email=email)
    text = curator.get(the_list()).content.decode()
    assert verdict in text
    assert email.partition("@")[2] in text
    assert f'field-second_curator">{second}<' in text
    assert email not in text


@pytest.mark.parametrize("mailbox", ["officer@amman.example", "officer@gmail.com"])
@pytest.mark.parametrize("earlier", ["none", "refused", "disowned"])
def test_the_column_about_the_second_curator_says_what_the_rule_says(curator, mailbox, earlier):
    city = a_city(official_domain="amman.example")
    if earlier == "refused":
        a_confirmed(city=city).refuse(a_curator(), "no-proof")
    elif earlier == "disowned":
        a_draft(city=city).disown()
    signature = a_confirmed(city=city, email=mailbox)
    text = curator.get(the_list(waits="to-verify")).content.decode()
    assert f'field-second_curator">{"Needed" if signature.needs_second_curator else "Not needed"}<' in text


def test_the_list_needs_as_many_statements_for_many_as_for_few(curator, django_assert_max_num_queries):
    for number in range(25):
        a_confirmed(city=a_city(f"Town {number}"))
    with django_assert_max_num_queries(15):
        assert len(places(curator.get(the_list()))) == 25


def test_curators_find_a_signature_by_its_mailbox_and_viewers_do_not(curator):
    a_confirmed(email="rana.haddad@amman.example")
    assert places(curator.get(the_list(q="rana.haddad"))) == ["Amman"]
    assert places(at_the_desk(somebody("Viewer")).get(the_list(q="rana.haddad"))) == []


# --- the start page ---------------------------------------------------------------------------


def test_every_figure_of_the_start_page_is_the_length_of_the_list_behind_it(curator):
    for name in ("Amman", "Berlin", "Cali"):
        a_confirmed(city=a_city(name))
    a_verified(city=a_city("Dakar", "SN"))
    bounced(a_draft(city=a_city("Oslo", "NO")))
    ours = reverse("admin:pledges_signature_changelist")
    found = {label: one for label, one in waiting(curator).items() if one.url.startswith(ours)}
    assert {label: one.count for label, one in found.items()} == {
        "Signatures to verify": 3,
        "Verified signatures to publish": 1,
        "Signatures whose e-mails did not arrive": 1,
    }
    for one in found.values():
        assert len(places(curator.get(one.url))) == one.count


def test_the_oldest_comes_first_and_says_how_long_it_has_waited(curator):
    make_older(
        a_verified(city=a_city("Dakar", "SN")),
        **dict.fromkeys(("drafted_at", "confirmed_at", "verified_at"), timedelta(days=21)),
    )
    a_confirmed()
    page = curator.get(reverse("admin:index"))
    first, second, *others = [one.count for one in page.context["waiting"]]
    assert (first, second) == (1, 1) and not any(others)
    assert str(page.context["waiting"][0].label) == "Verified signatures to publish"
    assert "The oldest has waited 3\xa0weeks, since" in page.content.decode()
    assert "Nothing waits in" in page.content.decode()


def test_a_bounce_waits_until_its_signature_has_ended_and_a_month_at_most(curator):
    signature = a_draft()
    bounced(signature)
    assert waiting(curator)["Signatures whose e-mails did not arrive"].count == 1
    signature.disown()
    assert waiting(curator)["Signatures whose e-mails did not arrive"].count == 0
    old = a_draft(city=a_city("Oslo", "NO"))
    bounced(old)
    SignatureLetter.objects.filter(signature=old).update(posted_at=Now() - timedelta(days=31))
    assert waiting(curator)["Signatures whose e-mails did not arrive"].count == 0


def test_the_start_page_stays_under_twelve_statements(curator, django_assert_max_num_queries):
    for number in range(12):
        a_confirmed(city=a_city(f"Town {number}"))
    curator.get(reverse("admin:index"))
    with django_assert_max_num_queries(12):
        assert curator.get(reverse("admin:index")).status_code == 200


def test_the_start_page_says_when_letters_wait(curator, monkeypatch):
    monkeypatch.setattr(limits.DRAFTS, "most", 2)
    assert limits.DRAFTS.take() == 0
    assert "Many signatures came" not in curator.get(reverse("admin:index")).content.decode()
    assert limits.DRAFTS.take() == 0
    page = curator.get(reverse("admin:index")).content.decode()
    assert "the next e-mail will be sent in 60 minutes" in page
    a_draft()
    assert places(curator.get(the_list(state="drafted"))) == ["Amman"]


def test_who_may_not_see_signatures_is_told_nothing_of_them(db):
    a_confirmed()
    user = somebody("Viewer")
    user.groups.clear()
    page = at_the_desk(user).get(reverse("admin:index"))
    assert page.context["waiting"] == []
    assert at_the_desk(user).get(the_list()).status_code == 403


def bounced(signature: Signature):
    SignatureLetter.about(signature, "confirm_signature", "en").mark_bounced("550 5.1.1")
