"""The way through the form: from page to page, back and on, until it is sent."""

import pytest
from django.urls import reverse

from pledges.models import Commitment, SentForm, Signature, SignatureLetter
from pledges.vocabularies import Kind, State, Visibility
from practices.models import City
from tests.forms import fields_of, heading, said, send
from tests.people import a_city, a_practice
from tests.pledges.signers import a_stated, a_version
from tests.pledges.signing.journeys import NEXT_YEAR, sign, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("statement", "patience")]


def test_the_first_page_tells_what_is_signed_and_leads_on(client, statement):
    page = client.get(reverse("sign"))
    assert "We welcome." in page.text and f'href="{reverse("sign_city")}"' in page.text
    assert not page.cookies


OWN_TEXT = "this directory’s own text, not UNHCR’s"


def test_the_first_page_says_whose_text_it_is(client):
    assert OWN_TEXT in " ".join(client.get(reverse("sign")).text.split())
    assert OWN_TEXT in " ".join(client.get(reverse("home")).text.split())


def test_every_page_lists_the_promises_and_says_how_many_pages_are_left(client, statement):
    title = statement.clauses.get().title
    assert "6 more pages after this one" in " ".join(client.get(reverse("sign")).text.split())
    for left, name in enumerate(("check", "commitments", "visibility", "contact", "signer", "city")):
        page = " ".join(walk(client, to=name).text.split())
        assert f"<li>{title}</li>" in page
        said = {0: "This is the last page", 1: "1 more page after this one"}
        assert said.get(left, f"{left} more pages after this one") in page


def test_a_place_that_is_added_is_one_more_page(client):
    page = walk(client, to="city")
    added = send(client, page, city="another")
    assert "5 more pages after this one" in " ".join(added.text.split())


def test_the_whole_way_makes_a_draft_with_its_event_and_its_letter(client, statement):
    answer = sign(client)
    signature = Signature.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == reverse("sign_sent", args=[signature.sent_form.reference])
    assert (signature.state, signature.city.name, signature.version) == (State.DRAFTED, "Athens", statement)
    assert (signature.institution, signature.office) == ("Municipality of Athens", "mayor")
    assert (signature.signer_name, signature.name_may_be_shown) == ("Eleni Papadopoulou", False)
    assert signature.visibility == Visibility.PUBLIC
    assert signature.contact.email == "mayor@athens.example"
    assert [event.kind for event in signature.events.all()] == [Kind.DRAFTED]
    assert [letter.name for letter in signature.letters.all()] == ["confirm_signature"]


def test_the_page_after_it_gives_the_reference_and_what_happens_next(client, django_assert_num_queries):
    address = sign(client)["Location"]
    with django_assert_num_queries(0):
        page = client.get(address)
    assert SentForm.objects.get().reference in page.text
    assert "What happens next" in page.text and "seven days" in page.text


def test_no_page_sets_a_cookie_or_is_kept_anywhere(client):
    for name in ("city", "signer", "contact", "visibility", "commitments", "check"):
        page = walk(client, to=name)
        assert page["Cache-Control"] == "no-store"
        assert page["Referrer-Policy"] == "no-referrer"
    assert not client.cookies


def test_going_back_and_on_keeps_every_answer(client):
    page = walk(client, to="visibility")
    back = client.post(reverse("sign_signer"), fields_of(page) | {"show": "1"})
    assert heading(back) == "Who signs?" and not said(back)
    assert fields_of(back)["institution"] == "Municipality of Athens"
    on = send(client, back, institution="City of Athens")
    assert heading(on) == heading(page)
    assert fields_of(on)["institution"] == "City of Athens"


def test_a_change_from_the_last_page_leads_straight_back_to_it(client):
    page = walk(client)
    changed = client.post(reverse("sign_contact"), fields_of(page) | {"show": "1"})
    again = send(client, changed, email="clerk@athens.example")
    assert heading(again) == "Check your answers" and "clerk@athens.example" in again.text


def test_a_page_in_the_middle_without_answers_leads_to_the_first(client):
    for name in ("place", "signer", "contact", "visibility", "commitments", "check"):
        assert client.get(reverse(f"sign_{name}"))["Location"] == reverse("sign_city")


def test_answers_that_do_not_fit_any_more_lead_to_their_page(client):
    page = walk(client)
    answer = send(client, page, consent="on", institution="")
    assert answer.status_code == 422 and heading(answer) == "Who signs?"
    assert said(answer) == ["Enter the name of the institution"]
    assert not Signature.objects.exists()


def test_commitments_are_kept_with_their_clause_and_day(client, statement):
    promise = {
        "promise_1": "Open 200 places in language classes",
        "clause_1": "welcome",
        "due_1_day": "31",
        "due_1_month": "12",
        "due_1_year": NEXT_YEAR,
    }
    page = walk(client, commitments=promise)
    assert "Open 200 places in language classes (Welcome, by 31 December" in page.text
    send(client, page, consent="on")
    kept = Commitment.objects.get()
    assert (kept.text, kept.clause.code) == ("Open 200 places in language classes", "welcome")
    assert kept.due.isoformat() == f"{NEXT_YEAR}-12-31"


def test_a_later_day_and_the_page_of_the_decision_are_kept(client):
    day = {"visibility": "from-date", "public_from_day": "20", "public_from_month": "6", "public_from_year": NEXT_YEAR}
    sign(client, visibility=day, contact={"email": "m@athens.example", "decision_url": "www.athens.example/decision"})
    signature = Signature.objects.get()
    assert signature.public_from.isoformat() == f"{NEXT_YEAR}-06-20"
    assert signature.contact.decision_url == "https://www.athens.example/decision"


def test_a_free_mailbox_is_accepted_and_told_that_proof_takes_longer(client):
    page = walk(client, contact={"email": "athens.mayor@gmail.com"})
    assert "verification takes longer" in page.text
    assert send(client, page, consent="on").status_code == 302


def test_a_city_that_signed_gets_the_other_letter_and_a_draft_of_its_own(client):
    a_stated(city=a_city("Athens", "GR", geonames_id=264371))
    sign(client)
    assert SignatureLetter.objects.get().name == "already_signed"
    assert City.objects.filter(name="Athens").count() == 1


def test_a_new_version_of_the_statement_has_to_be_read_first(client, statement):
    page = walk(client)
    newer = a_version(promise="We welcome everyone.", number=statement.number + 1)
    answer = send(client, page, consent="on")
    assert answer.status_code == 422 and "new version of the statement" in said(answer)[0]
    assert "We welcome everyone." in answer.text
    assert send(client, answer, consent="on").status_code == 302
    assert Signature.objects.get().version == newer


# --- which city ----------------------------------------------------------------------


def test_without_script_the_name_leads_to_a_list_to_choose_from(client):
    page = send(client, client.get(reverse("sign_city")), q="Αθήνα")
    assert page.status_code == 200 and not said(page)
    assert 'value="place:264371"' in page.text
    on = send(client, page, city="place:264371")
    assert heading(on) == "Who signs?"


def test_a_list_from_which_nothing_was_chosen_asks_again(client):
    page = send(client, client.get(reverse("sign_city")), q="Athens")
    answer = send(client, page)
    assert answer.status_code == 422
    assert said(answer) == ["Select your city from the list, or add it as a new place"]
    assert fields_of(answer)["q"] == "Athens" and 'value="place:264371"' in answer.text


def test_a_name_that_no_list_holds_can_be_added_by_hand(client):
    page = send(client, client.get(reverse("sign_city")), q="Xyzzyq")
    assert page.status_code == 422
    assert said(page) == ["Select your city from the list, or add it as a new place"]
    by_hand = send(client, page, city="new")
    assert heading(by_hand) == "Add your city"


def test_a_name_typed_over_a_choice_is_searched_anew(client):
    page = send(client, client.get(reverse("sign_city")), q="Athinai", city="place:264371", searched="Athens")
    assert heading(page) == "Which city is signing?"


def test_a_place_added_by_hand_becomes_a_city_that_no_page_shows(client):
    page = send(client, client.get(reverse("sign_city")), q="Kalaupapa", city="new")
    page = send(client, page, place_name="Kalaupapa", place_area="Hawaii", place_country="US")
    assert heading(page) == "Who signs?"
    page = send(client, page, institution="Kalawao County", office="other", office_other="Clerk", signer_name="Ann Lee")
    page = send(client, send(client, page, email="clerk@kalawao.example"), visibility="counted")
    page = send(client, page)
    assert "Kalaupapa, United States" in page.text
    send(client, page, consent="on")
    city = Signature.objects.get().city
    assert (city.name, city.country, city.slug) == ("Kalaupapa", "US", "kalaupapa-us")
    assert client.get(city.get_absolute_url()).status_code == 404
    assert client.get(reverse("places"), {"q": "Kalaupapa"}).json() == {"places": [], "said": "No place"}


def test_a_place_by_hand_that_the_gazetteer_knows_is_offered(client):
    page = send(client, client.get(reverse("sign_city")), q="", city="new")
    answer = send(client, page, place_name="Athens", place_country="GR")
    assert answer.status_code == 422
    assert said(answer) == ["We know a place with this name. Is it one of these?"]
    assert heading(send(client, answer, city="place:264371")) == "Who signs?"


def test_another_place_of_the_same_name_says_where_it_lies(client):
    a_practice(city=a_city("Athens", "GR"))
    page = send(client, client.get(reverse("sign_city")), q="", city="new")
    page = send(client, page, place_name="Athens", place_country="GR")
    answer = send(client, page, city="another")
    assert said(answer) == ["There is another place with this name: enter the region, province or state of yours"]
    assert heading(send(client, answer, city="another", place_area="Thessaly")) == "Who signs?"


def test_the_same_place_chosen_twice_is_one_city(client):
    sign(client)
    sign(client)
    assert Signature.objects.count() == 2 and City.objects.count() == 1
