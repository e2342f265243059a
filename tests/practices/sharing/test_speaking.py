"""Who speaks for a city: an e-mail address whose button was pressed, and for which curators have vouched."""

import pytest
from django.contrib.auth.models import User
from django.core import mail

from citysolidarity.desk.transitions import TransitionNotAllowed
from citysolidarity.mail.tokens import TokenStatus
from practices.correspondence.confirmations.yearly import ask_cities
from practices.correspondence.contacts.proving import ask_mailboxes
from practices.models import ContactRoute, Practice, PracticeLetter
from practices.models.correspondence.letter import Purpose
from tests.desk import desk
from tests.dump import every_row
from tests.letters import work
from tests.people import a_city, a_practice
from tests.practices.correspondence.letters import MAILBOX, a_route, letters
from tests.practices.correspondence.test_enquiries import on_its_way
from tests.practices.sharing.sharers import ANSWERS, a_submission
from tests.practices.sharing.speakers import (
    FREE,
    LOOK_ALIKE,
    OFFICIAL,
    OTHER,
    TICKS,
    a_correction,
    an_entry,
    do,
    is_the_city,
    press,
    status_page,
    ticks,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("athens")]


@pytest.fixture
def entry():
    return an_entry()


# --- the button in the letter ----------------------------------------------------------


def test_opening_the_page_of_the_letter_confirms_nothing_and_its_button_does(client, entry):
    submission = a_correction(OFFICIAL)
    before = every_row()
    for _ in range(2):
        page = client.get(status_page(submission))
        assert 'name="confirm"' in page.text and client.head(status_page(submission)).status_code == 200
    assert every_row() == before
    press(submission)
    submission.refresh_from_db()
    first = submission.mailbox_confirmed_at
    press(submission)
    submission.refresh_from_db()
    assert first and submission.mailbox_confirmed_at == first
    assert [event.step for event in submission.events.all()] == ["sent", "proved"]
    page = client.get(status_page(submission)).text
    assert "You confirmed your e-mail address" in page and 'name="confirm"' not in page


def test_the_page_is_the_same_whoever_wrote(client, entry):
    pages = set()
    for domain in (OFFICIAL, FREE, LOOK_ALIKE, OTHER):
        submission = a_correction(domain)
        page = client.get(status_page(submission)).text
        pages.add(page.replace(submission.reference, "").replace(status_page(submission), ""))
    assert len(pages) == 1


def test_what_curators_agree_on_is_not_told_to_the_sender(client, entry, ana):
    submission = a_correction(FREE)
    press(submission)
    before = client.get(status_page(submission)).text
    do(ana, submission, "vouch")
    assert submission.vouched_by == ana.user
    assert client.get(status_page(submission)).text == before


def test_nothing_is_confirmed_after_the_decision(client, entry, ana):
    submission = a_correction(OFFICIAL)
    do(ana, submission)
    assert 'name="confirm"' not in client.get(status_page(submission)).text
    assert client.post(status_page(submission), {"confirm": "1"}).status_code == 409
    submission.refresh_from_db()
    assert submission.mailbox_confirmed_at is None


# --- a stranger and Bogotá --------------------------------------------------------------


def test_a_stranger_does_not_become_the_city_by_sending_an_entry_back_unchanged(client, ana, bo):
    city = a_city("Bogotá", "CO", official_domain="bogota.example")
    entry = a_practice("Open houses", city, slug="bogota", challenge="Rents rose.", approach="The city opens houses.")
    answers = {
        "q": "Bogotá", "searched": "Bogotá", "city": f"city:{city.slug}", "alike": "update:bogota", "title": entry.title,
        "summary": entry.summary, "challenge": entry.challenge, "approach": entry.approach, "results": "", "lessons": "",
        "what_did_not_work": "", "themes": entry.themes, "instrument": entry.instrument, "groups": [], "started": "",
        "populations": entry.populations, "status": entry.status, "lead_body": "", "partners": "",
        "cost_band": "unknown", "cost_currency": "", "cost_year": "", "source_title_1": "", "source_url_1": "",
        "source_publisher_1": "", "source_year_1": "", "email": "stranger@gmail.com", "office": "Mayor",
    } | dict.fromkeys([*ANSWERS["takes"], *ANSWERS["figures"]], "")  # fmt: skip
    submission = a_submission(**answers)
    press(submission)
    page = ana.get(desk("submission", "change", submission.pk))
    assert "Nothing: the entry already says all of this." in page.text
    assert "Free provider: anyone can create an e-mail address there" in page.text and "by the city" not in page.text
    # Two curators may say that the mailbox is the city's: that an entry is confirmed by nothing, they cannot.
    do(ana, submission, "vouch", field=[])
    assert ticks(bo, submission) == {"contact"}
    assert "no change is taken over" in do(bo, submission, confirms="on", field=[])[0]
    assert submission.is_undecided and not is_the_city(submission, entry)
    do(ana, submission, field=[])
    assert submission.state == "accepted" and not is_the_city(submission, entry)
    assert "Not yet confirmed by the city" in client.get(entry.get_absolute_url()).text
    assert ask_cities() == 0
    enquiry = on_its_way(client, entry)
    assert enquiry.curators_at and enquiry.relayed_at is None
    mail.outbox.clear()
    work()
    assert not [letter for letter in mail.outbox if "question" in letter.subject.lower() and "gmail" in letter.to[0]]


@pytest.mark.parametrize("domain", [OFFICIAL, FREE, LOOK_ALIKE, OTHER])
@pytest.mark.parametrize("pressed", [True, False])
def test_without_ticks_nobody_becomes_the_city(entry, ana, domain, pressed):
    submission = a_correction(domain)
    if pressed:
        press(submission)
    do(ana, submission)
    assert submission.state == "accepted" and not is_the_city(submission, entry)


@pytest.mark.parametrize("domain", [OFFICIAL, FREE, LOOK_ALIKE, OTHER])
@pytest.mark.parametrize("tick", [["contact"], ["confirms"], ["contact", "confirms"]])
def test_before_the_button_is_pressed_nothing_is_offered_and_a_forged_tick_is_refused(entry, ana, bo, domain, tick):
    submission = a_correction(domain)
    assert ticks(ana, submission) == set()
    for act in ("vouch", "accept"):
        for client in (ana, bo):
            assert (
                "Nobody has confirmed this e-mail address"
                in do(client, submission, act, **dict.fromkeys(tick, "on"))[0]
            )
    assert submission.is_undecided and not is_the_city(submission, entry)
    assert entry.summary == "Parks made with those who use them.", "all of it, or nothing"


# --- one curator, or two ----------------------------------------------------------------


def test_a_pressed_button_at_the_official_domain_needs_one_curator(client, entry, ana):
    submission = a_correction(f"mail.{OFFICIAL}")
    press(submission)
    assert ticks(ana, submission) == {"contact", "confirms"}
    do(ana, submission, **TICKS)
    entry.refresh_from_db()
    assert entry.confirmed_at == submission.sent_at and submission.was_official
    route = entry.routes.get()
    assert (route.email, route.office, route.seat) == (submission.email, "Integration Office", "role")
    assert route.speaks_since and route.vouched_by == ana.user and ContactRoute.objects.speaking().get() == route
    assert "by the city" in client.get(entry.get_absolute_url()).text
    steps = list(submission.events.values_list("step", "by__username"))
    assert {("contact", "ana"), ("confirmed", "ana"), ("proved", None)} <= set(steps)
    on_its_way(client, entry)
    assert [letter.to for letter in letters()][-1] == [submission.email]


@pytest.mark.parametrize(("tick", "expected"), [("contact", (False, True)), ("confirms", (True, False))])
def test_each_tick_is_one_decision(entry, ana, tick, expected):
    submission = a_correction(OFFICIAL)
    press(submission)
    do(ana, submission, **{tick: "on"})
    entry.refresh_from_db()
    assert (bool(entry.confirmed_at), entry.routes.exists()) == expected


@pytest.mark.parametrize("domain", [FREE, LOOK_ALIKE, OTHER])
def test_any_other_domain_needs_a_second_curator(entry, ana, bo, domain):
    submission = a_correction(domain)
    press(submission)
    for _ in range(2):
        assert ticks(ana, submission) == set()
        assert "a second curator has to agree" in do(ana, submission, **TICKS)[0]
        assert submission.is_undecided and not is_the_city(submission, entry)
        do(ana, submission, "vouch")
    assert submission.vouched_by == ana.user and ticks(bo, submission) == {"contact", "confirms"}
    do(bo, submission, **TICKS)
    entry.refresh_from_db()
    route = entry.routes.get()
    assert entry.confirmed_at and not route.was_official
    assert (route.vouched_by, route.seconded_by) == (ana.user, bo.user)


def test_where_no_domain_is_recorded_two_curators_are_needed(entry, ana):
    entry.city.official_domain = ""
    entry.city.save()
    submission = a_correction(OFFICIAL)
    press(submission)
    assert "a second curator has to agree" in do(ana, submission, **TICKS)[0]


def test_a_free_provider_recorded_as_official_counts_for_nothing(entry, ana):
    entry.city.official_domain = FREE
    entry.city.save()
    submission = a_correction(FREE)
    press(submission)
    assert "a second curator has to agree" in do(ana, submission, **TICKS)[0]


def test_nobody_but_a_curator_vouches(entry):
    submission = a_correction(OFFICIAL)
    press(submission)
    submission.refresh_from_db()
    viewer = User.objects.create_user("viewer", is_staff=True)
    for by in (None, viewer, User(username="nobody")):
        with pytest.raises(TransitionNotAllowed):
            submission.speak(by, entry.city)


def test_a_mailbox_that_answers_already_is_not_replaced_by_a_tick(entry, ana):
    a_route(entry)
    submission = a_correction(OFFICIAL)
    press(submission)
    assert "another e-mail address answers" in do(ana, submission, contact="on")[0]
    assert entry.routes.get().email == MAILBOX


def test_one_that_nobody_proved_is_replaced_and_its_links_open_nothing(entry, ana):
    old = entry.routes.create(email="old@mail.example")
    ask_mailboxes()
    token = old.letters.get().token(Purpose.CONFIRM_MAILBOX)
    submission = a_correction(OFFICIAL)
    press(submission)
    do(ana, submission, contact="on")
    route = entry.routes.get()
    assert route.email == submission.email and route.speaks_since
    assert PracticeLetter.objects.open(token, Purpose.CONFIRM_MAILBOX).verdict is TokenStatus.ALTERED


# --- a new entry ------------------------------------------------------------------------


def published(client, submission) -> Practice:
    entry = submission.practice
    for move in ("submitted", "published"):
        client.post(desk("practice", "review", entry.pk), {"move": move})
    entry.refresh_from_db()
    assert entry.state == "public"
    return entry


@pytest.mark.parametrize(("pressed", "tick"), [(True, {}), (False, {}), (True, TICKS), (True, {"contact": "on"})])
def test_a_new_entry_is_confirmed_when_it_is_published_only_if_that_was_ticked(ana, pressed, tick):
    a_city("Athens", "GR", geonames_id=264371, official_domain=OFFICIAL)
    submission = a_submission(email=f"office@{OFFICIAL}")
    if pressed:
        press(submission)
    do(ana, submission, **tick)
    assert submission.practice.confirmed_at is None
    entry = published(ana, submission)
    assert entry.confirmed_at == (submission.sent_at if "confirms" in tick else None)
    assert entry.routes.exists() == ("contact" in tick)
    assert submission.letters.filter(name="submission_published").exists()


def test_a_place_that_is_new_has_no_official_domain(ana, bo):
    submission = a_submission(email=f"office@{OFFICIAL}")
    press(submission)
    assert "a second curator has to agree" in do(ana, submission, **TICKS)[0]
    assert not Practice.objects.exists()
    do(ana, submission, "vouch")
    do(bo, submission, **TICKS)
    assert published(bo, submission).confirmed_at == submission.sent_at
