"""One search over everything at the desk, as far as the role may see it."""

import pytest
from django.urls import reverse

from tests.forms import a_place
from tests.login import at_the_desk, staff
from tests.people import a_city, a_practice
from tests.pledges.signers import a_confirmed, number
from tests.practices.correspondence.letters import MAILBOX, a_route
from tests.practices.correspondence.test_report import CANARY, a_report
from tests.practices.desk.test_todo import a_question
from tests.practices.sharing.sharers import a_submission

pytestmark = pytest.mark.django_db


def found(words, role="Curator") -> dict[str, list]:
    """The list's name → the pages of its rows."""
    user = staff(f"person-{next(number)}", role)
    page = at_the_desk(user).get(reverse("admin:search"), {"q": words})
    assert page.status_code == 200
    return {one.label: [url for _row, url in one.rows] for one in page.context["found"]}


def page_of(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


@pytest.mark.parametrize("spoken", [str, str.lower, lambda text: text.replace("-", " ")])
def test_a_reference_leads_to_what_it_stands_on(spoken):
    a_place()
    rows = [a_submission(), a_report(a_practice()), a_question(a_practice())]
    for row in rows:
        pages = [url for urls in found(spoken(row.reference)).values() for url in urls]
        # The keys that tests make up may give a report and a question the same one.
        assert sorted(pages) == sorted(page_of(other) for other in rows if other.reference == row.reference)


@pytest.mark.parametrize(
    "words", ["Köln", "koln", "Cologne", "كولونيا", "Кёльн", "colonia", "Allemagne", "alemania koln"]
)
def test_a_city_is_found_in_any_script_with_all_that_is_about_it(words):
    city = a_city("Cologne", "DE", names={"de": "Köln", "ar": "كولونيا", "ru": "Кёльн", "es": "Colonia"})
    entry, signature = a_practice(city=city), a_confirmed(city=city)
    a_confirmed(city=a_city("Oslo", "NO"))
    report = a_report(entry)
    lists = found(words)
    assert lists["Cities"] == [page_of(city)] and lists["Signatures"] == [page_of(signature)]
    assert page_of(entry) in lists["Practices"] and page_of(report) in lists["Problems reported"]


@pytest.mark.parametrize("words", ["officer@amman.example", "rana haddad"])
def test_curators_find_a_signer_and_viewers_do_not(words):
    signature = a_confirmed(signer_name="Rana Haddad")
    assert found(words)["Signatures"] == [page_of(signature)]
    assert found(words, "Viewer") == {}


def test_an_entry_is_found_by_the_address_of_its_source_and_for_curators_by_its_mailbox():
    entry = a_practice()
    a_route(entry)
    assert found("example.org/report")["Practices"] == [page_of(entry)]
    assert found(MAILBOX)["Practices"] == [page_of(entry)]
    assert found(MAILBOX, "Viewer") == {}


def test_words_of_a_report_are_found_by_those_who_decide_on_it():
    report = a_report(a_practice())
    assert found(CANARY) == {"Problems reported": [page_of(report)]}
    assert found(CANARY, "Viewer") == found(CANARY, "Translator") == {}


def test_the_asker_of_a_question_is_found_by_nobody():
    question = a_question(a_practice())
    question._meta.get_field("asker").related_model.objects.create(enquiry=question, email="reader@post.example")
    assert found("reader@post.example", "Lead curator") == {}


def test_a_long_list_leads_to_all_of_it():
    for at in range(12):
        a_practice(f"Gardens {at}")
    page = at_the_desk(staff("ana")).get(reverse("admin:search"), {"q": "gardens"})
    practices = next(one for one in page.context["found"] if one.label == "Practices")
    assert len(practices.rows) == 10 and practices.more.endswith("?q=gardens")
    assert at_the_desk(staff("ben")).get(practices.more).context["cl"].result_count == 12


@pytest.mark.parametrize("words", ["", "   ", "\0", "%", "'", "a" * 5_000, "\\", "🙂", "x y z " * 60])
def test_no_search_is_an_error(words):
    a_practice()
    found(words)


def test_the_boxes_of_the_lists_find_the_same():
    report = a_report(a_practice())
    page = at_the_desk(staff("ana")).get(reverse("admin:practices_report_changelist"), {"q": report.reference})
    assert list(page.context["cl"].result_list) == [report]
