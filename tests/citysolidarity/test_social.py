"""What a page looks like where somebody shares its address."""

import re
from html import unescape
from io import BytesIO

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from PIL import Image

from citysolidarity.views.cards import CARDS
from practices.entries import share_card
from practices.library.dialogue import SESSION
from tests.pledges.signers import a_published
from tests.practices.library.making import a_document, a_network

WANTED = {"og:title", "og:description", "og:url", "og:image", "og:image:alt", "og:type", "og:site_name"}
KINDS = [*CARDS, "a theme", "a search", "city", "signature", "document", "network"]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_pages_that_are_shared_say_what_they_are(client, kind):
    signature = a_published()
    paths = {
        "a theme": "/en/practices/?theme=housing",
        "a search": "/en/practices/?theme=housing&country=DE",
        "city": signature.city.get_absolute_url(),
        "signature": signature.get_absolute_url(),
        "document": a_document(slug=SESSION).get_absolute_url(),
        "network": a_network().get_absolute_url(),
    }
    paths |= {name: reverse(name) for name in CARDS}
    page = client.get(paths[kind]).text
    said = dict(re.findall(r'<meta property="(og:[a-z:_]+)" content="([^"]+)"', page))
    assert set(said) >= WANTED
    assert unescape(said["og:url"]) == settings.SITE_URL + paths[kind]
    assert not any(value != value.strip() or "\n" in value for value in said.values())
    if kind in {"city", "signature"}:
        assert "Amman" in said["og:title"] and "Amman" in said["og:description"]
    path = said["og:image"].removeprefix(settings.SITE_URL)
    assert path.endswith("/card.png")
    of_a_page = reverse("page_card", args=["directory" if kind == "a search" else kind.replace(" ", "-")])
    assert (path == of_a_page) == (kind in CARDS or kind == "a search")
    answer = client.get(path)
    assert answer["Content-Type"] == "image/png"
    with Image.open(BytesIO(answer.content)) as image:
        assert image.size == (1200, 630)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["theme_card", "page_card"])
def test_no_card_is_drawn_of_what_is_not_there(client, name):
    assert client.get(reverse(name, args=["nothing"])).status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "argument"), [("theme_card", "housing"), ("page_card", "library")])
def test_cards_of_lists_speak_the_language_of_the_page(client, monkeypatch, name, argument):
    drawn = []
    monkeypatch.setattr(share_card, "draw", lambda *texts, **more: drawn.append((texts, more["language"])) or b"png")
    for language, _name in settings.LANGUAGES:
        with override(language):
            client.get(reverse(name, args=[argument]))
    assert [language for _texts, language in drawn] == [language for language, _name in settings.LANGUAGES]
    assert len({texts[0] for texts, _language in drawn}) == len(drawn)


@pytest.mark.django_db
def test_the_card_of_a_theme_in_arabic_is_another_image(client):
    pictures = [client.get(f"/{language}/practices/theme/housing/card.png").content for language in ("en", "ar")]
    assert pictures[0] != pictures[1]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/en/practices/compare/", "/en/practices/brief/", "/en/about/", "/sitemap.xml"])
def test_every_page_says_how_long_it_may_be_kept(client, path):
    assert client.get(path, follow=True)["Cache-Control"] == "no-cache"
