"""What a page looks like where somebody shares its address."""

import re
from io import BytesIO

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from PIL import Image

from tests.pledges.signers import a_published

WANTED = {"og:title", "og:description", "og:url", "og:image", "og:image:alt", "og:type", "og:site_name"}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["home", "directory", "a search", "guides", "city", "signature"])
def test_pages_that_are_shared_say_what_they_are(client, kind):
    signature = a_published()
    paths = {
        "home": "/en/",
        "directory": "/en/practices/",
        "a search": "/en/practices/?theme=housing",
        "guides": "/en/guides/",
        "city": signature.city.get_absolute_url(),
        "signature": signature.get_absolute_url(),
    }
    page = client.get(paths[kind]).text
    said = dict(re.findall(r'<meta property="(og:[a-z:_]+)" content="([^"]+)"', page))
    assert set(said) >= WANTED
    assert said["og:url"] == settings.SITE_URL + paths[kind].partition("?")[0]
    assert not any(value != value.strip() or "\n" in value for value in said.values())
    if kind in {"city", "signature"}:
        assert "Amman" in said["og:title"] and "Amman" in said["og:description"]
    picture = said["og:image"].removeprefix(settings.SITE_URL)
    is_ours_for_all = picture.startswith(settings.STATIC_URL)
    assert is_ours_for_all == (kind not in {"city", "signature"})
    name = picture.removeprefix(settings.STATIC_URL)
    drawn = finders.find(name) if is_ours_for_all else BytesIO(client.get(picture).content)
    with Image.open(drawn) as image:
        assert image.size == (1200, 630)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/en/practices/compare/", "/en/practices/brief/", "/en/about/", "/sitemap.xml"])
def test_every_page_says_how_long_it_may_be_kept(client, path):
    assert client.get(path, follow=True)["Cache-Control"] == "no-cache"
