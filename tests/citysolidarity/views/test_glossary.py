"""The page of the glossary, and its words where they stand elsewhere."""

import re

import pytest

from practices.sharing.forms.tags import PeopleForm
from practices.vocabularies.glossary import SOURCES, TERMS
from tests.people import a_practice

pytestmark = pytest.mark.django_db
SUMMARY = "What do these words mean?"


def test_the_page_answers_without_query_or_cookie(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/en/glossary/")
    assert response.status_code == 200
    assert not response.cookies


def test_the_page_is_only_read(client):
    assert client.post("/en/glossary/").status_code == 405


def test_every_term_has_an_anchor_and_every_source_is_listed(client):
    page = client.get("/en/glossary/").text
    assert all(f'<div id="{term.code}">' in page for term in TERMS)
    assert all(f'<li id="source-{source.key}">' in page for source in SOURCES)
    anchors = set(re.findall(r'href="#([\w-]+)"', page))
    assert anchors <= set(re.findall(r'id="([\w-]+)"', page))


def test_a_term_leads_to_its_practices(client):
    page = client.get("/en/glossary/").text
    assert 'href="/en/practices/?population=stateless"' in page
    assert "convention-relating-status-refugees" in page and "article 1 A (2)" in page


def test_only_a_translation_says_that_nobody_has_reviewed_it(client):
    sentence = "from English with the help of a machine"
    assert sentence not in client.get("/en/glossary/").text
    arabic = client.get("/ar/glossary/").text
    assert '<p class="note">' in arabic
    assert '<dt lang="ar" dir="rtl">لاجئ</dt>' in arabic
    assert "<bdi" in arabic


def test_the_foot_of_every_page_leads_to_it(client):
    assert 'href="/en/glossary/"' in client.get("/en/about/").text.partition("<footer")[2]


def test_two_filters_of_the_directory_explain_their_words(client):
    a_practice(populations=["refugees", "stateless"], contexts=["resettlement"])
    a_practice("Another", populations=["idps"], contexts=["protracted"])
    page = client.get("/en/practices/").text
    assert page.count(SUMMARY) == 2
    population = page.partition('id="facet-population"')[2].partition('id="facet-')[0]
    assert "<dt>Stateless person</dt>" in population and 'href="/en/glossary/#refugee"' in population


def test_signatories_have_nothing_to_explain(client):
    assert SUMMARY not in client.get("/en/signatories/").text


def test_an_entry_explains_the_words_it_uses(client):
    entry = a_practice(populations=["asylum-seekers", "host-community"])
    page = client.get(f"/en/practices/{entry.slug}/").text
    assert page.count(SUMMARY) == 1
    assert "<dt>Asylum-seeker</dt>" in page and "<dt>Host community</dt>" in page
    assert "<dt>Returnee</dt>" not in page


def test_an_entry_for_nobody_in_particular_explains_nothing(client):
    entry = a_practice(populations=[], groups=["women"])
    assert SUMMARY not in client.get(f"/en/practices/{entry.slug}/").text


def test_the_form_for_sharing_explains_status_and_situation():
    templates = {field.name: template for template, field in PeopleForm().parts}
    assert templates["populations"] == templates["contexts"] == "practices/sharing/explained.html"
    assert templates["groups"] == "components/radios.html"
