"""Sessions end in time, can be seen and ended, and keep little of where somebody sits."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.db.models import F
from django.test import RequestFactory

from citysolidarity.desk.drafts.models import KeptForm
from citysolidarity.login import limits
from citysolidarity.login.sessions import DeskSession, origin_of
from citysolidarity.middleware import MOST_BYTES
from tests.login import LOGIN, at_the_desk, is_logged_in, staff

pytestmark = pytest.mark.django_db
LIST = "/admin/sessions/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1"


def session_of(client):
    return DeskSession.objects.get(session_key=client.session.session_key)


def went_by(minutes):
    """Time goes by in the database, whose clock decides."""
    gone = timedelta(minutes=minutes)
    DeskSession.objects.update(
        started_at=F("started_at") - gone, seen_at=F("seen_at") - gone, expire_date=F("expire_date") - gone
    )


MADE_UP = {
    "nothing": "x",
    "long enough": "0123456789abcdef0123456789abcdef",
    "as long as ours": "0123456789abcdefghijklmn0123456789abcdef",
    "no letters": "ÿ" * 40,
}


@pytest.mark.parametrize("kind", [*MADE_UP, "one letter changed"])
def test_a_made_up_cookie_writes_nothing_and_is_taken_away(kind, client):
    genuine = at_the_desk(staff()).cookies["session"].value
    before = DeskSession.objects.count()
    key = MADE_UP.get(kind) or f"{genuine[:-1]}{'0' if genuine[-1] != '0' else '1'}"
    client.cookies["session"] = key
    answer = client.post("/admin/practices/practice/add/", {"title": "x"})
    assert answer["Location"].startswith(LOGIN) and answer.cookies["session"]["max-age"] == 0
    assert DeskSession.objects.count() == before and not KeptForm.objects.exists()
    client.cookies["session"] = key
    assert client.post(LOGIN, {"username": "ana", "password": "x" * (MOST_BYTES + 1)}).status_code == 413


def test_a_session_of_an_older_secret_key_goes_on(settings):
    client = at_the_desk(staff())
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key"
    assert client.get("/en/").wsgi_request.session.session_key


def test_a_session_ends_after_half_an_hour_without_a_step():
    client = at_the_desk(staff())
    went_by(29)
    assert is_logged_in(client)  # a step: the half hour starts again
    went_by(29)
    assert is_logged_in(client)
    went_by(31)
    assert not is_logged_in(client)


def test_a_session_ends_after_twelve_hours_whatever_one_does():
    client = at_the_desk(staff())
    for _ in range(25):
        went_by(28)
        assert is_logged_in(client)
    row = session_of(client)
    assert row.expire_date - row.started_at == timedelta(hours=12)
    went_by(21)
    assert not is_logged_in(client)


def test_saving_the_session_does_not_make_it_longer():
    client = at_the_desk(staff())
    went_by(12 * 60 - 5)
    DeskSession.objects.update(expire_date=F("started_at") + timedelta(hours=12))
    session = client.session
    session["note"] = "x"
    session.save()
    row = session_of(client)
    assert row.expire_date - row.started_at == timedelta(hours=12)


def test_reading_public_pages_writes_nothing_and_is_no_step():
    client = at_the_desk(staff())
    went_by(20)
    before = session_of(client).expire_date
    assert client.get("/en/").status_code == 200  # the rig refuses writes here
    assert session_of(client).expire_date == before


def test_the_browser_forgets_the_cookie_when_it_is_closed(client):
    user = staff()
    client.force_login(user)
    client.session["x"] = 1
    answer = client.get(LIST)
    assert all(not cookie["max-age"] for cookie in answer.cookies.values() if cookie.key == "session")


@pytest.mark.parametrize(
    ("said", "address", "kept"),
    [
        (FIREFOX, "192.0.2.77", ("Firefox, Linux", "192.0.…")),
        (SAFARI, "2001:db8:12:34::1", ("Safari, iOS", "2001:0db8:…")),
        ("", "", ("", "")),
        ("\0<script>", "not an address", ("", "")),
    ],
)
def test_little_is_kept_of_browser_and_place(said, address, kept):
    request = RequestFactory().get("/", headers={"user-agent": said}, REMOTE_ADDR=address)
    assert origin_of(request) == kept


def test_one_sees_ones_own_sessions_and_ends_one_or_all_others():
    ana, ben = staff("ana"), staff("ben")
    here, there, third, bens = at_the_desk(ana), at_the_desk(ana), at_the_desk(ana), at_the_desk(ben)
    page = here.get(LIST)
    assert {one.session_key for one in page.context["sessions"]} == {
        client.session.session_key for client in (here, there, third)
    }
    assert not any(client.session.session_key in page.content.decode() for client in (here, there, third))
    here.post(LIST, {"end": session_of(there).handle})
    assert [is_logged_in(client) for client in (here, there, third, bens)] == [True, False, True, True]
    here.post(LIST, {"end": "all"})
    assert [is_logged_in(client) for client in (here, third, bens)] == [True, False, True]


@pytest.mark.parametrize("end", ["", "x", None])
def test_an_odd_end_ends_nothing(end):
    ana = staff()
    here, there = at_the_desk(ana), at_the_desk(ana)
    bens = at_the_desk(staff("ben"))
    here.post(LIST, {"end": session_of(bens).handle} if end is None else {"end": end})
    assert is_logged_in(there) and is_logged_in(bens)


def test_a_lead_ends_a_colleagues_sessions_and_the_desk_remembers_who():
    lead, ana = staff("lea", "Lead curator"), staff("ana")
    leads, anas = at_the_desk(lead), at_the_desk(ana)
    assert list(leads.get(LIST).context["colleagues"]) == [ana]
    leads.post(f"{LIST}{ana.pk}/", {"end": "all"})
    assert not is_logged_in(anas) and is_logged_in(leads)
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id, entry.change_message) == (lead, str(ana.pk), "1 session has been ended.")


def test_a_curator_neither_sees_nor_ends_a_colleagues_sessions():
    ana, ben = staff("ana"), staff("ben")
    anas, bens = at_the_desk(ana), at_the_desk(ben)
    assert anas.get(LIST).context["colleagues"] == []
    assert anas.get(f"{LIST}{ben.pk}/").status_code == anas.post(f"{LIST}{ben.pk}/", {"end": "all"}).status_code == 403
    assert is_logged_in(bens)


def test_logging_out_ends_the_session_for_good():
    client = at_the_desk(staff())
    client.post("/admin/logout/")
    assert not DeskSession.objects.exists()
    assert not is_logged_in(client)


def test_a_new_password_ends_the_other_sessions():
    ana = staff()
    here, there = at_the_desk(ana), at_the_desk(ana)
    new = {
        "old_password": "correct horse battery",
        "new_password1": "quite another x",
        "new_password2": "quite another x",
    }
    assert here.post("/admin/password_change/", new).status_code == 302
    assert is_logged_in(here) and not is_logged_in(there)


def test_the_old_password_is_not_to_be_guessed_in_an_open_session():
    here = at_the_desk(staff())
    guess = {"old_password": "wrong", "new_password1": "quite another x", "new_password2": "quite another x"}
    answers = [here.post("/admin/password_change/", guess) for _ in range(limits.PASSWORDS.most + 1)]
    assert [answer.status_code for answer in answers] == [200] * limits.PASSWORDS.most + [429]
    assert int(answers[-1]["Retry-After"]) > 0 and "Too many attempts" in answers[-1].content.decode()


def test_ended_sessions_are_swept_away_after_a_day():
    """Until then they say whose text it is that comes too late."""
    here = at_the_desk(staff())
    at_the_desk(staff("ben"))
    went_by(31)
    call_command("clearsessions")
    assert DeskSession.objects.count() == 2
    went_by(24 * 60)
    at_the_desk(staff("eva"))
    call_command("clearsessions")
    assert DeskSession.objects.count() == 1
    assert not is_logged_in(here)
