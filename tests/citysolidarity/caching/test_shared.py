"""What shared caches may keep: nothing that is one visitor's, and nothing for longer than a withdrawal may take."""

import pytest
from django.test import Client

from citysolidarity.caching.edition import CHECK_SECONDS
from citysolidarity.caching.shared import FILE, PERSONAL
from tests.browser.addresses import ON_THE_WAY
from tests.citysolidarity.opendata.test_embeds import addresses, amman  # noqa: F401 - a fixture
from tests.citysolidarity.test_env import start
from tests.login import at_the_desk, staff

pytestmark = pytest.mark.django_db
GONE_WITHIN = 300  # product.md, "Signature"
MOST_CDN, MOST_LAG, ON_THE_LINE = 120, 25, 4  # seconds; the first two are bounds of the settings
# What never changes but with a release.
FIXED = {"icon"}
# What may be chosen by, among answers that are shared: no cookie, no browser, no address of a visitor.
MAY_VARY = {"accept", "accept-encoding", "accept-language"}
NO_LANGUAGE = {"picture"}
OWN = (b'name="stamp"', b"csrfmiddlewaretoken")


@pytest.fixture(autouse=True)
def behind_a_cdn(settings):
    settings.CDN_SECONDS = MOST_CDN


def rules(answer) -> dict[str, str]:
    parts = (part.strip().partition("=") for part in answer["Cache-Control"].split(","))
    return {name: value for name, _equals, value in parts}


def longest(answer) -> int:
    """Seconds for which somebody may still be shown it, past a shared cache that tells no age and then a browser's."""
    said = rules(answer)
    if said.keys() & {"no-store", "no-cache"}:
        return 0
    stale = max(int(said.get(name, 0)) for name in ("stale-while-revalidate", "stale-if-error"))
    browser = int(said["max-age"]) + stale
    return browser if "private" in said else browser + int(said.get("s-maxage", said["max-age"])) + stale


def is_shared(answer) -> bool:
    return not rules(answer).keys() & {"private", "no-store", "no-cache"}


def is_own(answer) -> bool:
    return bool(rules(answer).keys() & {"private", "no-store"})


@pytest.mark.usefixtures("amman")
def test_nothing_withdrawn_is_seen_longer_than_five_minutes_and_nothing_personal_is_shared(client):
    shared = {}
    for name, path in (*addresses(), ("city", "/en/cities/amman-jo/"), ("signature", "/en/signatories/amman-jo/")):
        answer = client.get(path)
        if name in FIXED:
            continue
        seconds = longest(answer)
        assert seconds + MOST_LAG + CHECK_SECONDS + ON_THE_LINE <= GONE_WITHIN, (path, answer["Cache-Control"])
        if is_shared(answer):
            shared[name] = path
            assert answer.status_code in {200, 404} and not answer.cookies, path
            varies = {word.strip().lower() for word in answer.get("Vary", "").split(",")} - {""}
            assert varies <= MAY_VARY, path
            has_language = path.startswith("/en/") or "/embed/" in path or name in NO_LANGUAGE
            assert ("accept-language" in varies) != has_language, (path, varies)
            assert not any(word in answer.content for word in OWN), path
            # How much of a limit is left is each visitor's own.
            assert "RateLimit-Remaining" not in answer, path
        if path.startswith("/admin/") and answer.status_code < 400:
            assert is_own(answer), (path, answer["Cache-Control"])
    assert {
        "home",
        "directory",
        "practice",
        "city",
        "signatories",
        "signature",
        "statement",
        "embed_map",
    } <= shared.keys()
    assert {"feed", "badge", "signatories_csv", "oembed"} <= shared.keys()
    assert shared.keys().isdisjoint({*ON_THE_WAY, "sign", "share", "support", "invite", "api_practices", "login"})


@pytest.mark.usefixtures("amman")
def test_whoever_curates_is_given_nothing_that_a_shared_cache_would_keep():
    curator, seen = at_the_desk(staff()), 0
    for name, path in addresses():
        if name == "logout":
            continue
        answer = curator.get(path)
        if path.startswith("/admin/") and answer.status_code == 200:
            seen += 1
            assert is_own(answer), (path, answer["Cache-Control"])
        if answer["Cache-Control"].startswith("public, max-age=0"):
            pytest.fail(f"{path} is shared")
    assert seen > 30
    assert curator.get("/en/practices/roofs/")["Cache-Control"] == PERSONAL


@pytest.mark.usefixtures("amman")
def test_what_is_asked_for_again_says_the_same(client, settings):
    for path in ("/en/practices/roofs/", "/en/practices/?theme=housing", "/en/signatories/", "/en/"):
        answer = client.get(path)
        again = client.get(path, headers={"if-none-match": answer["ETag"]})
        assert again.status_code == 304 and again["Cache-Control"] == answer["Cache-Control"]
        assert answer["Cache-Control"].startswith(f"public, max-age=0, s-maxage={MOST_CDN}, stale-while-revalidate=")
    settings.CDN_SECONDS = 0
    assert client.get("/en/practices/roofs/")["Cache-Control"] == "no-cache"
    assert client.get("/feeds/practices.atom")["Cache-Control"] == FILE


@pytest.mark.usefixtures("amman")
def test_a_cdn_that_knows_no_vary_gives_nobody_markdown_for_a_page(client):
    """It would keep the first answer, whatever that visitor preferred."""
    for path in ("/en/practices/roofs/", "/en/cities/amman-jo/"):
        preferred = client.get(path, headers={"accept": "text/markdown"})
        assert preferred["Content-Type"].startswith("text/markdown") and preferred["Cache-Control"] == PERSONAL
        again = client.get(path, headers={"accept": "text/markdown", "if-none-match": preferred["ETag"]})
        assert again.status_code == 304 and again["Cache-Control"] == PERSONAL
        assert is_shared(client.get(preferred["Content-Location"]))


@pytest.mark.usefixtures("amman")
def test_refusals_and_what_is_gone_are_not_kept(client):
    for path in ("/en/practices/nowhere/", "/en/nowhere/", "/en/signatories/nowhere/"):
        answer = client.get(path)
        assert answer.status_code == 404 and not is_shared(answer), path
    assert not is_shared(Client().post("/en/practices/"))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"CDN_SECONDS": str(MOST_CDN + 1)}, f"CDN_SECONDS must be at most {MOST_CDN}"),
        ({"REPLICA_LAG_SECONDS": str(MOST_LAG + 1)}, f"REPLICA_LAG_SECONDS must be at most {MOST_LAG}"),
    ],
)
def test_no_setting_makes_it_longer(changes, sentence):
    done = start(**changes)
    assert done.returncode != 0 and sentence in done.stderr
