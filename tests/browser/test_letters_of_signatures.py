"""The pages behind e-mails to signatories, residents and inviters: by keyboard, without script, in Arabic."""

import pytest
from playwright.sync_api import expect

from tests.browser.officer import TWO_WAYS, Officer
from tests.browser.test_pages import wrong_with

# The button of each link, and the page after it.
BUTTONS = {
    "confirm_support": ("Confirm your support", "Thank you: your support is confirmed"),
    "withdraw_support": ("Withdraw your support", "Your support is withdrawn"),
    "disown_support": ("It was not me", "Thank you for telling us"),
    "confirm_invitation": ("Confirm your invitation", "Thank you: your invitation is confirmed"),
    "withdraw_invitation": ("Withdraw your invitation", "Your invitation is withdrawn"),
    "disown_invitation": ("It was not me", "Thank you for telling us"),
}


def test_no_page_behind_a_letter_has_barriers_in_arabic(enter, desk_site):
    """Those in English are looked at on the way."""
    seen = enter()
    for purpose, address in desk_site["of_signatures"]["looked at"].items():
        assert seen.page.goto(address).status == 200, purpose
        assert [purpose, *seen.wrong_in_every_look(), *wrong_with(seen.look(), "ar")] == [purpose]


@pytest.fixture(params=TWO_WAYS)
def officer(request, enter, desk_site):
    """Somebody with a mailbox, who opens a link in it: ``opens(purpose)``."""
    options = TWO_WAYS[request.param]
    language = options.get("language", "en")
    someone = Officer(enter(**{name: value for name, value in options.items() if name != "language"}), options)
    someone.opens = lambda purpose: someone.page.goto(desk_site["of_signatures"][language][purpose])
    return someone


def test_a_city_says_what_became_of_its_promise(officer):
    officer.opens("report_progress")
    officer.looks("What became of the commitments?")
    officer.types("In one sentence", "The door is open.")
    officer.presses("Send the answers")
    officer.is_told("Select what became of the commitment")
    expect(officer.page.get_by_label(officer.said("In one sentence"))).to_have_value("The door is open.")
    officer.ticks("Done")
    officer.presses("Send the answers")
    officer.looks("We have received your answers")


def test_a_city_renews_and_says_when_it_votes_next(officer):
    officer.opens("renew")
    officer.looks("Renew the signature")
    for part, typed in (("Day", "31"), ("Month", "2"), ("Year", "2031")):
        officer.types(part, typed)
    officer.presses("Renew the signature")
    officer.is_told("There is no such date. Enter the day, month and year in figures, for example 31 3 2027")
    officer.types("Day", "28")
    officer.presses("Renew the signature")
    officer.looks("The signature is renewed")


def test_a_city_moves_to_the_new_version_that_it_has_read(officer):
    officer.opens("move_version")
    officer.looks("Move to the new version of the statement")
    officer.presses("Move to the new version")
    officer.looks("The signature stands for the new version")
    officer.opens("move_version")
    officer.looks("This link has been used")


@pytest.mark.parametrize("purpose", BUTTONS)
def test_a_resident_presses_the_button(officer, purpose):
    button, heading = BUTTONS[purpose]
    officer.opens(purpose)
    officer.presses(button)
    officer.looks(heading)
