"""A word typed into every field of a submission is found on no page before a curator has decided, whatever becomes of it."""

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from practices.models import City, Practice, Submission
from practices.sharing import emails
from practices.sharing.acceptance import make_entry
from practices.sharing.forms.figures import key_of
from tests.forms import a_place
from tests.people import a_city, a_practice
from tests.pledges.crawl import crawl
from tests.practices.sharing.sharers import a_submission

pytestmark = pytest.mark.django_db
CANARY = "kanarienvogel"
ADDRESS = "203.0.113.78"  # of the internet, a visitor's
TYPED = {
    **{
        name: f"{name} {CANARY}"
        for name in (
            "title", "summary", "area", "challenge", "approach", "results", "lessons", "what_did_not_work", "lead_body",
            "partners", "funders", "source_title_1", "source_publisher_1", "office", "cost_said", "staff_said",
            "startup_said", "conditions", "learned_place", "learned_what", "figure_what_1",
        )
    },
    "source_url_1": f"https://www.city.example/{CANARY}",
    "figure_source_1": key_of({"title": f"source_title_1 {CANARY}", "url": f"https://www.city.example/{CANARY}"}),
    "email": f"{CANARY}@city.example",
}  # fmt: skip
# A place that no list knows.
BY_HAND = {"q": CANARY, "searched": CANARY, "city": "new", "place_name": CANARY, "place_country": "GR"}


@pytest.fixture
def told(admin_user):
    """Submissions in every state, corrections among them, and a draft made of one; returns the curator."""
    a_place()
    known = a_practice("Public spaces for all", a_city("Athens", "GR", geonames_id=264371), slug="known")
    a_submission(**TYPED)
    a_submission(**TYPED | BY_HAND | {"email": f"{CANARY}2@city.example"})
    a_submission(**TYPED | {"alike": f"update:{known.slug}"})
    asked = a_submission(**TYPED)
    asked.ask(admin_user, CANARY)
    answered = a_submission(**TYPED)
    answered.ask(admin_user, CANARY)
    answered.answer(CANARY)
    a_submission(**TYPED).refuse(admin_user, "no-source")
    a_submission(**TYPED).withdraw()
    Submission.begin("key", {"title": [CANARY]}, email=f"{CANARY}@city.example", language="en", title=CANARY)
    for more in ({}, BY_HAND):
        accepted = a_submission(**TYPED | more)
        accepted.accept(admin_user, make_entry(accepted, admin_user))
    return admin_user


def guesses() -> tuple[str, ...]:
    """Addresses that somebody who knows the word could try."""
    entries = [reverse("practice", args=[slug]) for slug in Practice.objects.values_list("slug", flat=True)]
    updates = [reverse("share_update", args=[slug]) for slug in Practice.objects.values_list("slug", flat=True)]
    cities = [reverse("city", args=[slug]) for slug in City.objects.values_list("slug", flat=True)]
    sent = [reverse("share_sent", args=[one.reference]) for one in Submission.objects.all()]
    ways = (
        "api_practice",
        "api_practice_csv",
        "api_practice_xlsx",
        "api_practice_bib",
        "practice_text",
        "embed_practice",
    )
    files = [reverse(way, args=[slug]) for way in ways for slug in Practice.objects.values_list("slug", flat=True)]
    return (*entries, *updates, *cities, *sent, *files)


def test_a_snapshot_tells_nothing_before_a_decision(told, tmp_path):
    call_command("snapshot", tmp_path / "snapshot", pages=False, verbosity=0)
    said = "".join(path.read_text() for path in (tmp_path / "snapshot").rglob("*") if path.is_file())
    assert "athens-gr" in said and CANARY not in said.lower()


def test_nothing_typed_shows_before_a_decision(told):
    assert Submission.objects.count() == 10 and Practice.objects.filter(title__contains=CANARY).count() == 2
    found, seen = [], set()
    for path, said in crawl(ADDRESS, guesses()):
        seen.add(path)
        # An address that is guessed comes back in the page that says that there is nothing.
        if CANARY in said.lower() and CANARY not in path:
            found.append(path)
    assert found == []
    assert reverse("share") in seen and reverse("practice", args=["known"]) in seen


def test_whoever_types_the_word_is_not_told_that_it_is_known(client, told):
    for name in ("suggest", "places"):
        assert CANARY not in client.get(reverse(name), {"q": CANARY[:8]}).text
    assert client.get(reverse("directory"), {"q": CANARY}).text.count("<article") == 0


def test_the_same_word_is_found_once_a_curator_has_published_it(client, told):
    """The proof that the tests above can fail."""
    entry = Practice.objects.filter(title__contains=CANARY).first()
    entry.submit(by=told)
    entry.publish(by=told)
    assert CANARY in client.get(entry.get_absolute_url()).text
    for way in ("directory", "api_practices", "api_practices_csv", "api_practices_ris", "feed", "feed_json"):
        assert CANARY in client.get(reverse(way)).text
    assert f"{CANARY}@city.example" not in client.get(entry.get_absolute_url()).text


def test_no_letter_repeats_what_was_typed(told):
    submission = a_submission(**TYPED)
    submission.ask(User.objects.get(), CANARY)
    with transaction.atomic():
        emails.submission_question.post(submission)
    for letter in submission.letters.all():
        composed = emails.REGISTRY.letters[letter.name].compose(letter)
        text = (composed.subject + composed.body + composed.alternatives[0].content).lower()
        assert CANARY not in text, letter.name
