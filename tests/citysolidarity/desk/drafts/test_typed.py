"""Long forms are kept as they are typed, and chosen files survive an error."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db.models import F
from django.utils import timezone

from citysolidarity.desk.drafts.models import MOST_OF_A_PERSON, KeptForm
from citysolidarity.login.sessions import DeskSession
from tests.citysolidarity.desk.drafts.sent_late import end_sessions, log_in, values_of
from tests.desk import desk, form_of
from tests.login import at_the_desk, staff
from tests.people import a_practice
from tests.pictures import upload

pytestmark = pytest.mark.django_db


# --- saved as one types -----------------------------------------------------------------------


def test_what_is_typed_is_kept_and_can_be_opened_or_discarded(ana):
    client, _secret = ana
    practice = a_practice(challenge="Rents rose.")
    address = desk("practice", "change", practice.pk)
    for text in ("Rents doub", "Rents doubled."):
        filters = "?_changelist_filters=q%3DAmman"  # as one comes from a list that was searched
        typed = form_of(client, address) | {"challenge": text, "_address": f"{address}{filters}\0"}
        said = client.post("/admin/drafts/keep/", typed).json()
    assert re.fullmatch(r"\d\d:\d\d", said["at"]) and 1700 < said["seconds"] <= 1800
    kept = KeptForm.objects.get()
    page = client.get(address).content.decode()
    assert "Something you typed here has not been saved" in page and f"?kept={kept.pk}" in page
    assert "Rents rose.</textarea>" in page
    opened = client.get(kept.url).content.decode()
    assert "Rents doubled.</textarea>" in opened and "It is not saved yet." in opened
    assert client.post(f"/admin/drafts/{kept.pk}/discard/").url == address
    assert "has not been saved" not in client.get(address).content.decode()


def test_a_save_forgets_what_was_kept(ana):
    address = desk("practice", "change", a_practice().pk)
    ana[0].post("/admin/drafts/keep/", {"challenge": "x", "_address": address})
    assert ana[0].post(address, form_of(ana[0], address) | {"challenge": "y"}).status_code == 302
    assert not KeptForm.objects.exists()


def test_a_colleague_neither_sees_nor_discards_it(ana):
    address = desk("practice", "change", a_practice().pk)
    ana[0].post("/admin/drafts/keep/", {"challenge": "x", "_address": address})
    ben, kept = at_the_desk(staff("ben")), KeptForm.objects.get()
    assert "has not been saved" not in ben.get(address).content.decode()
    assert ben.post(f"/admin/drafts/{kept.pk}/discard/").status_code == 404


@pytest.mark.parametrize("address", ["//evil.example/", "https://evil.example/", "/en/", "", "/admin/" + "x" * 600])
def test_only_forms_of_the_desk_are_kept(ana, address):
    assert ana[0].post("/admin/drafts/keep/", {"text": "x", "_address": address}).status_code == 404


def test_a_script_without_a_session_is_told_so(client):
    assert client.post("/admin/awake/").status_code == 401
    assert client.post("/admin/drafts/keep/", {"_address": "/admin/", "text": "x"}).status_code == 401


def test_typing_keeps_the_session_within_twelve_hours(ana):
    client, _secret = ana
    gone = timedelta(minutes=20)
    DeskSession.objects.update(seen_at=F("seen_at") - gone, expire_date=F("expire_date") - gone)
    assert client.post("/admin/awake/").json()["seconds"] > 1790
    gone = timedelta(hours=11, minutes=50)
    DeskSession.objects.update(started_at=F("started_at") - gone, seen_at=F("seen_at") - timedelta(minutes=2))
    assert client.post("/admin/awake/").json()["seconds"] <= 600


def test_the_page_says_until_when(ana):
    page = ana[0].get("/admin/").content.decode()
    until = timezone.now() + timedelta(minutes=30)
    assert any(f"Logged in until {at:%H:%M} (UTC)" in page for at in (until, until - timedelta(minutes=1)))


def test_old_ones_are_tidied_away_and_nobody_keeps_too_many(ana):
    user = DeskSession.objects.get().user
    for number in range(MOST_OF_A_PERSON + 3):
        ana[0].post("/admin/drafts/keep/", {"text": "x", "_address": f"/admin/{number}/"})
    assert KeptForm.objects.of(user).count() == MOST_OF_A_PERSON
    KeptForm.objects.update(kept_at=timezone.now() - timedelta(days=15))
    assert not KeptForm.objects.of(user).exists()
    call_command("tidy", verbosity=0)
    assert not KeptForm.objects.exists()


# --- files ------------------------------------------------------------------------------------


def test_a_chosen_file_survives_an_error_elsewhere(ana):
    client, _secret = ana
    practice = a_practice()
    address = desk("practice", "change", practice.pk)
    picture = {"pictures-TOTAL_FORMS": "1", "pictures-0-alternative": "A park", "pictures-0-credit": "The city"}
    picture |= {"pictures-0-licence": "cc-by-4.0", "pictures-0-position": "0"}
    typed = form_of(client, address) | picture
    answer = client.post(address, typed | {"title": "", "pictures-0-file": upload()})
    page = answer.content.decode()
    assert answer.status_code == 200 and "“park.jpg” is kept" in page
    [key] = set(values_of(page, "kept_files"))
    answer = client.post(address, typed | {"kept_files": key})
    assert answer.status_code == 302, answer.context["errors"]
    assert practice.pictures.get().alternative == "A park"
    assert not KeptForm.objects.exists()


def test_a_file_survives_the_end_of_the_session(ana):
    client, secret = ana
    address = f"/admin/documents/practice/{a_practice().pk}/"
    end_sessions()
    answer = client.post(
        address, {"title": "Letter", "file": SimpleUploadedFile("letter.pdf", b"%PDF-", "application/pdf")}
    )
    page = log_in(client, answer, secret).content.decode()
    assert values_of(page, "title") == ["Letter"]
    assert "“letter.pdf” is kept" in page
    assert "required" not in re.search(r'<input[^>]*type="file"[^>]*>', page)[0]
