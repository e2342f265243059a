"""Puts people and signatures on the desk of a served site: ``python -m tests.browser.desk_people``.

A process of its own: while a browser is open, Django refuses to talk to the database from the tests' own process.
Works on the database of DATABASE_URL and writes one line of JSON: ``cookies`` (session keys by user name), ``pages``
(addresses by a name for reports), ``password``, which is the same for everybody, ``codes`` (recovery codes of ana and
uma, who have an authenticator app, and ``codes_of_lea``; pia and tom have no second factor yet), ``new``, the link of nia, who is new, and
``letters``, the paths of the links in letters about an entry, by their purpose; ``to_answer`` is about ``entry``.
``of_signatures`` are those of letters about signatures, supports and invitations, by language and purpose.
"""

import json
import os
import sys


def main():
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citysolidarity.settings")
    django.setup()
    from django.contrib.auth.models import User
    from django.db import transaction

    from tests.browser.desk_letters import letters_about_a_submission, letters_about_an_entry
    from tests.browser.signers_letters import letters_about_signatures
    from tests.login import PASSWORD, staff

    with transaction.atomic():
        boss = User.objects.create_superuser("boss")
        ana, ben, uma = (staff(name) for name in ("ana", "ben", "uma"))
        for name in ("pia", "tom"):
            staff(name)
        found = {
            "cookies": {user.username: session_of(user) for user in (boss, ana, ben, uma)},
            "pages": pages(boss),
            "password": PASSWORD,
            "codes": codes_of(ana),
            "codes_of_lea": codes_of(staff("lea")),
            "new": the_link(),
            "letters": letters_about_an_entry() | letters_about_a_submission(boss),
            "of_signatures": letters_about_signatures(),
        }
        codes_of(uma)
    sys.stdout.write(json.dumps(found) + "\n")


def codes_of(user) -> list[str]:
    """Gives somebody an authenticator app, and recovery codes."""
    from citysolidarity.login import factors
    from tests.login import with_app

    with_app(user)
    return factors.new_recovery_codes(user)


def the_link() -> str:
    """The path of the link that somebody new got."""
    from urllib.parse import urlsplit

    from citysolidarity.login.enrolment_links import link_for
    from tests.login import staff

    return urlsplit(link_for(staff("nia"))).path


def session_of(user) -> str:
    """The value of the session cookie of somebody who has just come in by password and second factor."""
    from django.conf import settings
    from django.test import Client

    from tests.rig import door

    door.install()
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def submissions(boss) -> dict[str, str]:
    """Pages of what cities sent: to be read, with a question, a correction, refused."""
    from tests.desk import desk
    from tests.practices.sharing.sharers import a_submission

    new = a_submission()
    asked = a_submission(title="Homework clubs in every quarter")
    asked.ask(boss, "Who pays for it?")
    slug = "community-led-public-spaces-amman"
    correction = a_submission(alike=f"update:{slug}", title="Public spaces", summary="Parks, and squares.")
    # One that waits for the first curator to vouch for its address, and one that waits for the second.
    correction.confirm_mailbox()
    new.confirm_mailbox()
    new.vouch_for(boss, None)
    refused = a_submission(title="A festival")
    refused.refuse(boss, "off-subject")
    found = {"to be read": new, "with a question": asked, "a correction": correction, "refused": refused}
    pages = {f"submission {name}": desk("submission", "change", one.pk) for name, one in found.items()}
    preview = desk("submission", "preview", new.pk)
    more = {"write to a sender": "write", "notes about a submission": "team"}
    pages |= {name: desk("submission", page, new.pk) for name, page in more.items()}
    return pages | {"submissions": desk("submission"), "preview of a submission": preview}


def pages(boss) -> dict[str, str]:
    """Every page of the desk that the tests are about, in the states that look different."""
    from practices.models import (
        DocumentTranslation,
        Guide,
        GuideTranslation,
        LibraryDocument,
        Need,
        Network,
        NetworkTranslation,
    )
    from tests.browser.desk_translations import translated_pages
    from tests.people import a_city
    from tests.pledges.desk.desk import the_act, the_list, the_page
    from tests.pledges.signers import a_confirmed, a_curator, a_draft, a_published, a_stated, a_verified, called_back

    document = LibraryDocument.objects.get(slug="metropolises-standing-withrefugees-2018")
    arabic = GuideTranslation.objects.get(guide__slug="housing-in-a-small-town", language="ar")
    of_document = DocumentTranslation.objects.get(document=document, language="ar")
    of_network = NetworkTranslation.objects.get(network__slug="metropolis", language="fr")
    fresh = a_confirmed(city=a_city("Aarau", "CH", official_domain="aarau.ch"), email="office@xn--rau-5cdb.ch")
    proof = called_back()
    proof.signature, proof.by, proof.note = fresh, a_curator(), "Spoke with the clerk."
    proof.save()
    own = a_verified(city=a_city("Basel", "CH"), by=boss, email="officer@gmail.com")
    live = a_published(city=a_city("Chur", "CH"))
    newer = a_verified(city=live.city)
    gone = a_published(city=a_city("Davos", "CH"))
    gone.withdraw(boss, "A mistake.")
    a_confirmed(city=a_city("Zermatt", "CH"), email="officer@gmail.com")
    return submissions(boss) | {
        "start": "/admin/",
        "signatures": the_list(),
        "signatures to verify": the_list(waits="to-verify"),
        "no signature found": the_list(q="zeppelin"),
        "to be verified": the_page(fresh),
        "needs another curator": the_page(own),
        "from a source": the_page(a_stated(city=a_city("Flums", "CH"))),
        "published": the_page(live),
        "enter a signature": "/admin/pledges/signature/named/",
        "correct a named signature": f"/admin/pledges/signature/{a_stated(city=a_city('Olten', 'CH')).pk}/named/",
        "write to a signer": f"/admin/pledges/signature/{fresh.pk}/write/",
        "notes about a signature": f"/admin/pledges/signature/{fresh.pk}/team/",
        "send the link again": the_act(a_draft(city=a_city("Uster", "CH")), "resend"),
        "a new city": "/admin/practices/city/add/",
        "withdrawn": the_page(gone),
        "evidence": the_act(fresh, "evidence"),
        "domain": the_act(fresh, "domain"),
        "verify": the_act(fresh, "verify"),
        "refuse": the_act(fresh, "refuse"),
        "publish, not by the same": the_act(own, "publish"),
        "replace": the_act(newer, "replace"),
        "withdraw": the_act(live, "withdraw"),
        "undo": the_act(gone, "undo"),
        "documents": f"/admin/documents/signature/{fresh.pk}/",
        "log": f"/admin/pledges/signature/{fresh.pk}/history/",
        "pledges": "/admin/pledges/",
        "password": "/admin/password_change/",
        "e-mails to me": "/admin/emails/",
        "calendar": "/admin/calendar/",
        "pauses": "/admin/pauses/",
        "texts of e-mails": "/admin/texts/",
        "an edited text of an e-mail": edited_text(boss),
        "official domain": f"/admin/practices/city/{fresh.city_id}/official-domain/",
        "log of the desk": "/admin/admin/logentry/",
        "two cities": f"/admin/practices/city/{newer.city_id}/merge/?into={gone.city_id}",
        "take back": the_act(own, "reopen"),
        "wrong evidence": the_act(fresh, "remove"),
        "search": "/admin/search/?q=athens",
        "report": "/admin/report/",
        "status": "/admin/status/",
        "before the site opens": "/admin/status/first-steps/",
        "statistics": statistics(),
        "people": "/admin/people/",
        "a colleague": f"/admin/people/{a_curator().pk}/",
        "erase a person": "/admin/people/forget/",
        **written_pages(),
        **translated_pages(),
        **followed_pages(boss),
        "practices": "/admin/practices/practice/",
        "cities": "/admin/practices/city/",
        "needs": "/admin/practices/need/",
        "a need": f"/admin/practices/need/{Need.objects.earliest('slug').pk}/change/",
        "guides": "/admin/practices/guide/",
        "a new guide": "/admin/practices/guide/add/",
        "translations of guides": "/admin/practices/guidetranslation/",
        "a translation of a guide": f"/admin/practices/guidetranslation/{arabic.pk}/change/",
        "translations of documents": "/admin/practices/documenttranslation/",
        "a translation of a document": f"/admin/practices/documenttranslation/{of_document.pk}/change/",
        "a translation of a network": f"/admin/practices/networktranslation/{of_network.pk}/change/",
        "the library": "/admin/practices/librarydocument/",
        "a document of the library": f"/admin/practices/librarydocument/{document.pk}/change/",
        "a network": f"/admin/practices/network/{Network.objects.get(slug='metropolis').pk}/change/",
        "a guide": f"/admin/practices/guide/{Guide.objects.get(slug='housing-in-a-small-town').pk}/change/",
    }


def followed_pages(boss) -> dict[str, str]:
    """What becomes of signatures: proposals, words of a city, an election day, and a draft of the statement."""
    from django.utils import timezone

    from pledges.models import Deed, Election
    from practices.models import Elsewhere, Practice
    from tests.desk import desk
    from tests.people import a_city
    from tests.pledges.signers import a_version, an_asked

    deed = Deed.objects.create(practice=Practice.objects.published().first(), clause="welcome")
    question = an_asked(city=a_city("Arbon", "CH")).commitments.get().questions.get()
    question.take("done", "It is open.", "https://www.arbon.example/door")
    election = Election.objects.create(city=a_city("Wil", "CH"), held_on="2028-05-06", said_at=timezone.now())
    draft = a_version(number=901, valid_from=None)
    rows = {"deed": deed, "commitmentquestion": question, "election": election, "statementversion": draft}
    pages = {f"{model}: its list": desk(model, app="pledges") for model in rows}
    pages |= {f"{model}: a row": desk(model, "change", row.pk, app="pledges") for model, row in rows.items()}
    more = {"a new deed": ("deed", "add"), "a new election": ("election", "add")}
    pages |= {name: desk(model, page, app="pledges") for name, (model, page) in more.items()}
    page = Elsewhere.objects.waiting().first()
    compared = {"list": ("changelist",), "a row": ("change", page.pk), "a new one": ("add",)}
    pages |= {f"pages elsewhere: {name}": desk("elsewhere", *which) for name, which in compared.items()}
    return pages | {"make a version valid": desk("statementversion", "enact", draft.pk, app="pledges")}


def edited_text(boss) -> str:
    from citysolidarity.mail.edited_texts import EditedText

    columns = {"key": "confirm_signature", "language": "en", "subject": "Please confirm", "by": boss}
    for number, body in enumerate(
        ("Dear colleagues,\n\n{{ confirm_link }}", "Good day,\n\n{{ confirm_link }}"), start=1
    ):
        EditedText.objects.create(**columns, number=number, body=body)
    return "/admin/texts/en/confirm_signature/"


def statistics() -> str:
    from tests.citysolidarity.operation.visitors import some_visits

    some_visits()
    return "/admin/statistics/"


def written_pages() -> dict[str, str]:
    """The lists and pages of what the public wrote."""
    from practices.models import Confirmation, Enquiry, Report
    from tests.people import a_city, a_practice
    from tests.practices.correspondence.test_report import a_report

    entry = a_practice("Tea houses", a_city("Glarus", "CH"))
    confirmation = Confirmation.objects.create(practice=entry, year=2026)
    confirmation.take("ended", "The house was sold.", 2025)
    enquiry = Enquiry.accepted("key", "", practice=entry, text="How?", language="en", may_be_shown=True)
    enquiry.confirm()
    enquiry.take_answer("With tea.", may_join=True)
    rows = {"answer of a city": confirmation, "report": a_report(entry, "reply"), "question": enquiry}
    Report.objects.update(email="reader@example.org")
    base = "/admin/practices"
    return {
        **{f"{name}: list": f"{base}/{row._meta.model_name}/" for name, row in rows.items()},
        **{name: f"{base}/{row._meta.model_name}/{row.pk}/change/" for name, row in rows.items()},
        **{f"{name}: notes": f"{base}/{row._meta.model_name}/{row.pk}/team/" for name, row in rows.items()},
        "write to a reporter": f"{base}/report/{rows['report'].pk}/write/",
    }


if __name__ == "__main__":
    main()
