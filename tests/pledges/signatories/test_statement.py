"""The page of the statement: its text, its milestones, how signing works."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils.translation import gettext, override

from pledges.models import Milestone, StatementVersion
from tests.pledges.signers import a_published, a_stated, a_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(client):
    """What a visitor reads, without the markup."""

    def read():
        answer = client.get(reverse("statement"))
        assert answer.status_code == 200
        return unescape(
            re.sub(r"\s+", " ", re.sub(r"<wbr>|<[^>]+>", lambda tag: "" if tag[0] == "<wbr>" else " ", answer.text))
        )

    return read


def test_the_whole_text_is_there_and_can_be_signed_at_once(starter, told):
    version = StatementVersion.objects.current("en")
    text = told()
    for part in (version.title, version.note, version.closing, *version.preamble.split("\n\n")):
        assert part in text
    for clause in version.clauses.all():
        assert f"{clause.title} {clause.promise}" in text
    shown = text.partition("Skip to the content")[2]
    assert shown.index("Sign the statement for your city") < shown.index(version.preamble.split("\n\n")[0])
    assert version.sha256 not in text and "All versions, with fingerprints" in text


def test_each_milestone_stands_with_its_day_and_its_source(starter, told):
    text = told()
    for milestone in Milestone.objects.all():
        assert f"{milestone.wording} {milestone.date_text}" in text
        assert milestone.source_publisher in text


@pytest.mark.parametrize("language", ["fr", "es", "ar", "pt"])
def test_each_note_of_a_milestone_speaks_the_language_of_the_page(starter, client, language):
    noted = Milestone.objects.exclude(note="")
    with override(language):
        page = unescape(client.get(reverse("statement")).text)
        assert (
            gettext("The notes were translated from English with the help of a machine and have not been reviewed yet.")
            in page
        )
    assert noted and all(one.notes[language] in page and one.note not in page for one in noted)


def test_a_note_without_a_translation_says_its_language(starter, client):
    Milestone.objects.update(notes={})
    with override("ar"):
        page = unescape(client.get(reverse("statement")).text)
    assert 'lang="en" dir="ltr">The source speaks of mayors, not of cities.</span>' in page


def test_a_milestones_source_is_a_link(starter, client):
    assert 'href="https://www.city.kumamoto.jp/kiji00355729/index.html"' in client.get(reverse("statement")).text


def test_it_leads_to_signing(client):
    a_version()
    page = client.get(reverse("statement"))
    assert f'href="{reverse("sign")}"' in page.text and f'href="{reverse("sign_change")}"' in page.text


def test_without_a_text_there_is_no_way_to_sign(client):
    assert f'href="{reverse("sign")}"' not in client.get(reverse("statement")).text


def test_the_count_says_as_of_when_and_of_which_standing(told):
    a_stated(), a_published(), a_published(visibility="counted")
    text = told()
    assert re.search(r"Signed here and verified, as of \d+ \w+ \d{4} 2 ", text)
    assert "Named in public sources as signatories of UNHCR’s statement 1 " in text


def test_each_language_shows_its_own_text_and_counts_who_signed_in_any(client):
    english, spanish = a_version(number=2), a_version(language="es", number=2, promise="Damos la bienvenida.")
    a_published(version=english), a_published(version=spanish), a_published(version=spanish, visibility="counted")
    for language, version in (("en", english), ("es", spanish), ("fr", english)):
        page = client.get(f"/{language}/statement/").text
        assert version.clauses.get().promise in page and f'<h1 lang="{version.language}"' in page
        assert f'<dd><a href="/{language}/signatories/?standing=verified">3</a></dd>' in page


def test_before_the_first_version_it_says_so(told):
    assert "The text of the statement has not been published here yet." in told()


def test_it_takes_five_statements_and_the_look_at_the_edition(starter, client, django_assert_num_queries):
    with django_assert_num_queries(6):
        client.get(reverse("statement"))
