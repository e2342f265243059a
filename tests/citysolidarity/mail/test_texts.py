"""The words of e-mails: what an edited text may say, and that every e-mail leaves whatever it says."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from citysolidarity.desk.emails.models import StaffEmail
from citysolidarity.desk.emails.posting import REGISTRY, tell
from citysolidarity.mail.edited_texts import EditedText, written
from citysolidarity.mail.postbox import EDITABLE
from citysolidarity.mail.texts import PLACEHOLDER, EmailText, Variable, Words
from citysolidarity.people.emails import welcome_to_staff
from pledges import emails
from pledges.signing.alarm import TEXT, send_alarm
from practices.correspondence.reports.curators import report_to_staff
from practices.following import emails as following_emails  # noqa: F401 - it adds its texts
from practices.models.correspondence.report import Problem
from tests.letters import send, work
from tests.login import staff
from tests.people import a_practice
from tests.pledges.signers import a_confirmed, a_draft, a_verified
from tests.practices.correspondence.test_report import a_report

TEXTS = {text.key: text for registry in EDITABLE for text in registry.texts}
# Of one without a row there are no links of its own.
PURPOSES = {name: letter.purposes for registry in EDITABLE for name, letter in registry.letters.items()}
CONFIRM = emails.confirm_signature.texts[""]


def test_every_email_can_be_edited_but_the_one_that_says_that_a_text_cannot_be_sent():
    fixed = [name for each in EDITABLE for name, letter in each.letters.items() if not letter.texts]
    assert fixed == ["unusable_text_to_staff"] and all(registry.title for registry in EDITABLE)
    templates = {
        path.name.split(".")[0] for path in (Path(settings.BASE_DIR) / "templates/email").glob("*.subject.txt")
    }
    assert templates == {*fixed, *(text.name for text in TEXTS.values()), "from_curator", "site_alarm"}


@pytest.mark.parametrize("key", TEXTS)
def test_an_original_keeps_its_own_rules_and_every_link_stays(key):
    text = TEXTS[key]
    original = text.original("en")
    assert not list(text.problems(original, "en"))
    links = {
        f"{purpose.value}_link": f"https://cities.example/{purpose.value}/" for purpose in PURPOSES.get(text.name, ())
    }
    words = text.fill(original, {**text.sample(), **links}, "en")
    assert "{{" not in "".join(words) and "\n\n\n" not in words.body
    if key == "submission_withdrawn":  # what was taken back needs no page
        links = {}
    for name, link in links.items():
        assert words.body.count(link) == 1
        in_body = name in text.offered("en")
        # Whoever edits the body can take none of them away.
        assert text.variables[name].is_needed if in_body else link in text.ending("en", {**text.sample(), **links})


WRONG = {
    "another variable": ("Hello {{ institution }}", "no variable {{ institution }}"),
    "an attribute": ("Hello {{ confirm_link.signature }}", "cannot be read"),
    "a key": ("{{ confirm_link[0] }}", "cannot be read"),
    "a filter": ("{{ until_day|upper }}", "cannot be read"),
    "a tag": ("{% load static %}", "cannot be read"),
    "a comment": ("{# hidden #}", "cannot be read"),
    "half a variable": ("until {{ until_day", "cannot be read"),
    "its other half": ("until until_day }}", "cannot be read"),
    "a link in a sentence": ("Open {{ confirm_link }}.", "a line of its own"),
    "what stands in the ending": ("{{ disown_link }}", "no variable {{ disown_link }}"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_text_that_cannot_be_sent_is_refused_with_a_sentence(kind):
    typed, sentence = WRONG[kind]
    original = CONFIRM.original("en")
    problems = list(CONFIRM.problems(original._replace(body=f"{original.body}\n{typed}"), "en"))
    assert [field for field, _said in problems] == ["body"] and sentence in problems[0][1]


def test_a_text_without_its_link_is_refused():
    (problem,) = CONFIRM.problems(Words("Please confirm", "Good day"), "en")
    assert problem[0] == "body" and "Please put {{ confirm_link }} back" in problem[1]


def test_a_link_stays_out_of_the_subject():
    original = CONFIRM.original("en")
    (problem,) = CONFIRM.problems(original._replace(subject="{{ confirm_link }}"), "en")
    assert problem == ("subject", "{{ confirm_link }} cannot stand in the subject, only in the text.")


def test_what_stands_in_a_value_is_no_placeholder():
    text = emails.refused.texts["no-proof"]
    words = text.fill(
        text.original("en"),
        {"note": "{{ contact }} {% now %}", "contact": "https://cities.example/", "city": "Oslo"},
        "en",
    )
    assert "\n{{ contact }} {% now %}\n" in words.body


def test_a_subject_stays_one_line():
    text = EmailText("verified_notice", "", "", {"city": Variable("the city", "Oslo")})
    assert (
        text.fill(Words("To {{ city }}", "x"), {"city": "A\nBcc: b@c.example"}, "en").subject == "To A Bcc: b@c.example"
    )


# --- sent --------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def no_digests(monkeypatch):
    monkeypatch.setattr("citysolidarity.desk.emails.posting.DIGEST_FROM", 24)


def edit(text, subject, body, number=1, language="en", by=None):
    by = by or staff(f"editor{number}{language}", "Lead curator", email=f"editor{number}{language}@cities.example")
    columns = {"subject": subject, "body": body, "by": by}
    return EditedText.objects.create(key=text.key, language=language, number=number, **columns)


def sent(letter, signature):
    mail.outbox.clear()
    with transaction.atomic():
        row = letter.post(signature)
    send()
    return row, [message for message in mail.outbox if message.to == ["officer@amman.example"]]


@pytest.mark.django_db
def test_an_edited_text_leaves_with_its_links_and_its_ending():
    edit(CONFIRM, "Confirm by {{ until_day }}", "Dear colleagues <b>\n\n{{confirm_link}}\n")
    row, (message,) = sent(emails.confirm_signature, a_draft())
    assert message.subject == f"Confirm by {row.expires_at():%-d %B %Y}"
    assert message.body.startswith("Dear colleagues <b>\n\nhttp") and "Good day" not in message.body
    assert f"/confirm/{row.token(emails.Purpose.CONFIRM)}/" in message.body
    assert "To stop us from writing to this address again" in message.body
    assert f"/disown/{row.token(emails.Purpose.DISOWN)}/" in message.body
    assert "Dear colleagues &lt;b&gt;" in message.alternatives[0].content


@pytest.mark.django_db
def test_the_latest_version_counts_and_an_empty_one_is_the_original():
    lead = staff("lea", "Lead curator")
    for number, body in enumerate(["First", "Second", ""], start=1):
        edit(emails.verified_notice.texts[""], body and "Subject", body, number, by=lead)
        _row, (message,) = sent(emails.verified_notice, a_verified())
        assert message.body.startswith(body or "Good day,")


@pytest.mark.django_db
def test_a_text_is_edited_in_one_language():
    edit(emails.verified_notice.texts[""], "Sujet", "Texte", language="fr")
    assert sent(emails.verified_notice, a_verified())[1][0].body.startswith("Good day,")


@pytest.mark.django_db
def test_of_a_variant_only_that_variant_is_edited():
    edit(emails.confirmed_receipt.texts["other-address"], "Subject", "Ours\n{{ withdraw_link }}")
    assert "Ours" not in sent(emails.confirmed_receipt, a_confirmed())[1][0].body


UNUSABLE = {
    "a variable that is gone": ("Subject", "{{ confirm_link }}\n{{ gone }}"),
    "no link": ("Subject", "Good day"),
    "a tag": ("Subject", "{{ confirm_link }}\n{% debug %}"),
    "nothing but space": (" ", "{{ confirm_link }}"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", UNUSABLE)
def test_an_unusable_text_never_keeps_an_email_back_and_leads_hear_of_it_once(kind):
    edited = edit(CONFIRM, *UNUSABLE[kind])
    for _number in range(2):
        row, (message,) = sent(emails.confirm_signature, a_draft())
        assert message.subject == "Please confirm the signature of your city (–)" and "Good day," in message.body
        row.refresh_from_db()
        assert row.sent_at
    work()
    edited.refresh_from_db()
    assert edited.unusable_at
    (told,) = StaffEmail.objects.filter(name="unusable_text_to_staff")
    assert told.user.email == "editor1en@cities.example" and told.sent_at


@pytest.mark.django_db
def test_a_preview_shows_the_edited_text_and_writes_nothing():
    edit(CONFIRM, "Subject", "Without its link")
    words, unusable = written(CONFIRM, CONFIRM.sample(), "en")
    assert unusable and "Good day" in words.body
    assert "Good day" in emails.confirm_signature.preview(a_draft())
    assert not EditedText.objects.filter(unusable_at__isnull=False).exists()
    edit(CONFIRM, "Subject", "Ours:\n{{ confirm_link }}", 2)
    assert emails.confirm_signature.preview(a_draft()).startswith("Ours:\n…\n")


@pytest.mark.django_db
@pytest.mark.parametrize("columns", [{"subject": ""}, {"body": ""}, {"number": 1, "key": "verified_notice"}])
def test_the_database_refuses_half_a_text_and_a_version_twice(columns):
    lead = staff("lea", "Lead curator")
    edit(emails.verified_notice.texts[""], "Subject", "Body", by=lead)
    given = {"key": "refused.no-proof", "language": settings.LANGUAGE_CODE, "number": 2, "subject": "a", "body": "b"}
    with pytest.raises(IntegrityError), transaction.atomic():
        EditedText.objects.create(**given | {"by": lead} | columns)


def test_every_placeholder_of_the_originals_is_a_variable_with_a_meaning():
    for text in TEXTS.values():
        for name in PLACEHOLDER.findall("\n".join(text.original("en"))):
            assert text.variables[name].meaning and text.variables[name].example, text.name


# --- to members of staff -----------------------------------------------------------------


def test_a_worker_knows_every_email_to_staff_before_it_has_loaded_a_page():
    known = "import django; django.setup(); from citysolidarity.desk.emails.posting import REGISTRY; print(*REGISTRY.letters)"
    done = subprocess.run([sys.executable, "-c", known], cwd=settings.BASE_DIR, capture_output=True, text=True)
    assert set(done.stdout.split()) == set(REGISTRY.letters), done.stderr


def sent_to_staff(address) -> list:
    work()
    return [message for message in mail.outbox if message.to == [address]]


@pytest.mark.django_db
def test_an_edited_text_to_staff_leaves_with_its_link_and_the_way_to_choose():
    edit(report_to_staff.texts["harmful"], "Look now: {{ reference }}", "Dear all,\n\n{{ desk_page }}")
    curator = staff("ana", "Curator", email="ana@cities.example")
    harm, wrong = (a_report(a_practice(), kind) for kind in (Problem.HARMFUL, Problem.WRONG))
    for report in (harm, wrong):
        tell(report_to_staff, [curator], report)
    edited, original = sorted(sent_to_staff(curator.email), key=lambda message: message.subject, reverse=True)
    assert edited.subject == f"Look now: {harm.reference}" and edited.body.startswith("Dear all,\n\nhttp")
    assert reverse("admin:practices_report_change", args=[harm.pk]) in edited.body
    assert f"Change which of these e-mails you get:\n{settings.SITE_URL}/admin/emails/" in edited.body
    assert original.subject == f"A problem was reported: 72 hours to check ({wrong.reference})"


@pytest.mark.django_db
def test_the_alarm_is_edited_too_and_an_unusable_one_leaves_as_its_original():
    curator = staff("ana", "Curator", email="ana@cities.example")
    bodies = []
    for number, body in enumerate(["Please look:\n{{ admin_url }}", "Nobody knows where"], start=1):
        row = edit(TEXT, "Many signatures", body, number)
        send_alarm.enqueue(curator.pk, "drafts-wait", str(number))
        bodies.append(sent_to_staff(curator.email)[-1].body)
    assert bodies[0].startswith(f"Please look:\n{settings.SITE_URL}/admin/")
    assert "More signatures than usual" in bodies[1]
    row.refresh_from_db()
    assert row.unusable_at


@pytest.mark.parametrize("text", welcome_to_staff.texts.values(), ids=str)
def test_nobody_can_edit_away_how_somebody_new_comes_in(text):
    fields = [said for _field, said in text.problems(Words("Welcome", "Good day"), "en")]
    assert [name for name in ("link", "name") if any(f"{{{{ {name} }}}}" in said for said in fields)] == [
        "link",
        "name",
    ]
    assert "If you did not expect this" in text.ending("en", text.sample())
