"""What the forms of readers and sharers are about, and how they are filled in: as ``sowing`` has those of the pledges."""

from django.db import transaction
from django.urls import reverse

from practices.correspondence import emails as practice_emails
from practices.correspondence.confirmations.yearly import ask_city
from practices.correspondence.enquiries import sending
from practices.models import Asker, Confirmation, Enquiry
from tests.faults.sowing import form_of, stamp
from tests.people import a_city, a_practice
from tests.practices.correspondence.letters import a_route, confirmed
from tests.practices.correspondence.letters import link as practice_link
from tests.practices.following import followers
from tests.practices.sharing.sharers import ANSWERS, ready_for


def entry_of(number: int, name: str, days: int = 1):
    entry = confirmed(a_practice(city=a_city(f"{name} {number}", "JO")), days=days)
    a_route(entry, email=f"office@{name}-{number}.example")
    return entry


def question(number: int, name: str) -> Enquiry:
    with transaction.atomic():
        enquiry = Enquiry.accepted(
            f"{name}-{number}",
            "",
            practice=entry_of(number, name),
            language="en",
            text="How did you begin?",
            may_be_shown=True,
        )
        Asker.objects.create(enquiry=enquiry, email=f"{name}-{number}@reader.example")
        practice_emails.confirm_question.post(enquiry)
    return enquiry


# --- followings ---------------------------------------------------------------------------


@form_of("follow")
def follow(number):
    email = f"follow-{number}@reader.example"
    return reverse("follow"), followers.ANSWERS | {"stamp": stamp(), "subject": "", "email": email}, email


def following_linked(act: str, number: int):
    following = followers.a_following(confirmed=act == "stop")
    posted_as = "following_receipt" if act == "stop" else "confirm_following"
    return followers.link(followers.letter_of(following, posted_as), f"{act}_following"), {}, following.pk


@form_of("confirm a following")
def confirm_a_following(number):
    return following_linked("confirm", number)


@form_of("stop a following")
def stop_a_following(number):
    return following_linked("stop", number)


@form_of("disown a following")
def disown_a_following(number):
    return following_linked("disown", number)


# --- entries ------------------------------------------------------------------------------


@form_of("share")
def share(number):
    email = f"share-{number}@city.example"
    shared = ready_for("check") | ANSWERS["check"] | {"stamp": stamp(), "alike": "new"}
    return reverse("share_check"), shared | {"title": f"Neighbours help, {number}", "email": email}, email


@form_of("save answers")
def save_answers(number):
    email = f"save-{number}@city.example"
    return reverse("share_save"), ready_for("when") | {"stamp": stamp(), "save_email": email}, email


@form_of("ask")
def ask(number):
    entry, email = entry_of(number, "asked"), f"ask-{number}@reader.example"
    fields = {"subject": "", "text": "How did you begin?", "email": email, "may_be_shown": "on"}
    return reverse("practice_ask", args=[entry.slug]), {"stamp": stamp(entry.pk), **fields}, email


@form_of("report")
def report(number):
    entry, text = entry_of(number, "reported"), f"The programme ended last year, says reader {number}."
    fields = {"subject": "", "kind": "wrong", "text": text, "email": ""}
    return reverse("practice_report", args=[entry.slug]), {"stamp": stamp(entry.pk), **fields}, text


@form_of("do too")
def do_too(number):
    entry, email = entry_of(number, "done too"), f"too-{number}@city.example"
    fields = {"subject": "", "city": "Quito", "country": "EC", "text": "Since 2020.", "email": email}
    return reverse("practice_too", args=[entry.slug]), {"stamp": stamp(entry.pk), **fields}, email


@form_of("confirm a question")
def confirm_a_question(number):
    enquiry = question(number, "questioned")
    return practice_link(enquiry.letters.get(), "confirm_question"), {}, enquiry.pk


@form_of("answer")
def answer(number):
    enquiry = question(number, "answering")
    with transaction.atomic():
        sending.confirm(enquiry)
    letter = enquiry.letters.exclude(name="confirm_question").get()
    return practice_link(letter, "answer_question"), {"text": f"With one park, {number}."}, enquiry.pk


@form_of("yearly answer")
def yearly_answer(number):
    entry = entry_of(number, "yearly", days=800)
    ask_city(entry)
    asked = Confirmation.objects.get(practice=entry)
    return practice_link(asked.letters.get(), "confirm_entry"), {"answer": "changed", "text": "New hours."}, asked.pk
