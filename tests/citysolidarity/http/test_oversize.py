"""What the public may send at once: a text that is too long comes back in its form, and a form that is too large in a page."""

import html
import re
from functools import partial
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.urls import reverse

from citysolidarity.middleware import MOST_BYTES
from pledges.models import Invitation, Signature, Support
from practices.models import Enquiry, Following, PracticeLetter, Report, Submission
from practices.sharing.forms.figures import key_of
from practices.sharing.forms.journey import Sharing, querydict
from tests.forms import a_place, fields_of, said
from tests.login import at_the_desk, staff
from tests.modules import at_once
from tests.people import a_practice
from tests.pledges.invitations import inviters
from tests.pledges.signers import a_version
from tests.pledges.signing.journeys import ANSWERS as SIGNING
from tests.pledges.supports import residents
from tests.practices.correspondence import letters, writing
from tests.practices.following import followers
from tests.practices.sharing import sharers

pytestmark = pytest.mark.django_db
TYPED = "application/x-www-form-urlencoded"
LONG = 200_000
# A letter, a mark, what a pattern could begin again and again, and accents that Unicode has to sort.
UNITS = ["a", "+", "a-", "\u0301\u0323"]


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """A person takes longer than a test does."""
    monkeypatch.setattr("citysolidarity.forms.form_token.SLOWER_THAN_A_ROBOT", 0)
    a_place()
    a_version()


def writing_to(name, **fields):
    practice = a_practice()
    return reverse(name, args=[practice.slug]), {"stamp": writing.a_stamp(practice), "subject": "", **fields}


def shared(page):
    return sharers.address_of(page), sharers.ready_for(page) | sharers.ANSWERS[page]


def signing(page):
    before = list(SIGNING)[: list(SIGNING).index(page) + 1]
    return reverse(f"sign_{page}"), {name: value for one in before for name, value in SIGNING[one].items()}


def supporting():
    return reverse("support"), residents.ANSWERS | {"stamp": residents.a_stamp(), "subject": ""}


def inviting():
    return reverse("invite"), inviters.ANSWERS | {"stamp": inviters.a_stamp(), "subject": ""}


def following():
    return reverse("follow"), followers.ANSWERS | {"stamp": residents.a_stamp(), "subject": ""}


def yearly():
    confirmation = letters.an_asked()
    return letters.link(PracticeLetter.objects.get(confirmation=confirmation), "confirm_entry"), {"answer": "changed"}


# Each address with an honest form, and the field whose text is too long.
FORMS = {
    "report": (lambda: writing_to("practice_report", kind="wrong", email=""), "text"),
    "report, mailbox": (lambda: writing_to("practice_report", kind="wrong", text="It ended.", email=""), "email"),
    "ask": (lambda: writing_to("practice_ask", email="reader@city.example"), "text"),
    "share, title": (lambda: shared("title"), "title"),
    "share, city": (lambda: shared("city"), "q"),
    "share, summary": (lambda: shared("summary"), "summary"),
    "share, approach": (lambda: shared("approach"), "approach"),
    "share, failures": (lambda: shared("failures"), "what_did_not_work"),
    "share, partners": (lambda: shared("who"), "partners"),
    "share, currency": (lambda: shared("cost"), "cost_currency"),
    "share, source": (lambda: shared("sources"), "source_url_1"),
    "share, mailbox": (lambda: shared("contact"), "email"),
    "share, last page": (lambda: shared("check"), "approach"),
    "sign, city": (lambda: signing("city"), "q"),
    "sign, signer": (lambda: signing("signer"), "institution"),
    "sign, contact": (lambda: signing("contact"), "email"),
    "sign, page": (lambda: signing("contact"), "decision_url"),
    "sign, day": (
        lambda: (signing("visibility")[0], signing("visibility")[1] | {"visibility": "from-date"}),
        "public_from_day",
    ),
    "sign, commitment": (
        lambda: (signing("commitments")[0], signing("commitments")[1] | {"seen": "1"}),
        "promise_1",
    ),
    "sign, last page": (lambda: signing("check"), "signer_name"),
    "support, city": (supporting, "q"),
    "support, name": (supporting, "first_name"),
    "support, mailbox": (supporting, "email"),
    "invite, city": (inviting, "q"),
    "invite, words": (inviting, "message"),
    "invite, name": (inviting, "first_name"),
    "invite, mailbox": (inviting, "email"),
    "follow, mailbox": (following, "email"),
    "change": (lambda: (reverse("sign_change"), {"wish": "withdraw"}), "email"),
}
forms = pytest.mark.parametrize(("make", "field"), FORMS.values(), ids=FORMS)


def post(client, address, fields):
    return client.post(address, urlencode(fields, doseq=True), content_type=TYPED)


def saved() -> int:
    kinds = (Report, Enquiry, Submission, Signature, Support, Invitation, Following)
    return sum(rows.objects.count() for rows in kinds)


@forms
def test_a_text_that_is_too_long_comes_back_in_its_form_at_once(client, make, field):
    address, fields = make()
    for unit in UNITS:
        # As many letters as fit, written as a browser sends them.
        text = "x" + unit * ((MOST_BYTES - 8_000) // len(urlencode({"": unit})[1:])) + "x"
        answer = at_once(partial(post, client, address, fields | {field: text}))
        assert answer.status_code == 422 and said(answer)
        kept = fields_of(answer)
        assert kept[field].replace("\r\n", "\n") == text
        assert filled(kept) == filled(fields) | filled(kept) | {field: kept[field]}
    assert saved() == 0


@forms
def test_a_form_that_is_too_large_comes_back_to_be_shortened(client, make, field):
    address, fields = make()
    text = "word " * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE // 6)
    answer = at_once(partial(post, client, address, fields | {field: text}))
    assert answer.status_code == 413 and answer["Cache-Control"] == "no-store"
    assert filled(boxes_of(answer)) == filled(fields | {field: text})
    assert f'<form method="post" action="{address}">' in answer.text and "readonly" not in answer.text
    assert saved() == 0


def filled(fields: dict) -> dict:
    """What stands in a form, without boxes to tick and what the page itself writes."""
    texts = {name: value[0] if isinstance(value, list) and value else value for name, value in fields.items()}
    return {
        name: value for name, value in texts.items() if value and name not in ("stamp", "consent", "city", "searched")
    }


@pytest.mark.parametrize("body", ["themes=welcome&" * 9_800, "a=&" * 9_800, f"{'a' * 200_000}=1", "%00=%00&" * 9_800])
@pytest.mark.parametrize("step", ["words", "check"])
def test_a_form_of_thousands_of_fields_is_answered_at_once(client, step, body):
    address, fields = shared(step)
    sent = f"{urlencode(fields, doseq=True)}&{body}"[:MOST_BYTES]
    answer = at_once(partial(client.post, address, sent, content_type=TYPED))
    assert answer.status_code == 422 and saved() == 0


@pytest.mark.parametrize("text", ["", "a" * 240])
def test_nor_is_one_that_is_too_large(client, text):
    address, fields = shared("words")
    sent = f"{urlencode(fields, doseq=True)}&" + "".join(
        f"field{number}={text or 'a' * 30}&" for number in range(9_900)
    )
    assert at_once(partial(client.post, address, sent, content_type=TYPED)).status_code == 413


def boxes_of(answer) -> dict:
    found = re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>\n(.*?)</textarea>', answer.text, re.DOTALL)
    boxes = {}
    for name, text in found:
        text = html.unescape(text)
        boxes[name] = [boxes[name], text] if name in boxes else text
    return boxes


def test_shortened_and_sent_again_it_is_taken(client):
    address, fields = writing_to("practice_report", kind="wrong", email="", text="word " * 60_000)
    answer = post(client, address, fields)
    assert answer.status_code == 413
    again = post(client, address, fields | boxes_of(answer) | {"text": "It ended last year."})
    assert again.status_code == 302 and Report.objects.get().text == "It ended last year."


@pytest.mark.parametrize("size", [MOST_BYTES + 1, 3_000_000, 300_000_000])
def test_what_is_larger_still_is_not_read(client, size):
    address, _fields = writing_to("practice_report")
    body = b"text=" + b"a" * (min(size, 3_000_000) - 5)
    answer = client.generic("POST", address, body, content_type=TYPED, CONTENT_LENGTH=str(size))
    assert answer.status_code == 413 and ("aaaa" in answer.text) is (size <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def test_no_file_is_taken_from_the_public(client, tmp_path):
    file = tmp_path / "large.txt"
    file.write_bytes(b"a" * 3_000_000)
    with file.open("rb") as content:
        answer = client.post(reverse("sign_check"), {"file": content})
    assert answer.status_code == 413 and "without files" in answer.text


def test_what_another_site_sends_is_not_shown(client):
    address, fields = writing_to("practice_report", text="strange " * 60_000)
    body = urlencode(fields)
    answer = client.post(address, body, content_type=TYPED, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 413 and "strange" not in answer.text


@pytest.mark.parametrize("stated", ["", "none", "-5", "9" * 5_000])
def test_a_size_that_is_no_number_is_none(client, stated):
    address, _fields = writing_to("practice_report")
    answer = client.generic("POST", address, b"", content_type=TYPED, CONTENT_LENGTH=stated)
    assert answer.status_code == 422


def test_the_desk_has_its_own_bounds(client):
    fields = {"username": "amina", "password": "x" * (MOST_BYTES + 1)}
    assert post(client, reverse("admin:login"), fields).status_code == 413, "a stranger has no long text for it"
    client.cookies["session"] = "anything"
    assert post(client, reverse("admin:login"), fields).status_code == 413, "nor has one with a cookie made up"
    client.cookies["session"] = at_the_desk(staff("ben")).cookies["session"].value
    assert post(client, reverse("admin:index"), fields).status_code != 413


def test_links_in_letters_refuse_long_texts_as_well(client):
    address, fields = yearly()
    text = "a" * LONG
    answer = at_once(partial(post, client, address, fields | {"text": text}))
    assert answer.status_code == 422 and fields_of(answer)["text"] == text
    assert post(client, address, fields | {"text": text * 2}).status_code == 413


@pytest.mark.parametrize("letter", ["m", "م"])
def test_the_longest_form_that_is_right_fits(letter):
    """All texts of a practice as long as they may be, in letters that a browser sends as six bytes each."""
    answers = {name: value for one in sharers.ANSWERS.values() for name, value in one.items()}
    answers |= dict.fromkeys(["challenge", "approach", "results", "lessons", "what_did_not_work"], 4_000)
    answers |= {"summary": 280, "area": 120, "title": 120, "lead_body": 200, "office": 120}
    answers |= {"cost_said": 400, "staff_said": 400, "startup_said": 400, "learned_place": 200, "learned_what": 200}
    for number in range(1, 5):
        answers |= {f"figure_value_{number}": 40, f"figure_what_{number}": 160, f"figure_year_{number}": "2024"}
    for number in (1, 2, 3):
        answers |= {f"source_title_{number}": 300, f"source_publisher_{number}": 200, f"source_year_{number}": "2024"}
        answers[f"source_url_{number}"] = f"https://{number}.athens.example/".ljust(500, "a")
    # Each text is another one: the form asks about what is said twice.
    full = {
        name: f"{at:02} {letter * (value - 3)}" if isinstance(value, int) else value
        for at, (name, value) in enumerate(answers.items())
    }
    full["partners"] = full["funders"] = "\r\n".join(f"{letter * 197}{number}" for number in range(10, 30))
    full["conditions"] = "\r\n".join(f"{letter * 197}{number}" for number in range(10, 22))
    first = key_of({"url": full["source_url_1"], "title": full["source_title_1"]})
    full |= {f"figure_source_{number}": first for number in range(1, 5)}
    full |= dict.fromkeys(sharers.MARKS, "1") | {"stamp": "s" * 200, "alike": "new"}
    sent = {name: value if isinstance(value, list) else [value] for name, value in full.items()}
    way = Sharing(querydict(sent))
    assert way.next_page() == "check", way.form(way.next_page()).errors
    assert len(urlencode(sent, doseq=True)) < MOST_BYTES
