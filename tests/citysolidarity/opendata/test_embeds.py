"""What other sites show in a frame: no script, no cookie, nothing hidden; and no other page can be framed."""

import re
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.urls import URLResolver, get_resolver, reverse
from django.utils.translation import override

from citysolidarity.opendata.embeds import KINDS
from citysolidarity.urls import urlpatterns
from tests.people import a_city, a_practice
from tests.pledges.signers import a_published, a_stated

pytestmark = pytest.mark.django_db
FRAMES = {f"embed_{name}" for name in KINDS}
# What each converter takes.
EXAMPLES = {
    "slug": "roofs",
    "int": "1",
    "str": "roofs",
    "path": "roofs",
    "uuid": "1b4e28ba-2fa1-11d2-883f-0016d3cca427",
}


@pytest.fixture
def amman():
    city = a_city("Amman", "JO", latitude=31.95, longitude=35.94, official_domain="amman.example")
    entry = a_practice("Roofs <b>", city, slug="roofs", themes=["housing"])
    entry.figures.create(value="1,280", what="people", year=2020, source=entry.sources.get())
    a_published(city=city)
    return city


def frames():
    return {
        "practice": reverse("embed_practice", args=["roofs"]),
        "practices": reverse("embed_practices") + "?theme=housing",
        "map": reverse("embed_map") + "?theme=housing",
        "counter": reverse("embed_counter"),
        "badge": reverse("embed_badge", args=["amman-jo"]),
    }


def addresses(patterns=urlpatterns, before=""):
    """A path for every pattern of the site, the desk's among them, made of what its converters take."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        else:
            yield pattern.name, "/" + re.sub(r"<(?:(\w+):)?\w+>", lambda found: EXAMPLES[found[1] or "str"], route)


# --- framing --------------------------------------------------------------------------


def test_only_embeds_may_be_framed(client, amman):
    walked, framed = list(addresses()), set()
    assert len(walked) > 300 and {"practice", "sign", "login"} <= {name for name, _path in walked}
    for name, path in walked:
        answer = client.get(path)
        may_be = "frame-ancestors *" in answer["Content-Security-Policy"]
        assert may_be or "frame-ancestors 'none'" in answer["Content-Security-Policy"], path
        assert may_be == ("X-Frame-Options" not in answer.headers), path
        if may_be:
            framed.add(name)
    assert framed == FRAMES


@pytest.mark.parametrize("name", KINDS)
def test_a_frame_has_no_script_no_cookie_and_links_that_leave_it(client, amman, name):
    answer = client.get(frames()[name])
    assert answer.status_code == 200 and not answer.cookies and "Cookie" not in answer["Vary"]
    page = answer.text
    assert "<script" not in page and "<form" not in page and '<base target="_top">' in page
    assert re.findall(r'rel="stylesheet" href="([^"]+)"', page) == ["/static/css/embed.css"]
    assert page.count("<h1") == 1 and "Roofs <b>" not in page
    policy = answer["Content-Security-Policy"]
    assert "script-src 'none'" in policy and "form-action 'none'" in policy
    # Kept, and not changed, it is framed as well.
    again = client.get(frames()[name], headers={"if-none-match": answer["ETag"]})
    assert again.status_code == 304 and "frame-ancestors *" in again["Content-Security-Policy"]
    with override("ar"):
        arabic = client.get(frames()[name]).text
    assert '<html lang="ar" dir="rtl">' in arabic


def test_what_is_not_public_is_in_no_frame(client, amman):
    a_practice("Kanarienvogel", amman, slug="draft", themes=["housing"], published_at=None)
    a_stated(a_city("Vienna", "AT"))
    vanished = a_practice("Kanarienvogel", a_city("Gent", "BE"), slug="vanished", themes=["housing"])
    assert "Kanarienvogel" in client.get(frames()["practices"]).text
    vanished.archive()
    for name, path in frames().items():
        assert "Kanarienvogel" not in client.get(path).text, name
    assert "Gent" not in client.get(frames()["map"]).text
    for name, slug in (("practice", "draft"), ("practice", "vanished"), ("badge", "vienna-at"), ("badge", "nowhere")):
        answer = client.get(reverse(f"embed_{name}", args=[slug]))
        assert (
            answer.status_code == 404
            and "<h1>" in answer.text
            and "frame-ancestors *" in answer["Content-Security-Policy"]
        )


# --- oEmbed ---------------------------------------------------------------------------


def oembed(client, path, **more):
    return client.get(f"/oembed?{urlencode({'url': settings.SITE_URL + path, **more})}")


def pages():
    """The page that each kind stands for."""
    listed = reverse("directory") + "?theme=housing"
    return {
        "practice": reverse("practice", args=["roofs"]),
        "practices": listed,
        "map": f"{listed}&view=map",
        "counter": reverse("statement"),
        "badge": reverse("signature", args=["amman-jo"]),
    }


@pytest.mark.parametrize("name", KINDS)
def test_a_page_and_its_frame_are_found_by_their_address_in_their_language(client, amman, name):
    for language in ("en", "ar"):
        with override(language):
            page, frame = pages()[name], frames()[name]
        told = oembed(client, page, maxwidth=300, maxheight=150).json()
        assert (told["version"], told["type"]) == ("1.0", "rich")
        assert told["width"] <= 300 and told["height"] <= 150 and told["title"]
        assert f'src="{settings.SITE_URL}{frame.replace("&", "&amp;")}"' in told["html"]
        assert f'width="{told["width"]}" height="{told["height"]}"' in told["html"]
        assert oembed(client, frame, maxwidth=300, maxheight=150).json() == told
    answer = oembed(client, page, format="xml", maxwidth=300, maxheight=150)
    assert answer["Content-Type"] == "text/xml; charset=utf-8" and answer["Access-Control-Allow-Origin"] == "*"
    assert {part.tag: part.text for part in ElementTree.fromstring(answer.content)} == {
        field: str(value) for field, value in told.items()
    }


def test_pages_say_where_their_oembed_is(client, amman):
    for name, path in pages().items():
        if name == "map":
            continue  # that of the list: it differs by its view alone
        links = re.findall(
            r'rel="alternate" type="(?:application/json|text/xml)\+oembed"\s+href="([^"]+)"', client.get(path).text
        )
        assert len(links) == 2, name
        for link in links:
            answer = client.get(link.replace("&amp;", "&").removeprefix(settings.SITE_URL))
            assert answer.status_code == 200 and frames()[name].replace("&", "&amp;") in answer.text


def test_an_entry_in_another_language_than_its_page_is_framed_in_that_language(client, amman):
    entry = reverse("practice", args=["roofs"])
    told = oembed(client, f"{entry}in/fr/").json()
    assert "/fr/embed/practices/roofs/" in told["html"]
    assert oembed(client, f"{entry}in/uk/").json() == oembed(client, entry).json()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 404),
        ("url=", 404),
        ("url=%00", 404),
        ("url=http://[", 404),
        ("url=https://elsewhere.example/en/practices/roofs/", 404),
        ("url=SITE/en/practices/nowhere/", 404),
        ("url=SITE/en/about/", 404),
        ("url=SITE/en/signatories/nowhere/", 404),
        ("url=SITE/en/practices/roofs/&format=yaml", 501),
        ("url=SITE/en/practices/roofs/&format=xml&maxwidth=wide&maxheight=-1", 200),
        ("url=SITE/en/practices/?theme=nothing%26page=9&maxwidth=0", 200),
    ],
)
def test_what_cannot_be_shown_is_answered_as_the_specification_says(client, amman, query, status):
    assert client.get("/oembed?" + query.replace("SITE", settings.SITE_URL)).status_code == status


# --- the page that makes the code -----------------------------------------------------


@pytest.mark.parametrize("name", KINDS)
def test_the_page_shows_the_code_and_what_it_shows(client, amman, name):
    of = {"practice": "roofs", "practices": "?theme=housing", "map": settings.SITE_URL + pages()["map"], "counter": "",
          "badge": pages()["badge"]}[name]  # fmt: skip
    answer = client.get(
        reverse("about_embed"), {"kind": name, "of": of, "language": "fr", "width": "333", "height": "222"}
    )
    with override("fr"):
        path = frames()[name]
    assert f'<iframe class="embed-shown" src="{path}" width="333"' in re.sub(r"\s+", " ", answer.text)
    assert (
        f"&lt;iframe src=&quot;{settings.SITE_URL}{path}&quot; width=&quot;333&quot; height=&quot;222&quot;"
        in answer.text
    )
    assert "frame-src 'self'" in answer["Content-Security-Policy"] and answer["X-Frame-Options"] == "DENY"


def test_the_page_says_what_is_wrong_and_shows_all_practices_at_first(client, amman):
    assert f'src="{reverse("embed_practices")}"' in client.get(reverse("about_embed")).text
    for query in (
        {"kind": "practice", "of": "nowhere"},
        {"kind": "film"},
        {"width": "1"},
        {"kind": "badge", "of": "http://[/\0"},
    ):
        page = client.get(reverse("about_embed"), query).text
        assert "<iframe" not in page and "err" in page, query


def test_pages_lead_to_it(client, amman):
    wanted = {
        reverse("practice", args=["roofs"]): "?kind=practice&amp;of=roofs",
        reverse("directory") + "?theme=housing": "?of=%3Ftheme%3Dhousing",
        reverse("take_away") + "?theme=housing": "?of=%3Ftheme%3Dhousing",
        reverse("signature", args=["amman-jo"]): "?kind=badge&amp;of=amman-jo",
        reverse("about_data"): "",
    }
    for path, query in wanted.items():
        assert f'href="{reverse("about_embed")}{query}"' in client.get(path).text, path


def test_nothing_else_is_called_an_embed():
    named = {name for name in get_resolver().reverse_dict if isinstance(name, str) and name.startswith("embed_")}
    assert named == FRAMES
