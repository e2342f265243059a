"""Deciding at the desk which pages of other platforms describe the same practice."""

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone

from practices.models import Elsewhere
from tests.desk import desk
from tests.people import a_practice
from tests.pledges.desk.desk import at_the_desk, somebody

pytestmark = pytest.mark.django_db
PAGE = "https://participedia.net/case/5"


@pytest.fixture
def curator():
    return at_the_desk(somebody("Curator"))


def a_proposal(url=PAGE) -> Elsewhere:
    return Elsewhere.objects.create(practice=a_practice(), url=url, platform="participedia")


def added(client, practice, url):
    address = f"https://cities.example{practice.get_absolute_url()}"
    return client.post(desk("elsewhere", "add"), {"practice": address, "url": url})


def act(client, action, *rows) -> list[str]:
    chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
    answer = client.post(desk("elsewhere"), chosen)
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_both_pages_stand_side_by_side_and_the_start_page_counts_what_waits(curator):
    row = a_proposal()
    for page in (f"{desk('elsewhere')}?waits=proposed", desk("elsewhere", "change", row.pk)):
        text = curator.get(page).text
        assert f'<a href="{row.practice.get_absolute_url()}">Page here</a> · <a href="{PAGE}"' in text
    assert "Pages elsewhere to compare" in curator.get("/admin/").text
    row.refuse(somebody("Curator"))
    assert PAGE not in curator.get(f"{desk('elsewhere')}?waits=proposed").text


def test_proposals_are_decided_by_buttons_and_in_bulk(curator):
    rows = [a_proposal(f"{PAGE}{number}") for number in range(3)]
    page = desk("elsewhere", "change", rows[0].pk)
    curator.post(page, {"_act_accept": "1"})
    assert Elsewhere.objects.shown().get() == rows[0]
    curator.post(page, {"_act_refuse": "1"})
    assert not Elsewhere.objects.shown().exists()
    assert act(curator, "accept_all", *rows)[-1] == "3 are accepted now."
    assert act(curator, "refuse_all", *rows)[-1] == "3 are refused now."
    assert not Elsewhere.objects.waiting().exists() and not Elsewhere.objects.shown().exists()


def test_a_curator_adds_a_page_which_is_checked_today_and_its_platform_follows(curator):
    practice = a_practice()
    assert added(curator, practice, "www.ufrgs.br/migracidades/parks").status_code == 302
    row = Elsewhere.objects.shown().get()
    assert (row.practice, row.platform, row.url) == (
        practice, "migracidades", "https://www.ufrgs.br/migracidades/parks",
    )  # fmt: skip
    assert timezone.localdate(row.accepted_at) == timezone.localdate() and row.decided_by
    again = added(curator, practice, row.url)
    assert again.status_code == 200 and "stands in the list already" in again.text
    assert Elsewhere.objects.propose() == 0 and Elsewhere.objects.shown().get() == row, "no source proposes it"


def test_a_page_on_no_platform_is_refused_with_the_names_of_those_that_are(curator):
    answer = added(curator, a_practice(), "https://example.org/parks")
    assert answer.status_code == 200 and not Elsewhere.objects.exists()
    (sentence,) = answer.context["adminform"].form.errors["url"]
    assert sentence.startswith("This page is on none of the platforms")
    assert "Global Compact on Refugees" in sentence and sentence.endswith("or URBACT.")
    draft = added(curator, a_practice(published_at=None), PAGE)
    assert "There is no public entry at this address." in draft.text


@pytest.mark.parametrize("role", ["Viewer", "Translator"])
def test_who_does_not_curate_entries_decides_nothing(role):
    row = a_proposal()
    client = at_the_desk(somebody(role))
    client.post(desk("elsewhere"), {"action": "accept_all", "_selected_action": [row.pk]})
    client.post(desk("elsewhere", "change", row.pk), {"_act_accept": "1"})
    assert added(client, row.practice, f"{PAGE}1").status_code == 403
    assert Elsewhere.objects.get() == row and row.waits and not Elsewhere.objects.shown().exists()
