"""What each form of the public is about, made so many times, and how the form is filled in.

Imported once Django is set up. A function for each act takes a number and returns ``(path, fields, key)``; the key says
later what came of it. ``FORMS`` has them by act, in the order in which they are written.
"""

import time
from functools import cache, partial

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from citysolidarity.forms import FormToken
from pledges import emails
from pledges.models import StatementVersion
from practices.correspondence import emails as practice_emails
from practices.correspondence.confirmations.yearly import ask_city
from practices.correspondence.enquiries import sending
from practices.models import Asker, Confirmation, Enquiry
from tests.people import a_city, a_practice
from tests.pledges.email_links.letters import link, posted
from tests.pledges.invitations import inviters
from tests.pledges.signers import a_confirmed, a_draft, a_due, a_published, an_asked
from tests.pledges.supports.residents import a_support, letter_of
from tests.pledges.supports.residents import link as support_link
from tests.practices.correspondence.letters import a_route, confirmed
from tests.practices.correspondence.letters import link as practice_link
from tests.practices.following import followers
from tests.practices.sharing.sharers import ANSWERS, ready_for

MINUTE = 60  # seconds: longer than a robot needs
CITIES = (("amman-jo", "Amman"), ("vienna-at", "Vienna"), ("warsaw-pl", "Warsaw"))
FORMS = {}


def form_of(act: str):
    """A decorator."""

    def register(fill_in):
        FORMS[act] = fill_in
        return fill_in

    return register


def sow(each: int, acts: list[str]) -> dict[str, list]:
    """For each act its posts, as ``[path, fields, key]``. One commit: a disk is slow, and nobody is at work yet."""
    with transaction.atomic():
        posts = {act: [FORMS[act](number) for number in range(each)] for act in acts}
    return {act: [[path, fields, str(key)] for path, fields, key in posts[act]] for act in acts}


def stamp(about: int = 0) -> str:
    return str(FormToken.new(about)._replace(begun=int(time.time()) - MINUTE))


@cache
def newest_version() -> StatementVersion:
    return StatementVersion.objects.current("en")


def signer(make, number: int, name: str, version: StatementVersion | None = None):
    city = a_city(f"{name} {number}", "JO", official_domain=f"{name}-{number}.example")
    return make(city=city, version=version or newest_version(), email=f"officer@{name}-{number}.example")


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


# --- signatures ---------------------------------------------------------------------------


@form_of("sign")
def sign(number):
    slug, name = CITIES[number % len(CITIES)]
    email = f"sign-{number}@city.example"
    return reverse("sign_check"), {
        "stamp": stamp(newest_version().pk), "q": name, "searched": name, "city": f"city:{slug}",
        "institution": f"Municipality of {name}", "office": "mayor", "signer_name": "Rana Haddad", "email": email,
        "visibility": "public", "seen": "1", "consent": "on",
    }, email  # fmt: skip


@form_of("confirm")
def confirm(number):
    draft = signer(a_draft, number, "confirm")
    return link(posted(emails.confirm_signature, draft), "confirm"), {}, draft.pk


@form_of("disown")
def disown(number):
    draft = signer(a_draft, number, "disown")
    return link(posted(emails.confirm_signature, draft), "disown"), {}, draft.pk


@form_of("withdraw")
def withdraw(number):
    signed = signer(a_confirmed, number, "withdraw")
    return link(posted(emails.withdrawal_link, signed), "withdraw"), {}, signed.pk


@form_of("correct")
def correct(number):
    signed = signer(a_confirmed, number, "correct")
    fields = {"institution": f"Corrected {number}", "office": "mayor", "signer_name": "Rana", "visibility": "public"}
    return link(posted(emails.correction_link, signed), "correct"), fields, signed.city_id


@form_of("report progress")
def report_progress(number):
    signed = signer(an_asked, number, "promising")
    key = signed.commitments.get().questions.get().pk
    fields = {f"state_{key}": "under-way", f"text_{key}": f"Half open, {number}."}
    return link(posted(emails.commitments_question, signed), "report_progress"), fields, signed.pk


@form_of("renew")
def renew(number):
    signed = signer(a_due, number, "renewing")
    fields = {"election_day": "6", "election_month": "5", "election_year": str(timezone.localdate().year + 2)}
    return link(posted(emails.renewal_question, signed), "renew"), fields, signed.pk


@form_of("move to a version")
def move_to_a_version(number):
    newest = newest_version()
    older = StatementVersion.objects.valid().filter(language="en", number__lt=newest.number).first()
    signed = signer(a_published, number, "moving", older)
    signed.moves.create(version=newest)
    return link(posted(emails.new_version, signed), "move_version"), {"version": newest.number}, signed.pk


# --- supports -----------------------------------------------------------------------------


@form_of("support")
def support(number):
    slug, name = CITIES[number % len(CITIES)]
    email = f"support-{number}@resident.example"
    return reverse("support"), {
        "stamp": stamp(), "subject": "", "q": name, "searched": name, "city": f"city:{slug}", "first_name": "Rana",
        "email": email, "may_be_counted": "on",
    }, email  # fmt: skip


def support_linked(act: str, number: int):
    supported = a_support(a_city(f"supported to {act} {number}", "JO"), confirmed=act == "withdraw")
    posted_as = "support_receipt" if act == "withdraw" else "confirm_support"
    return support_link(letter_of(supported, posted_as), f"{act}_support"), {}, supported.pk


@form_of("confirm a support")
def confirm_a_support(number):
    return support_linked("confirm", number)


@form_of("withdraw a support")
def withdraw_a_support(number):
    return support_linked("withdraw", number)


@form_of("disown a support")
def disown_a_support(number):
    return support_linked("disown", number)


# --- invitations --------------------------------------------------------------------------


@form_of("invite")
def invite(number):
    email = f"invite-{number}@resident.example"
    # Added by hand: most cities of the starter directory have signed.
    place = {
        "q": "", "searched": "", "city": "new", "place_name": "Xyzstadt", "place_country": "AT", "place_area": "",
    }  # fmt: skip
    typed = inviters.ANSWERS | place | {"stamp": stamp(), "subject": "", "email": email}
    return reverse("invite_place"), typed, email


def invitation_linked(act: str, number: int):
    invitation = inviters.an_invitation(a_city(f"invited to {act} {number}", "JO"), confirmed=act == "withdraw")
    posted_as = "invitation_receipt" if act == "withdraw" else "confirm_invitation"
    return inviters.link(inviters.letter_of(invitation, posted_as), f"{act}_invitation"), {}, invitation.pk


@form_of("confirm an invitation")
def confirm_an_invitation(number):
    return invitation_linked("confirm", number)


@form_of("withdraw an invitation")
def withdraw_an_invitation(number):
    return invitation_linked("withdraw", number)


@form_of("disown an invitation")
def disown_an_invitation(number):
    return invitation_linked("disown", number)


# --- followings ---------------------------------------------------------------------------


@form_of("follow")
def follow(number):
    email = f"follow-{number}@reader.example"
    return reverse("follow"), followers.ANSWERS | {"stamp": stamp(), "subject": "", "email": email}, email


def following_linked(act: str, number: int):
    following = followers.a_following(confirmed=act == "stop")
    posted_as = "following_receipt" if act == "stop" else "confirm_following"
    return followers.link(followers.letter_of(following, posted_as), f"{act}_following"), {}, following.pk


for act in ("confirm", "stop", "disown"):
    form_of(f"{act} a following")(partial(following_linked, act))


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
