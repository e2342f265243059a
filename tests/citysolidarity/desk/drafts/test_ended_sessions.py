"""Nothing typed at the desk is lost: neither with the session, nor with an error, nor with a second tab."""

import re

import pytest
from django.test import Client

from citysolidarity.desk.drafts.models import KeptForm
from citysolidarity.login.sessions import DeskSession
from practices.models import City, Practice
from practices.models.entries.review import ReviewComment
from tests.citysolidarity.desk.drafts.sent_late import SENTENCE, end_sessions, log_in, sent_too_late, values_of
from tests.desk import desk, form_of
from tests.login import LOGIN, SECOND, code_of, post_password, staff, with_app
from tests.people import a_city, a_practice
from tests.pledges.signers import a_confirmed
from tests.translating import a_translation

pytestmark = pytest.mark.django_db


# --- the session ends while somebody writes --------------------------------------------------


def test_an_entry_comes_back_as_it_was_typed_with_a_new_source(ana):
    practice = a_practice(challenge="Rents rose.")
    address = desk("practice", "change", practice.pk)
    source = {
        "title": "A law",
        "publisher": "The state",
        "url": "https://example.org/law",
        "year": "2021",
        "position": "1",
    }
    new = {f"sources-1-{name}": value for name, value in source.items()}
    typed = form_of(ana[0], address) | {"challenge": "Rents <b>doubled</b> & more.", "sources-TOTAL_FORMS": "2"} | new
    answer = sent_too_late(ana, address, typed)
    page = answer.content.decode()
    assert SENTENCE in page
    assert "Rents &lt;b&gt;doubled&lt;/b&gt; &amp; more.</textarea>" in page
    assert values_of(page, "sources-1-title") == ["A law"]
    assert Practice.objects.get().challenge == "Rents rose."
    # What comes back can be saved as it stands, and is then kept no longer.
    again = form_fields(answer)
    answer = ana[0].post(address, again)
    assert answer.status_code == 302, answer.context["errors"]
    assert Practice.objects.get().challenge == "Rents <b>doubled</b> & more."
    assert Practice.objects.get().sources.count() == 2
    assert not KeptForm.objects.exists()


def form_fields(answer):
    formsets = [one.formset for one in answer.context["inline_admin_formsets"]]
    forms = [
        answer.context["adminform"].form,
        *(one for formset in formsets for one in (formset.management_form, *formset.forms)),
    ]
    return {bound.html_name: bound.value() for form in forms for bound in form if bound.value() is not None}


def test_a_new_entry_comes_back_with_its_city(ana):
    city = a_city("Quito", "EC")
    answer = sent_too_late(ana, desk("practice", "add"), {"title": "Parks", "city": city.pk, "themes": ["housing"]})
    page = answer.content.decode()
    assert SENTENCE in page
    assert values_of(page, "title") == ["Parks"]
    assert re.search(rf'<option value="{city.pk}"[^>]* selected>', page)
    assert not Practice.objects.exists()


def test_a_translation_comes_back(ana):
    translation = a_translation(a_practice(challenge="Rents rose."))
    address = desk("practicetranslation", "change", translation.pk)
    page = sent_too_late(ana, address, form_of(ana[0], address) | {"challenge": "Mieten steigen."}).content.decode()
    assert SENTENCE in page and "Mieten steigen.</textarea>" in page


def test_a_comment_comes_back(ana):
    page = sent_too_late(ana, desk("practice", "review", a_practice().pk), {"text": "Look at\nthe cost."})
    assert SENTENCE in page.content.decode()
    assert values_of(page.content.decode(), "text") == ["Look at\nthe cost."]
    assert not ReviewComment.objects.exists()


def test_an_act_comes_back_and_is_not_done(ana):
    signature = a_confirmed()
    act = f"/admin/pledges/signature/{signature.pk}/act/domain/"
    fields = {"seen": "confirmed", "official_domain": "example.org", "source": "https://example.org/list"}
    page = sent_too_late(ana, act, fields).content.decode()
    assert SENTENCE in page
    assert values_of(page, "source") == ["https://example.org/list"]
    assert City.objects.get(pk=signature.city_id).official_domain != "example.org"


def test_another_form_of_the_page_is_not_filled(ana):
    practice = a_practice(published_at=None)
    review = desk("practice", "review", practice.pk)
    page = sent_too_late(ana, review, {"move": "submitted", "why": "Complete"}).content.decode()
    assert values_of(page, "why").count("Complete") == 1


def test_what_no_form_of_the_page_can_hold_is_shown_to_be_sent_again(ana):
    address = desk("practice", "import")
    page = sent_too_late(ana, address, {"packed": "QUJD" * 200, "name": "a.csv", "fingerprint": "f"}).content.decode()
    assert SENTENCE in page
    assert f'<form method="post" action="{address}">' in page
    assert values_of(page, "name") == ["a.csv"]
    assert values_of(page, "packed") == ["QUJD" * 200]


def test_an_entry_that_is_gone_meanwhile_loses_no_text(ana):
    practice = a_practice(published_at=None)
    address = desk("practice", "change", practice.pk)
    typed = form_of(ana[0], address) | {"challenge": "Rents doubled."}
    client, secret = ana
    end_sessions()
    answer = client.post(address, typed)
    practice.delete()
    assert "Rents doubled." in log_in(client, answer, secret).content.decode()


def test_somebody_else_does_not_get_it(ana):
    address = desk("practice", "review", a_practice().pk)
    end_sessions()
    answer = ana[0].post(address, {"text": "Secret word"})
    ben = staff("ben")
    page = log_in(ana[0], answer, with_app(ben), name="ben").content.decode()
    assert "Secret word" not in page
    assert "belongs to someone else" in page


def test_a_stranger_keeps_nothing(client):
    address = desk("practice", "review", a_practice().pk)
    assert client.post(address, {"text": "x"}).url.startswith(LOGIN)
    assert not KeptForm.objects.exists()


def test_the_browser_is_known_again_when_the_session_is_gone(ana):
    client, secret = ana
    client.logout()
    post_password(client)
    client.post(SECOND, {"code": code_of(secret)})
    DeskSession.objects.all().delete()
    answer = client.post(desk("practice", "review", a_practice().pk), {"text": "Still mine"})
    assert KeptForm.objects.get().user.username == "ana"
    assert "Still%20mine" not in answer.url


def test_a_password_is_never_kept(ana):
    end_sessions()
    ana[0].post("/admin/password_change/", {"old_password": "a", "new_password1": "b", "new_password2": "c"})
    assert not KeptForm.objects.exists()


def test_what_is_kept_cannot_be_read_in_the_database(ana):
    end_sessions()
    ana[0].post(desk("practice", "review", a_practice().pk), {"text": "A private word"})
    assert b"private" not in bytes(KeptForm.objects.get().sealed)


def test_another_tab_that_logged_in_again_costs_no_text():
    user = staff()
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    address = desk("practice", "review", a_practice().pk)
    client.get(address)
    answer = client.post(address, {"text": "Typed before", "csrfmiddlewaretoken": "old"})
    page = client.get(answer.url).content.decode()
    assert values_of(page, "text") == ["Typed before"]
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert client.post(address, {"text": "Not mine"}, headers=foreign).status_code == 403
    assert not ReviewComment.objects.exists()
