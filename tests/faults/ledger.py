"""What the public's forms are filled in with, and what came of it: ``python -m tests.faults.ledger sow 10``, ``… count``.

A process of its own beside the site, on the same database. ``sow`` writes a JSON object: for each act its posts, as
``[path, fields, key]``. ``count`` reads keys from standard input and writes how often each was done.
"""

import json
import os
import sys
import time
from collections import Counter

ACTS = (
    "sign", "share", "save answers", "ask", "report", "confirm", "withdraw", "correct", "disown", "confirm a question",
    "answer", "yearly answer", "do too", "support", "confirm a support", "withdraw a support", "disown a support",
    "invite", "confirm an invitation", "withdraw an invitation", "disown an invitation",
)  # fmt: skip
MINUTE = 60  # seconds: longer than a robot needs


def sow(each: int) -> dict[str, list]:
    """Everything that the forms are about is made: signatures with their letters, entries, questions that wait."""
    from django.db import transaction
    from django.urls import reverse

    from citysolidarity.forms import FormToken
    from pledges import emails
    from pledges.models import StatementVersion
    from practices.correspondence import emails as practice_emails
    from practices.correspondence.confirmations.yearly import ask_cities
    from practices.correspondence.enquiries.sending import confirm
    from practices.models import Asker, Confirmation, Enquiry
    from tests.people import a_city, a_practice
    from tests.pledges.email_links.letters import link, posted
    from tests.pledges.invitations import inviters
    from tests.pledges.signers import a_confirmed, a_draft
    from tests.pledges.supports.residents import a_support, letter_of
    from tests.pledges.supports.residents import link as support_link
    from tests.practices.correspondence.letters import a_route, confirmed
    from tests.practices.correspondence.letters import link as practice_link
    from tests.practices.sharing.sharers import ANSWERS, ready_for

    posts = {act: [] for act in ACTS}
    version = StatementVersion.objects.current("en")

    def stamp(number):
        return str(FormToken.new(number)._replace(begun=int(time.time()) - MINUTE))

    def add(act, path, fields, key):
        posts[act].append([path, fields, str(key)])

    def signer(make, number, name):
        city = a_city(f"{name} {number}", "JO", official_domain=f"{name}-{number}.example")
        return make(city=city, version=version, email=f"officer@{name}-{number}.example")

    def entry_of(number, name):
        entry = confirmed(a_practice(city=a_city(f"{name} {number}", "JO")), days=1)
        a_route(entry, email=f"office@{name}-{number}.example")
        return entry

    def question(entry, number, name):
        with transaction.atomic():
            made = Enquiry.accepted(
                f"{name}-{number}", "", practice=entry, language="en", text="How did you begin?", may_be_shown=True
            )
            Asker.objects.create(enquiry=made, email=f"{name}-{number}@reader.example")
            practice_emails.confirm_question.post(made)
        return made

    for number in range(each):
        city = ("amman-jo:Amman", "vienna-at:Vienna", "warsaw-pl:Warsaw")[number % 3].split(":")
        add("sign", reverse("sign_check"), {
            "stamp": stamp(version.pk), "q": city[1], "searched": city[1], "city": f"city:{city[0]}",
            "institution": f"Municipality of {city[1]}", "office": "mayor", "signer_name": "Rana Haddad",
            "email": f"sign-{number}@city.example", "visibility": "public", "seen": "1", "consent": "on",
        }, f"sign-{number}@city.example")  # fmt: skip
        shared = ready_for("check") | ANSWERS["check"] | {"stamp": stamp(0), "alike": "new"}
        shared |= {"title": f"Neighbours help, {number}", "email": f"share-{number}@city.example"}
        add("share", reverse("share_check"), shared, f"share-{number}@city.example")
        saved = ready_for("when") | {"stamp": stamp(0), "save_email": f"save-{number}@city.example"}
        add("save answers", reverse("share_save"), saved, f"save-{number}@city.example")
        entry = entry_of(number, "asked")
        add("ask", reverse("practice_ask", args=[entry.slug]), {
            "stamp": stamp(entry.pk), "subject": "", "text": "How did you begin?", "email": f"ask-{number}@reader.example",
            "may_be_shown": "on",
        }, f"ask-{number}@reader.example")  # fmt: skip
        told = {"kind": "wrong", "text": f"The programme ended last year, says reader {number}.", "email": ""}
        path = reverse("practice_report", args=[entry.slug])
        add("report", path, {"stamp": stamp(entry.pk), "subject": "", **told}, told["text"])
        told = {"city": "Quito", "country": "EC", "text": "Since 2020.", "email": f"too-{number}@city.example"}
        path = reverse("practice_too", args=[entry.slug])
        add("do too", path, {"stamp": stamp(entry.pk), "subject": "", **told}, told["email"])
        draft = signer(a_draft, number, "confirm")
        add("confirm", link(posted(emails.confirm_signature, draft), "confirm"), {}, draft.pk)
        draft = signer(a_draft, number, "disown")
        add("disown", link(posted(emails.confirm_signature, draft), "disown"), {}, draft.pk)
        signed = signer(a_confirmed, number, "withdraw")
        add("withdraw", link(posted(emails.withdrawal_link, signed), "withdraw"), {}, signed.pk)
        signed = signer(a_confirmed, number, "correct")
        fields = {
            "institution": f"Corrected {number}",
            "office": "mayor",
            "signer_name": "Rana",
            "visibility": "public",
        }
        add("correct", link(posted(emails.correction_link, signed), "correct"), fields, signed.city_id)
        made = question(entry_of(number, "questioned"), number, "questioned")
        add("confirm a question", practice_link(made.letters.get(), "confirm_question"), {}, made.pk)
        made = question(entry_of(number, "answering"), number, "answering")
        with transaction.atomic():
            confirm(made)
        letter = made.letters.exclude(name="confirm_question").get()
        add("answer", practice_link(letter, "answer_question"), {"text": f"With one park, {number}."}, made.pk)
        entry = confirmed(entry_of(number, "yearly"), days=800)
        name = f"support-{number}@resident.example"
        add("support", reverse("support"), {
            "stamp": stamp(0), "subject": "", "q": city[1], "searched": city[1], "city": f"city:{city[0]}",
            "first_name": "Rana", "email": name, "may_be_counted": "on",
        }, name)  # fmt: skip
        for act in ("confirm", "withdraw", "disown"):
            supported = a_support(a_city(f"supported to {act} {number}", "JO"), confirmed=act == "withdraw")
            posted_as = "support_receipt" if act == "withdraw" else "confirm_support"
            address = support_link(letter_of(supported, posted_as), f"{act}_support")
            add(f"{act} a support", address, {}, supported.pk)
        name = f"invite-{number}@resident.example"
        # Added by hand: most cities of the starter directory have signed.
        place = {
            "q": "",
            "searched": "",
            "city": "new",
            "place_name": "Xyzstadt",
            "place_country": "AT",
            "place_area": "",
        }
        typed = inviters.ANSWERS | place | {"stamp": stamp(0), "subject": "", "email": name}
        add("invite", reverse("invite_place"), typed, name)
        for act in ("confirm", "withdraw", "disown"):
            invitation = inviters.an_invitation(a_city(f"invited to {act} {number}", "JO"), confirmed=act == "withdraw")
            posted_as = "invitation_receipt" if act == "withdraw" else "confirm_invitation"
            address = inviters.link(inviters.letter_of(invitation, posted_as), f"{act}_invitation")
            add(f"{act} an invitation", address, {}, invitation.pk)
    ask_cities()
    for asked in Confirmation.objects.filter(practice__city__name__startswith="yearly "):
        path = practice_link(asked.letters.get(), "confirm_entry")
        add("yearly answer", path, {"answer": "changed", "text": "New hours."}, asked.pk)
    return {act: found[:each] for act, found in posts.items()}


def count(keys: dict[str, list[str]]) -> dict[str, dict[str, int]]:
    """How often each act of each key stands in the database."""
    from pledges.models import Invitation, InvitationLetter, Signature, SignatureEvent, Support, SupportLetter
    from practices.models import Asker, Confirmation, Enquiry, PracticeLetter, Report, Submission

    def events(kind):
        return SignatureEvent.objects.filter(kind=kind).values_list("signature_id", flat=True)

    def letters(*names):
        return PracticeLetter.objects.filter(name__in=names).values_list("enquiry_id", flat=True)

    def confirmed(rows, kind):
        """Receipts tell of a confirmation however it ended, so that a second one would show."""
        return rows.objects.filter(name=kind).values_list(kind.partition("_")[0] + "_id", flat=True)

    withdrawn = Support.objects.filter(withdrawn_at__isnull=False)
    taken_back = Invitation.objects.filter(withdrawn_at__isnull=False)
    found = {
        "sign": Signature.objects.filter(origin="online").values_list("contact__email", flat=True),
        "share": Submission.objects.filter(sent_at__isnull=False).values_list("email", flat=True),
        "save answers": Submission.objects.filter(sent_at__isnull=True).values_list("email", flat=True),
        "ask": Asker.objects.values_list("email", flat=True),
        "report": Report.objects.values_list("text", flat=True),
        "do too": Report.objects.filter(kind="same").values_list("email", flat=True),
        "confirm": events("confirmed"),
        "withdraw": events("withdrawn"),
        "disown": events("refused"),
        "correct": Signature.objects.filter(institution__startswith="Corrected").values_list("city_id", flat=True),
        "confirm a question": Enquiry.objects.filter(relayed_at__isnull=False).values_list("pk", flat=True),
        "answer": letters("answer_for_asker"),
        "support": Support.objects.filter(contact__isnull=False).values_list("contact__email", flat=True),
        "confirm a support": confirmed(SupportLetter, "support_receipt"),
        "withdraw a support": withdrawn.filter(confirmed_at__isnull=False).values_list("pk", flat=True),
        "disown a support": withdrawn.filter(confirmed_at__isnull=True).values_list("pk", flat=True),
        "invite": Invitation.objects.filter(contact__isnull=False).values_list("contact__email", flat=True),
        "confirm an invitation": confirmed(InvitationLetter, "invitation_receipt"),
        "withdraw an invitation": taken_back.filter(confirmed_at__isnull=False).values_list("pk", flat=True),
        "disown an invitation": taken_back.filter(confirmed_at__isnull=True).values_list("pk", flat=True),
        "yearly answer": Confirmation.objects.filter(answered_at__isnull=False).values_list("pk", flat=True),
    }
    counted = {act: Counter(map(str, rows)) for act, rows in found.items()}
    return {act: {key: counted[act][key] for key in keys.get(act, ())} for act in ACTS}


def main():
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citysolidarity.settings")
    django.setup()
    made = sow(int(sys.argv[2])) if sys.argv[1] == "sow" else count(json.load(sys.stdin))
    json.dump(made, sys.stdout)


if __name__ == "__main__":
    main()
