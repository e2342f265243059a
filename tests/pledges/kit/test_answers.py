"""What the kit answers to a mayor's questions is true of this site: each promise in words beside the rule in the code."""

from datetime import timedelta

import pytest
from django.urls import reverse

from citysolidarity.caching.shared import FILE
from pledges.models import Signature
from pledges.models.letter import UNDO_WITHIN
from pledges.models.workflow import CONFIRM_WITHIN
from pledges.signatories.views.badge import HEADERS
from pledges.signing.forms.commitments import ROOM, CommitmentsForm
from pledges.vocabularies import Office, Visibility
from practices.comparing.comparison import MOST
from tests.people import a_city
from tests.pledges.signers import a_confirmed, a_curator, a_draft, a_published, a_version, called_back, letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def answers(client):
    a_version()
    page = client.get(reverse("kit_document", args=["questions"])).text
    return " ".join(page.partition("<main")[2].split())


def test_a_signature_can_be_undone_and_confirmed_within_the_spans_that_it_names(answers):
    assert "You can undo this for 48 hours" in answers and timedelta(hours=48) == UNDO_WITHIN
    assert "through an e-mail within seven days" in answers and timedelta(days=7) == CONFIRM_WITHIN


def test_the_badge_is_gone_within_five_minutes(answers):
    assert "disappears from your website within five minutes" in answers
    assert HEADERS["Cache-Control"] == FILE


def test_up_to_three_commitments_are_optional(answers):
    assert "up to three commitments" in answers and ROOM == 3
    form = CommitmentsForm({"seen": "1"}, clauses=[("welcome", "Welcome")])
    assert form.is_valid() and form.cleaned_data["promises"] == []


def test_a_letter_alone_verifies_nothing_and_a_call_does(answers):
    assert "One strong proof is needed" in answers
    signature = a_confirmed()
    assert not letter().is_strong_for(signature.city, signature.contact)
    assert called_back().is_strong_for(signature.city, signature.contact)


def test_an_address_that_is_not_known_as_the_citys_own_needs_two_curators(answers):
    assert "we do not know as the city’s own, two curators have to agree" in answers
    free, own = (
        a_confirmed(city=a_city(name, "AT", official_domain="city.example"), email=email)
        for name, email in (("Graz", "graz@elsewhere.example"), ("Linz", "office@city.example"))
    )
    curator = a_curator()
    for signature in (free, own):
        signature.verify(curator, [called_back()])
    assert free.needs_second_curator and not own.needs_second_curator


def test_a_city_may_withdraw_without_a_reason_at_any_time(answers):
    assert "Yes, at any time and without giving reasons" in answers
    for start in (a_confirmed, a_published):
        signature = start(city=a_city("Graz", "AT", official_domain="city.example"))
        signature.withdraw()
        assert not Signature.objects.public().filter(pk=signature.pk).exists()


def test_the_ways_to_be_shown_are_those_that_it_names(answers):
    assert "public now, public from a date of your choice, or counted but not named" in answers
    assert set(Visibility) == {"public", "from-date", "counted"}


def test_a_name_is_shown_only_where_a_box_was_ticked(answers):
    assert "shown only if they tick a separate box" in answers
    assert a_draft(signer_name="Rana").shown_name == ""


def test_the_offices_are_those_of_the_form(answers):
    for office in (Office.MAYOR, Office.COUNCIL_PRESIDENT, Office.GOVERNOR):
        assert str(office.label).lower() in answers.lower()


def test_the_statement_says_what_is_quoted_of_it(answers, settings):
    text = (settings.BASE_DIR / "fixtures" / "statement.jsonl").read_text("utf-8")
    assert "Within our powers and our means" in text and "“within our powers and our means”" in answers
    assert "not for one person or one term of office" in text
    assert "“not for one person or one term of office”" in answers


def test_as_many_practices_can_be_compared_as_the_plan_says(client):
    assert "select up to four practices" in client.get(reverse("hundred_days")).text and MOST == 4
