"""Kept pages: who gets which, when they end, and what is never kept."""

import gzip
import time

import brotli
import pytest
import zstandard
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory
from django.urls import reverse
from django.utils.translation import override

from citysolidarity.caching import compression, page_cache
from citysolidarity.caching.page_cache import cached_page, pages
from citysolidarity.login.sessions import SessionStore
from practices.models import Practice
from tests.login import at_the_desk, staff
from tests.people import a_city, a_practice

pytestmark = pytest.mark.django_db
DECODERS = {
    "zstd": lambda data: zstandard.ZstdDecompressor().decompress(data),
    "br": brotli.decompress,
    "gzip": gzip.decompress,
    "": bytes,
}


@pytest.fixture(autouse=True)
def keeps(monkeypatch, makes_every_page_anew):
    """Here pages are kept, as on the real site."""
    monkeypatch.setattr(page_cache, "BYTES_KEPT", 1_000_000)


@pytest.fixture
def entry():
    return a_practice("A roof for the first night", a_city("Quito", "EC"), themes=["housing"])


@pytest.fixture
def addresses(entry):
    return [reverse("directory"), reverse("directory") + "?theme=housing&view=table", entry.get_absolute_url()]


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("GZIP;Q=1.0", "gzip"),
        ("gzip;q=0.5, br;q=0.9", "br"),
        ("zstd;q=0, br;q=0.1", "br"),
        ("zstd;q=0", ""),
        ("*", "zstd"),
        ("*;q=0.5, zstd;q=0", "br"),
        ("identity, gzip;q=0.5", ""),
        ("identity;q=0.5, gzip", "gzip"),
        ("deflate, x-gzip", ""),
        ("gzip;q=often", ""),
        ("gzip;q=nan", ""),
        ("gzip;q=-1", ""),
        (",;=,;q=1", ""),
        ("", ""),
    ],
)
def test_the_coding_is_the_one_the_browser_wants_most(accepted, coding):
    assert compression.choose(accepted) == coding


@pytest.mark.parametrize("coding", DECODERS)
def test_a_page_is_the_same_in_every_coding_kept_or_not(client, addresses, coding):
    for address in addresses:
        plain = client.get(address).sent
        for _ in range(2):
            response = client.get(address, headers={"accept-encoding": coding})
            assert response.headers.get("Content-Encoding", "") == coding
            assert "Accept-Encoding" in response.headers["Vary"]
            assert int(response.headers["Content-Length"]) == len(response.sent)
            assert DECODERS[coding](response.sent) == plain


def test_a_coding_that_is_refused_is_not_sent_by_anybody(client, addresses):
    for address in addresses:
        response = client.get(address, headers={"accept-encoding": "gzip;q=0, br;q=0, zstd;q=0"})
        assert "Content-Encoding" not in response.headers


def test_whoever_has_the_page_gets_no_page(client, addresses):
    for address in addresses:
        tag = client.get(address).headers["ETag"]
        response = client.get(address, headers={"if-none-match": f'"other", {tag}'})
        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["ETag"] == tag
        assert response.headers["Cache-Control"] == "no-cache"
        assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200
        assert client.get(address, headers={"if-none-match": "nonsense"}).status_code == 200


def test_one_search_has_one_tag_however_it_is_written(client, entry):
    first = client.get(reverse("directory") + "?theme=housing&theme=health&page=1&sort=current")
    other = client.get(reverse("directory") + "?utm_source=x&theme=health&theme=housing&theme=war&q=+")
    assert first.headers["ETag"] == other.headers["ETag"]
    assert (
        client.get(entry.get_absolute_url() + "?a=b").headers["ETag"]
        == (client.get(entry.get_absolute_url()).headers["ETag"])
    )
    tags = {client.get(reverse("directory") + query).headers["ETag"] for query in ("", "?page=2", "?view=map", "?q=a")}
    assert len(tags) == 4


def test_a_change_ends_every_tag(client, addresses, entry):
    before = [client.get(address).headers["ETag"] for address in addresses]
    Practice.objects.filter(pk=entry.pk).update(title="Roofs for all")
    for address, tag in zip(addresses, before, strict=True):
        response = client.get(address, headers={"if-none-match": tag})
        assert response.status_code == 200
        assert "Roofs for all" in response.text


def test_another_build_and_another_day_have_other_tags(monkeypatch):
    first = page_cache.etag_of(1, "/en/practices/", "")
    monkeypatch.setattr(page_cache, "build", lambda: "another")
    assert page_cache.etag_of(1, "/en/practices/", "") != first
    monkeypatch.undo()
    tomorrow = time.time_ns() // 1000 + 86_400_000_000
    monkeypatch.setattr(page_cache.edition, "now", lambda: tomorrow)
    assert page_cache.etag_of(1, "/en/practices/", "") != first


def test_the_build_is_the_same_whatever_language_is_asked_for_first():
    """Each process finds it out at its first request, and all of them look for one another's copies under it."""
    found = set()
    for code in ("en", "ar", "pt"):
        with override(code):
            found.add(page_cache.build.__wrapped__())
    assert len(found) == 1


def test_the_build_changes_with_a_template(settings, tmp_path):
    for name in page_cache.PACKAGES:
        (tmp_path / name).mkdir()
    settings.BASE_DIR = tmp_path
    (tmp_path / "templates" / "a.html").write_text("<p>")
    first = page_cache.build.__wrapped__()
    (tmp_path / "templates" / "a.html").write_text("<b>")
    assert page_cache.build.__wrapped__() != first


def test_an_entry_taken_away_is_gone_from_every_kept_page(client, addresses, entry):
    for address in addresses:
        client.get(address)
    entry.refresh_from_db()
    Practice.objects.filter(pk=entry.pk).update(archived_at=entry.published_at)
    assert "A roof" not in client.get(addresses[0]).text
    assert client.get(entry.get_absolute_url()).status_code == 410


@pytest.mark.django_db(transaction=True)
def test_a_save_in_the_desk_is_seen_at_once_by_its_author_and_soon_by_all(client, admin_client, monkeypatch, entry):
    """Between two looks a visitor may see the page of a quarter of a second ago; the author never does."""
    monkeypatch.setattr("citysolidarity.caching.edition.CHECK_SECONDS", 0.25)
    directory, page = reverse("directory"), entry.get_absolute_url()
    for visitor in (client, admin_client):
        assert "A roof for the first night" in visitor.get(directory).text
    saved = time.monotonic()
    Practice.objects.filter(pk=entry.pk).update(title="Roofs for all")
    assert "Roofs for all" in admin_client.get(directory).text
    assert "Roofs for all" in admin_client.get(page).text
    pages.forget()
    time.sleep(max(0, 0.25 - (time.monotonic() - saved)))
    assert "Roofs for all" in client.get(directory).text
    assert "Roofs for all" in client.get(page).text


def answers(view):
    """The two answers of a kept view, the second one perhaps kept, and how often the view was asked."""
    asked = []

    @cached_page()
    def counted(request):
        asked.append(request)
        return view(request)

    return [counted(RequestFactory().get("/en/somewhere/")) for _ in range(2)], len(asked)


def with_cookie(request):
    response = HttpResponse("x" * 500)
    response.set_cookie("a", "b")
    return response


def with_token(request):
    return HttpResponse(f"<form>{get_token(request)}</form>" + "x" * 500)


def with_session(request):
    from django.contrib.sessions.backends.signed_cookies import SessionStore

    request.session = SessionStore()
    request.session.get("draft")
    return HttpResponse("x" * 500)


def test_a_page_for_everybody_is_made_once():
    [first, second], asked = answers(lambda request: HttpResponse("x" * 500))
    assert asked == 1
    assert first.content == second.content == b"x" * 500


@pytest.mark.parametrize(
    "view", [with_cookie, with_token, with_session, lambda request: HttpResponse("x" * 500, status=404)]
)
def test_a_page_for_one_person_or_of_one_moment_is_never_kept(view):
    responses, asked = answers(view)
    assert asked == 2
    assert not any(response.has_header("ETag") for response in responses)


def test_a_post_is_never_answered_from_what_is_kept():
    view = cached_page()(lambda request: HttpResponse(request.method * 200))
    view(RequestFactory().get("/en/somewhere/"))
    assert view(RequestFactory().post("/en/somewhere/")).content.startswith(b"POST")


def test_little_is_kept(monkeypatch):
    monkeypatch.setattr(page_cache, "BYTES_KEPT", 1_000)
    for at in range(10):
        pages.keep(f'W/"{at}"', "", b"x" * 300)
    assert pages.size == sum(map(len, pages.bodies.values())) <= 1_000
    assert pages.get('W/"9"', "")
    assert pages.get('W/"0"', "") is None


def test_without_the_index_everything_comes_from_the_database(client, settings, addresses):
    with_index = [client.get(address).content for address in addresses]
    settings.SELECTION_INDEX = False
    for address, expected in zip(addresses, with_index, strict=True):
        response = client.get(address)
        assert response.content == expected
        assert "ETag" not in response.headers


def test_a_curator_is_known_by_the_session_alone():
    request = RequestFactory().get("/")
    assert not page_cache.is_curators(request)
    request.COOKIES["session"] = "anything"
    request.session = SessionStore("anything")
    assert not page_cache.is_curators(request)
    store = SessionStore()
    store.create()
    request.session = SessionStore(store.session_key)
    assert page_cache.is_curators(request)
    assert get_user_model().objects.count() == 0


@pytest.mark.parametrize(
    "key", ["x", "0123456789abcdef0123456789abcdef", "0123456789abcdefghijklmn0123456789abcdef", "ÿ" * 40]
)
def test_a_made_up_session_asks_the_database_nothing(client, addresses, monkeypatch, django_assert_num_queries, key):
    monkeypatch.setattr("citysolidarity.caching.edition.CHECK_SECONDS", 60)
    for address in addresses:
        client.get(address)
        client.cookies["session"] = key
        with django_assert_num_queries(0):
            assert client.get(address).status_code == 200
    client.cookies["session"] = at_the_desk(staff()).cookies["session"].value
    with django_assert_num_queries(1):  # whoever curates sees at once what was saved
        client.get(address)


def test_only_so_many_files_are_drawn_for_each_address(client, addresses, monkeypatch):
    monkeypatch.setattr(page_cache.FILES_DRAWN, "most", 2)
    first, second, third = (reverse("page_card", args=[name]) for name in ("home", "guides", "library"))
    assert [client.get(path).status_code for path in (first, first, second, first)] == [200] * 4, "kept ones are free"
    late = client.get(third)
    assert (
        late.status_code == 429 and 0 < int(late["Retry-After"]) <= 600 and late["Cache-Control"] == "private, no-store"
    )
    assert "Please try again in 10 minutes" in late.text
    assert client.get(third, REMOTE_ADDR="192.0.2.9").status_code == 200
    assert client.get(first, headers={"If-None-Match": client.get(first)["ETag"]}).status_code == 304
