"""What readers see of guides: the list, a page step by step, and that nothing shows where something was withdrawn."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from practices.models import Guide
from tests.citysolidarity.test_budgets import statements
from tests.people import a_city, a_practice
from tests.practices.correspondence.test_report import a_report
from tests.practices.guides.making import a_document, a_guide, a_step, put
from tests.translating import a_published_translation

pytestmark = pytest.mark.django_db


def page_of(client, guide) -> str:
    response = client.get(guide.get_absolute_url())
    assert response.status_code == 200
    return response.text


def headings(page: str) -> list[str]:
    return re.findall(r'<h2 id="step-\d+">([^<]+)</h2>', page)


# --- a guide ------------------------------------------------------------------------------------


def test_a_guide_shows_its_steps_in_order_with_practices_documents_and_a_sentence_for_each(client):
    guide = a_guide(introduction="What towns did.")
    second = a_step(guide, "Settle who pays")
    put(a_practice("Money", city=a_city("Irbid", "JO")), guide, second, why="The state paid.")
    put(a_practice("Flats", city=a_city("Zarqa", "JO")), guide, why="Flats among neighbours.")
    a_document(guide, "Manual", year=2020, language="fr")
    page = page_of(client, guide)
    assert headings(page) == ["Find homes", "Settle who pays"]
    opening, _list, steps = page.partition('<ol class="guide-steps">')
    told = [guide.question, guide.for_whom, "What towns did.", 'href="#step-1"', 'href="#step-2"']
    parts = [
        "Find homes among neighbours.", "Zarqa", ">Flats</a>", "Flats among neighbours.",
        'href="https://example.org/manual"', 'hreflang="fr"', ">Manual</a>", "2020", "in French", "It explains how.",
        "Settle who pays among neighbours.", ">Money</a>", "The state paid.",
    ]  # fmt: skip
    for text, wanted in ((opening.partition("<main")[2], told), (steps, parts)):
        places = [text.index(part) for part in wanted]
        assert places == sorted(places)


def test_a_withdrawn_practice_leaves_no_hole(client):
    guide = a_guide()
    withdrawn, kept = a_practice("Tents"), a_practice("Flats")
    put(withdrawn, guide, why="The sentence about tents.")
    put(kept, guide, a_step(guide, "Settle who pays"))
    withdrawn.archive()
    page = page_of(client, guide)
    assert headings(page) == ["Settle who pays"] and 'id="step-1"' in page
    assert "Tents" not in page and "The sentence about tents." not in page
    assert withdrawn.slug not in page


def test_a_practice_of_two_guides_has_its_own_sentence_in_each(client):
    practice, guide, other = a_practice("Flats"), a_guide(), a_guide("The first 72 hours")
    put(practice, other, a_step(other, "Think of the fourth day"), why="For later.")
    put(practice, guide, why="For now.")
    page = page_of(client, guide)
    assert page.count(">Flats</a>") == 1 and "For now." in page and "For later." not in page
    assert "For later." in page_of(client, other)


def test_a_draft_of_an_entry_is_not_shown(client):
    guide = a_guide()
    put(a_practice("Flats"), guide)
    put(a_practice("Secret plans", published_at=None), guide, why="Hush.")
    page = page_of(client, guide)
    assert "Secret" not in page and "Hush." not in page


def test_the_links_carry_the_practices_of_the_step_at_most_four(client):
    guide = a_guide()
    slugs = [put(a_practice(), guide).practice.slug for _ in range(5)]
    query = "?" + "&amp;".join(f"p={slug}" for slug in slugs[:4])
    page = page_of(client, guide)
    assert f'href="{reverse("compare")}{query}"' in page and f'href="{reverse("brief")}{query}"' in page


def test_one_practice_is_compared_with_nothing(client):
    guide = a_guide()
    slug = put(a_practice(), guide).practice.slug
    page = page_of(client, guide)
    assert "Compare these" not in page and f'href="{reverse("brief")}?p={slug}"' in page


def test_each_text_says_in_which_language_it_is(client, settings):
    settings.LANGUAGES = [("en", "English"), ("es", "Spanish")]
    guide = a_guide()
    practice = put(a_practice("Parks"), guide).practice
    translation = a_published_translation(practice)
    page = client.get(f"/es/guides/{guide.slug}/").text
    assert '<div lang="en" dir="ltr">' in page and '<p lang="en" dir="ltr">It shows how.</p>' in page
    assert '<h3 lang="es" dir="ltr">' in page and translation.title in page


def test_what_is_contested_says_so(client):
    guide = a_guide()
    practice = put(a_practice(), guide).practice
    a_report(practice).take_up()
    assert "Under review" in page_of(client, guide)


def test_a_shared_guide_says_what_it_is(client, settings):
    guide = a_guide()
    put(a_practice(), guide)
    page = page_of(client, guide)
    address = settings.SITE_URL + guide.get_absolute_url()
    assert f'<meta property="og:title" content="{guide.title}">' in page
    assert f'<meta property="og:image" content="{address}card.png">' in page
    with Image.open(BytesIO(client.get(guide.get_absolute_url() + "card.png").content)) as image:
        assert image.size == (1200, 630)


# --- when it is public ----------------------------------------------------------------------------


def test_what_has_no_day_or_one_to_come_is_not_public(client):
    for days in (None, 1):
        day = timezone.localdate() + timedelta(days=days) if days else None
        guide = a_guide(f"Guide {days}", published_on=day)
        put(a_practice(), guide)
        assert client.get(guide.get_absolute_url()).status_code == 404
        assert client.get(guide.get_absolute_url() + "card.png").status_code == 404
    assert "No guide has been published yet." in client.get(reverse("guides")).text


def test_a_guide_with_nothing_public_in_it_is_not_shown(client):
    guide = a_guide()
    practice = put(a_practice(), guide).practice
    assert Guide.objects.published().get() == guide
    practice.archive()
    assert client.get(guide.get_absolute_url()).status_code == 404
    a_document(guide)
    assert client.get(guide.get_absolute_url()).status_code == 200


def test_the_address_of_a_withdrawn_guide_says_so(client):
    guide = a_guide()
    put(a_practice(), guide)
    Guide.objects.update(withdrawn_on=timezone.localdate())
    answer = client.get(guide.get_absolute_url())
    assert answer.status_code == 410 and "The curators have taken this guide off these pages." in answer.text


# --- the ways to it -------------------------------------------------------------------------------


def test_the_list_shows_each_guide_with_its_question(client):
    last, first = a_guide("After an election", position=2), a_guide("The first 72 hours", position=1)
    for guide in (last, first):
        put(a_practice(), guide)
    page = client.get(reverse("guides")).text
    assert page.index(first.title) < page.index(last.title)
    assert page.count("How can we house people well?") == 2 and f'href="{first.get_absolute_url()}"' in page


def test_a_practice_names_the_guides_that_it_is_part_of(client):
    practice = a_practice()
    assert "Part of:" not in client.get(practice.get_absolute_url()).text
    guide, draft = a_guide(), a_guide("A draft of ours", published_on=None)
    put(practice, guide)
    put(practice, draft)
    page = client.get(practice.get_absolute_url()).text
    assert "Part of:" in page and f'href="{guide.get_absolute_url()}"' in page and draft.title not in page


@pytest.mark.parametrize("name", ["home", "directory"])
def test_home_and_directory_lead_to_the_guides(client, name):
    put(a_practice(), a_guide())
    assert f'href="{reverse("guides")}"' in client.get(reverse(name)).text


def test_sitemap_and_feed_name_public_guides_alone(client):
    guide = a_guide()
    put(a_practice(), guide)
    draft = a_guide("A draft of ours", published_on=None)
    put(a_practice(), draft)
    for address in ("/sitemap.xml", reverse("guides_feed")):
        text = client.get(address).text
        assert guide.get_absolute_url() in text and draft.slug not in text
    assert guide.question in text and f"<published>{guide.published_on}T00:00:00" in text


def test_few_queries_whatever_a_guide_holds(client):
    guide = a_guide()
    counts = []
    for _ in range(2):
        for number in range(3):
            step = a_step(guide, f"Step {number}")
            put(a_practice(), guide, step)
            a_document(guide, f"Document{guide.guidedocuments.count()}")
        counts.append([len(statements(client, address)) for address in (guide.get_absolute_url(), reverse("guides"))])
    assert counts[0] == counts[1] and counts[0][0] <= 5 and counts[0][1] <= 3
