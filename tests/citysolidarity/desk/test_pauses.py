"""Curators see, set and lift what keeps the public from a form."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.db.models.functions import Now
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from citysolidarity.desk import limits
from citysolidarity.http.refused_domains import RefusedDomain
from citysolidarity.http.throttle import Pause
from pledges.models import Signature, SignatureLetter
from tests.delays import waits
from tests.forms import a_place, said
from tests.people import a_practice
from tests.pledges.desk.desk import at_the_desk, somebody
from tests.pledges.invitations.inviters import invite
from tests.pledges.signers import a_draft, a_published, a_version
from tests.pledges.signing import journeys as signing
from tests.pledges.signing.journeys import sign
from tests.pledges.supports.residents import ask as support
from tests.practices.correspondence.test_enquiries import ask
from tests.practices.correspondence.test_report import report
from tests.practices.following.followers import follow
from tests.practices.sharing import sharers as sharing
from tests.practices.sharing.sharers import share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("patience")]
PAUSES = "admin:pauses"


@pytest.fixture
def statement():
    a_place()
    return a_version()


@pytest.fixture
def patience(monkeypatch):
    """A person takes longer than a test does."""
    monkeypatch.setattr("citysolidarity.forms.form_token.SLOWER_THAN_A_ROBOT", 0)


@pytest.fixture
def desk():
    return at_the_desk(somebody("Curator"))


def press(desk, **fields):
    return desk.post(reverse(PAUSES), fields, follow=True).text


@pytest.mark.parametrize("form", Pause.Form.values)
def test_a_form_that_curators_closed_keeps_the_answers_until_it_is_open_again(client, desk, statement, form):
    practice = a_practice()
    acts = {
        "sign posts": lambda: sign(client),
        "share posts": lambda: share(client),
        "ask posts": lambda: ask(client, practice),
        "report posts": lambda: report(client, practice),
        "support posts": lambda: support(client),
        "invite posts": lambda: invite(client),
        "follow posts": lambda: follow(client),
    }
    assert "The form is closed." in press(desk, pause="1", form=form, hours="1")
    for other, act in acts.items():
        answer = act()
        assert answer.status_code == (429 if other == form else 302), other
        if other == form:
            assert 3_500 < int(answer["Retry-After"]) <= 3_600
            assert said(answer) == [
                "This form is closed for a short while. Nothing is lost: leave this page open and press the button again in 60 minutes."
            ]
    label = str(Pause.Form(form).label)
    assert label in desk.get(reverse("admin:index")).text.replace("&amp;", "&").split("Everything")[0]
    assert "The form is open again." in press(desk, open=form)
    assert acts[form]().status_code == 302
    assert [entry.change_message for entry in LogEntry.objects.order_by("pk")] == ["Paused", "Opened again"]


def test_all_forms_are_closed_at_once_while_pages_can_be_read(client, desk, statement):
    practice = a_practice()
    assert "All forms are closed." in press(desk, pause="1", form="all", hours="72")
    for answer in (sign(client), share(client), ask(client, practice), report(client, practice), support(client)):
        assert answer.status_code == 429
        assert said(answer) == [
            "This form is closed for a while. Leave this page open and press the button again in 72 hours."
        ]
    assert invite(client).status_code == follow(client).status_code == 429
    assert client.get(practice.get_absolute_url()).status_code == 200
    assert "All forms are open again." in press(desk, open="all")
    assert support(client).status_code == 302


def test_what_is_closed_for_longer_stays_so_when_all_forms_are_closed(desk):
    press(desk, pause="1", form="share posts", hours="72")
    press(desk, pause="1", form="all", hours="1")
    assert list(Pause.objects.filter(until__gt=Now() + timedelta(hours=71)).values_list("form", flat=True)) == [
        "share posts"
    ]
    assert Pause.objects.count() == len(Pause.Form)


def test_all_forms_are_opened_where_several_are_closed(desk):
    for domain in ("a.example", "b.example"):
        press(desk, refuse="1", domain=domain, hours="1")
    assert "Open all forms now" not in press(desk, pause="1", form="share posts", hours="1")
    assert "Open all forms now" in press(desk, pause="1", form="ask posts", hours="1")


def test_a_domain_is_refused_with_a_kind_word_in_every_form_but_that_of_withdrawing(client, desk, statement):
    practice = a_practice()
    assert "of this domain are refused" in press(desk, refuse="1", domain=" @Spam.Example. ", hours="6")
    row = RefusedDomain.objects.get()
    assert (
        row.domain == "spam.example"
        and "addresses of “spam.example” are refused until" in desk.get(reverse("admin:index")).text
    )
    wrong = "mayor@mail.spam.example"
    for sentences in (signing.refusal(client, "contact", email=wrong), sharing.refusal(client, "contact", email=wrong)):
        assert "no e-mail addresses at spam.example are taken until" in sentences[0]
    for answer in (
        ask(client, practice, email=wrong),
        support(client, email=wrong),
        follow(client, email=wrong),
        invite(client, email=wrong),
    ):
        assert answer.status_code == 422 and wrong in answer.text, "what was typed is kept"
        assert "no e-mail addresses at spam.example are taken until" in said(answer)[0]
    assert sign(client, contact={"email": "mayor@notspam.example"}).status_code == 302
    assert client.post(reverse("sign_change"), {"email": wrong, "wish": "withdraw"}).status_code == 302
    assert "taken again" in press(desk, take="spam.example")
    assert support(client, email=wrong).status_code == 302
    assert [entry.change_message for entry in LogEntry.objects.order_by("pk")] == ["Refused", "Opened again"]


def test_of_two_refusals_the_longer_one_is_told(client, desk, statement):
    press(desk, refuse="1", domain="a.spam.example", hours="1")
    press(desk, refuse="1", domain="spam.example", hours="72")
    assert "at spam.example" in said(support(client, email="b@a.spam.example"))[0]


def test_a_refusal_ends_by_itself_and_is_then_deleted(client, desk, statement):
    press(desk, refuse="1", domain="spam.example", hours="1")
    press(desk, refuse="1", domain="other.example", hours="1")
    RefusedDomain.objects.filter(domain="spam.example").update(until=Now())
    assert support(client, email="a@spam.example").status_code == 302
    call_command("tidy", verbosity=0)
    assert RefusedDomain.objects.get().domain == "other.example"


def test_a_pause_ends_by_itself(client, desk, statement):
    press(desk, pause="1", form="sign posts", hours="1")
    Pause.objects.update(until=Now())
    assert sign(client).status_code == 302


def test_withdrawing_is_never_closed(client, desk):
    a_published(email="mayor@amman.example")
    for form in Pause.Form.values:
        press(desk, pause="1", form=form, hours="72")
    client.post(reverse("sign_change"), {"email": "mayor@amman.example", "wish": "withdraw"})
    assert SignatureLetter.objects.filter(name="withdrawal_link").exists()


def test_a_lifted_limit_lets_the_letters_leave(client, desk, statement, monkeypatch):
    monkeypatch.setattr(limits.DRAFTS, "most", 1)
    for number in range(3):
        sign(client, contact={"email": f"m{number}@gmail.com"})
    assert waits() == [0, 1, 2]
    assert "2 e-mails will be sent now" in press(desk, lift="drafts")
    assert waits() == [0, 0, 0] and Signature.objects.count() == 3
    assert limits.DRAFTS.wait() == 0
    assert "Limit lifted" in LogEntry.objects.get().change_message


def test_a_letter_that_a_server_did_not_take_keeps_its_pause(desk):
    a_draft()
    DBTaskResult.objects.update(worker_ids=["a"], run_after=Now() + limits.DRAFTS.window)
    press(desk, lift="drafts")
    assert DBTaskResult.objects.filter(run_after__lte=Now()).count() == 0


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"open": "x"},
        {"lift": "x"},
        {"pause": "1", "form": "withdraw", "hours": "1"},
        {"refuse": "1", "domain": "example", "hours": "1"},
        {"refuse": "1", "domain": "a b.example", "hours": "1"},
    ],
)
def test_nonsense_changes_nothing(desk, fields):
    assert desk.post(reverse(PAUSES), fields).status_code == 200
    assert not Pause.objects.exists() and not RefusedDomain.objects.exists() and not LogEntry.objects.exists()
