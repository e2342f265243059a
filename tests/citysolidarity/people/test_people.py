"""People of the desk without an engineer: invited, given a role, reset by two leads, closed, and a person erased."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.messages import get_messages
from django.core import mail
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from citysolidarity.login import factors
from citysolidarity.people.accounts import role_of
from citysolidarity.people.models import FreshStart
from pledges.models import SignatureContact
from tests.dump import every_row
from tests.letters import work
from tests.login import PASSWORD, at_the_desk, is_logged_in, staff, with_app
from tests.pledges.signers import a_published

pytestmark = pytest.mark.django_db
PEOPLE, FORGET = reverse("people:people"), reverse("people:forget")
NIA = {"name": "nia", "email": "nia@desk.example", "role": "Curator"}
SIGNER = "rana.haddad@amman.example"


@pytest.fixture(autouse=True)
def no_digest(monkeypatch):
    monkeypatch.setattr("citysolidarity.desk.emails.posting.DIGEST_FROM", 24)


@pytest.fixture
def lead(db):
    return staff("lea", "Lead curator")


@pytest.fixture
def second(db):
    return staff("sam", "Lead curator", date_joined=timezone.now() - timedelta(days=15))


@pytest.fixture
def uma(db):
    """A curator who has come in before, by password and app."""
    user = staff("uma", email="uma@desk.example")
    with_app(user)
    User.objects.filter(pk=user.pk).update(last_login=Now())
    return user


def page_of(user):
    return reverse("people:person", args=[user.pk])


def act(by, user, name, **fields) -> list[str]:
    answer = at_the_desk(by).post(page_of(user), {"act": name, **fields})
    return [str(message) for message in get_messages(answer.wsgi_request)]


def sent() -> list:
    mail.outbox.clear()
    work()
    return list(mail.outbox)


def link_in(letter) -> str:
    return urlsplit(re.search(r"\S+/admin/welcome/\S+", letter.body)[0]).path


# --- inviting -----------------------------------------------------------------------------------


def test_an_invitation_makes_an_account_and_sends_a_link_that_works_once(lead, client):
    answer = at_the_desk(lead).post(PEOPLE, NIA)
    assert answer.status_code == 302
    nia = User.objects.get(username="nia")
    assert (nia.is_staff, nia.is_superuser, nia.has_usable_password(), role_of(nia)) == (True, False, False, "Curator")
    (letter,) = sent()
    assert letter.to == ["nia@desk.example"] and "Your user name is nia." in letter.body
    path = link_in(letter)
    words = {"new_password1": "a long enough secret", "new_password2": "a long enough secret"}
    client.post(path, words)
    nia.refresh_from_db()
    assert nia.check_password("a long enough secret") and client.get(path).context.get("form") is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "lea"},
        {"name": "a b"},
        {"name": ""},
        {"email": "no address"},
        {"email": ""},
        {"role": "administrator"},
        {"role": ""},
    ],
)
def test_a_wrong_invitation_makes_nothing_and_gives_the_form_back(lead, wrong):
    answer = at_the_desk(lead).post(PEOPLE, NIA | wrong)
    assert answer.status_code == 200 and answer.context["form"].errors
    assert User.objects.count() == 1 and sent() == []


def test_an_invitation_that_was_lost_is_sent_again_but_only_to_somebody_new(lead, uma):
    at_the_desk(lead).post(PEOPLE, NIA)
    nia = User.objects.get(username="nia")
    assert act(lead, nia, "invite") == ["A new link has been sent."]
    assert [letter.to for letter in sent()] == [["nia@desk.example"]] * 2
    act(lead, uma, "invite")
    assert sent() == [] and not FreshStart.objects.filter(user=uma).exists()


# --- roles and closing -----------------------------------------------------------------------------


def test_a_role_is_changed_in_place_of_the_one_before_and_logged(lead, uma):
    own = Group.objects.create(name="Guests")
    uma.groups.add(own)
    assert act(lead, uma, "role", role="Translator") == ["The role is changed to: Translator."]
    assert {group.name for group in uma.groups.all()} == {"Translator", "Guests"}
    assert LogEntry.objects.filter(object_id=str(uma.pk), user=lead).exists()
    act(lead, uma, "role", role="administrator")
    assert role_of(User.objects.get(pk=uma.pk)) == "Translator"


def test_a_closed_account_lets_nobody_in_until_it_is_opened_again(lead, uma):
    browser = at_the_desk(uma)
    assert act(lead, uma, "end") == ["Nothing was done: tick the box first, if you are sure."]
    assert is_logged_in(browser)
    act(lead, uma, "end", sure="on")
    assert not is_logged_in(browser) and not uma.desk_sessions.exists()
    act(lead, uma, "open")
    assert User.objects.get(pk=uma.pk).is_active


@pytest.mark.parametrize(
    ("name", "fields"), [("role", {"role": "Viewer"}), ("end", {"sure": "on"}), ("anew", {}), ("invite", {})]
)
def test_nobody_changes_their_own_account_or_an_administrators(lead, name, fields):
    boss = User.objects.create_superuser("boss", last_login=Now())
    for user in (lead, boss):
        before = every_row()
        assert act(lead, user, name, **fields)[0].startswith("Nothing was changed")
        after = every_row()
        assert {table for table in after if after[table] != before[table]} <= {
            "citysolidarity_desksession",
            "auth_user",
        }
        assert role_of(User.objects.get(pk=user.pk)) == role_of(user) and User.objects.get(pk=user.pk).is_active


# --- a new start, by two ------------------------------------------------------------------------------


def test_two_leads_reset_password_and_second_factor(lead, second, uma):
    browser = at_the_desk(uma)
    assert act(lead, uma, "anew") == ["You have asked for it. Another lead curator has to agree within three days."]
    assert sent() == [] and is_logged_in(browser) and factors.are_set_up(uma)
    assert (
        "lea\n" in at_the_desk(second).get(page_of(uma)).text
        or "lea asked" in at_the_desk(second).get(page_of(uma)).text
    )
    assert "an e-mail with a link is on its way" in act(second, uma, "anew")[0]
    uma.refresh_from_db()
    assert not (factors.are_set_up(uma) or uma.has_usable_password() or is_logged_in(browser))
    (letter,) = sent()
    assert letter.to == ["uma@desk.example"] and link_in(letter)


def test_one_lead_alone_resets_nothing(lead, uma):
    act(lead, uma, "anew")
    assert act(lead, uma, "anew") == ["Nothing was done: another lead curator has to agree."]
    uma.refresh_from_db()
    assert uma.check_password(PASSWORD) and factors.are_set_up(uma) and sent() == []


def test_a_lead_curator_invited_for_the_purpose_cannot_agree(lead, uma):
    act(lead, uma, "anew")
    said = act(staff("new", "Lead curator"), uma, "anew")
    assert said == ["Nothing was done: a lead curator whose account is older than two weeks has to agree."]
    assert factors.are_set_up(uma)


def test_after_three_days_the_first_has_to_ask_again(lead, second, uma):
    act(lead, uma, "anew")
    FreshStart.objects.update(asked_at=F("asked_at") - timedelta(days=4))
    assert act(second, uma, "anew") == ["You have asked for it. Another lead curator has to agree within three days."]
    assert factors.are_set_up(uma)


def test_the_database_wants_two_different_leads(lead, uma):
    start = FreshStart.ask(uma, lead)
    for columns in (
        {"agreed_by": lead, "agreed_at": Now()},
        {"agreed_by": uma, "agreed_at": Now()},
        {"agreed_at": Now()},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            FreshStart.objects.filter(pk=start.pk).update(**columns)


# --- erasing ------------------------------------------------------------------------------------------


def test_a_person_is_erased_after_a_look_at_what_would_go(lead):
    a_published(email=SIGNER)
    desk = at_the_desk(lead)
    look = desk.post(FORGET, {"address": SIGNER})
    assert "1 signer of a signature; the signature stays" in look.text and SignatureContact.objects.count() == 1
    done = desk.post(FORGET, {"address": SIGNER, "erase": "yes"})
    assert "This has been erased:" in done.text and not SignatureContact.objects.exists()
    (entry,) = LogEntry.objects.filter(user=lead)
    assert SIGNER not in entry.change_message + entry.object_repr


@pytest.mark.parametrize(
    "address", ["", "rana", "@amman.example", "rana@amman", "a b@amman.example", "uma@desk.example"]
)
def test_half_an_address_or_a_colleagues_erases_nothing(lead, uma, address):
    a_published(email=SIGNER)
    answer = at_the_desk(lead).post(FORGET, {"address": address, "erase": "yes"})
    assert answer.context["form"].errors and SignatureContact.objects.exists()


# --- who may ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["Viewer", "Translator", "Curator"])
def test_only_lead_curators_get_in(role, uma):
    eve = at_the_desk(staff("eve", role))
    for page in (PEOPLE, FORGET, page_of(uma)):
        assert (eve.get(page).status_code, eve.post(page, NIA | {"act": "end", "sure": "on"}).status_code) == (403, 403)
    assert User.objects.get(pk=uma.pk).is_active


def test_strangers_are_asked_who_they_are(client, uma):
    for page in (PEOPLE, FORGET, page_of(uma)):
        assert client.get(page)["Location"].startswith(reverse("admin:login"))


def test_whoever_is_not_of_the_desk_has_no_page(lead):
    stranger = User.objects.create_user("stranger")
    assert at_the_desk(lead).get(page_of(stranger)).status_code == 404
