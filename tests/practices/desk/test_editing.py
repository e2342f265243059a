"""Editing an entry: counts, hints, likeness, the preview, and two people who save at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from practices.desk.admin import PracticeAdmin
from practices.models import Figure, Practice
from practices.models.entries.version import Version
from tests.desk import desk, form_of, save
from tests.people import a_city, a_practice

pytestmark = pytest.mark.django_db


def shown(client, practice):
    return client.get(desk("practice", "change", practice.pk)).content.decode()


def test_the_form_counts_words_and_characters_without_a_script(admin_client):
    page = shown(admin_client, a_practice(challenge="Rents  rose\nfast.", summary="Parks für alle."))
    assert '<b data-counts="id_challenge" data-unit="words">3</b>' in page
    assert '<b data-counts="id_summary" data-unit="characters">15</b>' in page
    assert "js/counts.js" in page


def test_numbers_without_a_year_are_pointed_out_until_they_have_one(admin_client):
    practice = a_practice(results="It reached 420 people. In 2019 it had 12 parks.")
    assert "<b>What changed</b>: It reached 420 people.</li>" in shown(admin_client, practice)
    Figure.objects.create(practice=practice, value="420", what="people", year=2020, source=practice.sources.get())
    assert "It reached 420 people.</li>" not in shown(admin_client, practice)
    assert "None found." in shown(admin_client, practice)


def test_similar_public_entries_are_shown_with_what_they_share(admin_client):
    like = a_practice("Gardens", city=a_city("Quito", "EC"), themes=["housing"])
    a_practice("Hidden gardens", themes=["housing"], published_at=None)
    page = shown(admin_client, a_practice(themes=["housing"], published_at=None))
    assert f'<a href="{desk("practice", "change", like.pk)}">Gardens</a>, Quito, Ecuador. Housing' in page
    assert "Hidden gardens" not in page


def test_a_draft_is_previewed_as_the_public_would_see_it(admin_client, client):
    practice = a_practice("Parks & women", published_at=None, challenge="Rents rose.")
    address = desk("practice", "preview", practice.pk)
    answer = admin_client.get(address)
    page = answer.content.decode()
    assert ">Parks &amp; women</h1>" in page
    assert "Rents rose." in page
    assert "State: Draft." in page
    assert '<meta name="robots" content="noindex">' in page
    assert answer["X-Robots-Tag"] == "noindex"
    assert client.get(address).status_code == 302
    assert admin_client.post(address).status_code == 405
    assert admin_client.get(desk("practice", "preview", 0)).status_code == 404


# --- two people at once -------------------------------------------------------------------


@pytest.fixture
def page_and_practice():
    practice = a_practice(challenge="Rents rose.", lead="The city", themes=["housing"])
    return desk("practice", "change", practice.pk), practice


def stored():
    return Practice.objects.get()


def test_the_second_save_is_refused_and_shows_both_texts(admin_client, page_and_practice):
    page, _practice = page_and_practice
    before = form_of(admin_client, page)
    assert save(admin_client, page, challenge="Rents rose by half.") == []
    mine = before | {"challenge": "Rents rose, and wages did not."}
    answer = admin_client.post(page, mine)
    assert answer.status_code == 200
    assert any("saved this entry" in str(error) for error in answer.context["errors"])
    [conflict] = answer.context["adminform"].form.conflict
    assert (conflict.before, conflict.after) == ("Rents rose by half.", "Rents rose, and wages did not.")
    assert stored().challenge == "Rents rose by half."
    text = answer.content.decode()
    assert "<td>Rents rose by half.</td><td>Rents rose, and wages did not.</td>" in text
    assert "Rents rose, and wages did not.</textarea>" in text


def test_what_only_the_other_changed_is_taken_over_into_the_form(admin_client, page_and_practice):
    page, _practice = page_and_practice
    before = form_of(admin_client, page)
    theirs = {"lead": "The mayor", "themes": ["health", "rights"], "partners": "UN-Habitat", "started": "2015"}
    assert save(admin_client, page, **theirs) == []
    answer = admin_client.post(page, before | {"challenge": "Rents doubled."})
    form = answer.context["adminform"].form
    assert {one.name for one in form.taken} == {"lead", "themes", "partners", "started"}
    assert form.conflict == []  # the challenge was changed in this form alone
    again = {bound.html_name: bound.value() for bound in form if bound.value() is not None}
    formsets = [one.formset for one in answer.context["inline_admin_formsets"]]
    for one in [form for formset in formsets for form in (formset.management_form, *formset.forms)]:
        again |= {bound.html_name: bound.value() for bound in one if bound.value() is not None}
    assert admin_client.post(page, again).status_code == 302
    saved = stored()
    assert (saved.challenge, saved.lead, saved.themes) == ("Rents doubled.", "The mayor", ["health", "rights"])
    assert (saved.partners, saved.started) == (["UN-Habitat"], 2015)


def test_sources_that_only_the_other_changed_are_taken_over(admin_client, page_and_practice):
    page, practice = page_and_practice
    before = form_of(admin_client, page)
    assert save(admin_client, page, **{"sources-0-publisher": "The region"}) == []
    answer = admin_client.post(page, before | {"challenge": "Rents doubled."})
    form = answer.context["adminform"].form
    assert (form.conflict, [one.name for one in form.taken]) == ([], ["sources"])
    assert 'name="sources-0-publisher" value="The region"' in answer.text
    assert practice.sources.get().publisher == "The region"


def test_sources_that_both_changed_are_a_conflict(admin_client, page_and_practice):
    page, _practice = page_and_practice
    before = form_of(admin_client, page)
    assert save(admin_client, page, **{"sources-0-publisher": "The region"}) == []
    answer = admin_client.post(page, before | {"sources-0-publisher": "The state"})
    [conflict] = answer.context["adminform"].form.conflict
    assert "The region, 2020" in conflict.before
    assert "The state, 2020" in conflict.after
    assert 'name="sources-0-publisher" value="The state"' in answer.text


def test_only_what_both_changed_is_a_conflict(admin_client, page_and_practice):
    """Line breaks of a browser are no change."""
    page, _practice = page_and_practice
    Practice.objects.update(results="One.\nTwo.")
    before = form_of(admin_client, page) | {"results": "One.\r\nTwo."}
    assert save(admin_client, page, summary="Theirs.") == []
    mine = before | {"summary": "Mine.", "challenge": "Rents doubled."}
    form = admin_client.post(page, mine).context["adminform"].form
    assert [one.name for one in form.conflict] == ["summary"]
    assert [one.name for one in form.taken] == []


def test_two_tabs_of_one_person_are_not_somebody_else(admin_client, page_and_practice):
    page, _practice = page_and_practice
    before = form_of(admin_client, page)
    assert save(admin_client, page, lead="The mayor") == []
    text = admin_client.post(page, before | {"lead": "The council"}).text
    assert "you saved this entry in another tab" in text
    assert "someone else" not in text
    assert "You changed this in both tabs" in text


def test_an_error_is_listed_at_the_top_with_its_field(admin_client, page_and_practice):
    page, _practice = page_and_practice
    text = admin_client.post(page, form_of(admin_client, page) | {"started": "20", "sources-0-title": ""}).text
    listed = text.partition('class="wrong-fields"')[2].partition("</ul>")[0]
    assert '<a href="#id_started">Started (year)</a>' in listed
    assert '<a href="#id_sources-0-title">Source, ' in listed


def test_a_draft_says_what_is_missing(admin_client):
    practice = a_practice(published_at=None)
    assert "it is a draft" in shown(admin_client, practice) or "review" in shown(admin_client, practice)
    practice.submit()
    assert "Nothing is missing" in shown(admin_client, practice)
    practice.sources.all().delete()
    assert "it has no source." in shown(admin_client, practice)


def test_without_a_script_a_source_a_figure_and_a_mailbox_can_be_added(admin_client):
    text = shown(admin_client, a_practice())
    for name in ("sources-1-title", "figures-0-value", "routes-0-email"):
        assert f'name="{name}"' in text


def test_a_change_from_outside_the_desk_counts_as_somebody_else(admin_client, page_and_practice):
    page, _practice = page_and_practice
    before = form_of(admin_client, page)
    Practice.objects.update(lead="The mayor")
    answer = admin_client.post(page, before)
    assert [one.name for one in answer.context["adminform"].form.conflict] == ["lead"]
    assert stored().lead == "The mayor"


@pytest.mark.parametrize("seen", ["", "abc", "0", "-1", "99999999999999999999"])
def test_a_form_without_its_revision_saves_nothing(admin_client, page_and_practice, seen):
    page, _practice = page_and_practice
    assert admin_client.post(page, form_of(admin_client, page) | {"seen_revision": seen}).status_code == 200
    assert not Version.objects.exists()


def test_publishing_in_between_takes_nobodys_text(admin_client, page_and_practice):
    page, practice = page_and_practice
    before = form_of(admin_client, page)
    practice.archive()
    assert admin_client.post(page, before | {"lead": "The mayor"}).status_code == 302
    assert (stored().lead, stored().state) == ("The mayor", "archived")


def saved_by_many(user, page, changes):
    """The answer to each save: eight browsers send them side by side."""

    def send(some):
        client = Client()
        client.force_login(user)
        try:
            return [client.post(page, change) for change in some]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as people:
        return [answer for answers in people.map(send, [changes[at::8] for at in range(8)]) for answer in answers]


@pytest.mark.django_db(transaction=True)
def test_a_hundred_stale_saves_side_by_side_are_a_hundred_refusals(admin_client, admin_user, monkeypatch):
    practice = a_practice(challenge="Rents rose.")
    page = desk("practice", "change", practice.pk)
    before = form_of(admin_client, page)
    assert save(admin_client, page, challenge="Rents doubled.") == []
    stale = [before | {"challenge": f"Text {number}"} for number in range(100)]
    # Drawing the page takes most of the time and is tested above: here it is enough what would be said on it.
    monkeypatch.setattr(
        PracticeAdmin,
        "render_change_form",
        lambda _admin, _request, context, **more: HttpResponse(context["errors"], status=409),
    )
    answers = saved_by_many(admin_user, page, stale)
    assert [answer.status_code for answer in answers] == [409] * 100
    assert all("saved this entry in another tab" in answer.text for answer in answers)
    assert stored().challenge == "Rents doubled."


@pytest.mark.django_db(transaction=True)
def test_of_saves_at_the_same_moment_exactly_one_counts(admin_client, admin_user):
    practice = a_practice(challenge="Rents rose.")
    page = desk("practice", "change", practice.pk)
    before = form_of(admin_client, page)
    answers = saved_by_many(admin_user, page, [before | {"challenge": f"Text {number}"} for number in range(12)])
    assert sorted(answer.status_code for answer in answers) == [200] * 11 + [302]
    assert stored().revision == practice.versions.latest("revision").revision
