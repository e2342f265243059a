"""Evidence and the official domain: what is recorded under whose name, and what is sent back."""

import pytest
from django.contrib.admin.models import LogEntry

from tests.people import a_city
from tests.pledges.desk.desk import (
    press,
    proven,
    the_act,
    the_page,
)
from tests.pledges.signers import (
    a_confirmed,
    a_curator,
)

pytestmark = pytest.mark.django_db
CALL = {"kind": "called-back", "number_found_at": "The city's own site", "seen_on": "2026-05-04"}


def test_evidence_is_recorded_under_the_curators_name(desk, ana):
    signature = a_confirmed()
    assert press(desk, signature, "evidence", **CALL) == [
        ("Greater Amman Municipality: The evidence has been recorded.")
    ]
    proof = signature.evidence.get()
    assert (proof.by, proof.kind, proof.number_found_at) == (ana, "called-back", "The city's own site")
    assert LogEntry.objects.get(user=ana).change_message == "Evidence: Confirmed by phone."


@pytest.mark.parametrize(
    ("filled_in", "said"),
    [
        ({"kind": "published-decision", "seen_on": "2026-05-04"}, "Enter the web address of the published decision."),
        ({"kind": "called-back", "seen_on": "2026-05-04"}, "Say where you found the number: one that came with the signature proves nothing."),  # noqa: E501
        ({"kind": "letter", "seen_on": "2199-01-01"}, "This date is in the future."),
        ({"kind": "letter", "seen_on": "2026-02-31"}, "Enter a valid date."),
        ({"kind": "hearsay", "seen_on": "2026-05-04"}, "Select a valid choice. hearsay is not one of the available choices."),
        (
            {"kind": "letter", "seen_on": "2026-05-04", "url": "javascript:alert(1)"},
            "A web address begins with https:// or http://, but this one does not",
        ),
    ],
)  # fmt: skip
def test_evidence_that_shows_nothing_is_sent_back_with_a_sentence(desk, filled_in, said):
    signature = a_confirmed()
    assert press(desk, signature, "evidence", **filled_in) == [said]
    assert not signature.evidence.exists()


def test_evidence_typed_while_somebody_verified_is_not_lost(desk):
    signature = proven()
    asked = desk.get(the_act(signature, "evidence"))
    signature.verify(a_curator())
    desk.post(the_act(signature, "evidence"), {"seen": asked.context["seen"][1], **CALL})
    assert signature.evidence.count() == 2


def test_the_official_domain_is_recorded_with_its_source_in_the_citys_log(desk):
    city = a_city()
    signature = a_confirmed(city=city)
    typed = {"official_domain": "https://www.Amman.example/", "source": "https://moi.gov.jo/list"}
    assert press(desk, signature, "domain", **typed) == [
        ("Greater Amman Municipality: The official domain has been recorded.")
    ]
    city.refresh_from_db()
    assert city.official_domain == "amman.example"
    logged = LogEntry.objects.get(content_type__model="city").change_message
    assert logged == "Official domain of the city: – → amman.example, after https://moi.gov.jo/list"
    assert "Official domain of the city</span>" in desk.get(the_page(signature)).content.decode()


@pytest.mark.parametrize(
    ("domain", "said"),
    [
        ("gmail.com", "Anyone can create an e-mail address there: it cannot be official."),
        ("com", "Enter a domain such as berlin.de."),
        ("amman jo", "Enter a domain such as berlin.de."),
        ("http://", "Enter a domain such as berlin.de."),
        ("http://[::1", "Enter a domain such as berlin.de."),
    ],
)
def test_a_domain_that_proves_nothing_is_refused(desk, domain, said):
    signature = a_confirmed(city=a_city())
    assert press(desk, signature, "domain", official_domain=domain, source="https://moi.gov.jo/") == [said]
    assert signature.city.__class__.objects.get(pk=signature.city_id).official_domain == ""
