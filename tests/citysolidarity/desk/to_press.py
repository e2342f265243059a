"""Pages of the desk with something to press, by a name for reports: ``PAGES`` makes what each is about."""

from django.urls import reverse
from django.utils import timezone

from citysolidarity.attachments.models import Document
from citysolidarity.mail.edited_texts import EditedText
from pledges.models import Deed, Election
from practices.models import Elsewhere, Enquiry, Practice, Source
from practices.models.correspondence.confirmation import ConfirmationAnswer
from practices.models.entries.review import ReviewComment
from practices.models.entries.version import Version
from tests.desk import desk
from tests.forms import a_place
from tests.people import a_city, a_practice
from tests.pledges.desk.desk import proven, somebody
from tests.pledges.invitations.inviters import invited_at_the_desk
from tests.pledges.signers import a_confirmed, a_published, a_verified, an_asked
from tests.pledges.signers import a_version as a_statement
from tests.pledges.supports.residents import asked_at_the_desk
from tests.practices.correspondence.test_report import a_report
from tests.practices.guides.making import a_guide, a_guide_translation
from tests.practices.library.making import a_document, a_document_translation, a_network, a_network_translation
from tests.practices.sharing.sharers import a_submission
from tests.practices.sharing.speakers import a_correction, an_entry
from tests.translating import a_published_translation, a_translation


def a_review(state):
    practice = a_practice(published_at=None if state in ("draft", "in-review", "discarded") else timezone.now())
    ReviewComment.objects.create(practice=practice, by=somebody("Curator"), text="Is it right?")
    match state:
        case "in-review":
            practice.submit()
        case "archived":
            practice.archive(why="x")
        case "discarded":
            practice.discard(why="x")
        case "speaking":
            from tests.practices.correspondence.letters import a_route

            a_route(practice)
    return desk("practice", "review", practice.pk)


def an_answer(answer, settled=False):
    confirmation = a_practice().confirmations.create(year=2026)
    confirmation.take(ConfirmationAnswer(answer), text="News", ended=2025 if answer == "ended" else None)
    Practice.objects.filter(pk=confirmation.practice_id).update(results="Changed since.")
    if settled:
        confirmation.settle(somebody("Curator"), "Because")
    return desk("confirmation", "change", confirmation.pk)


def a_question(state):
    enquiry = Enquiry.accepted("key", "", practice=a_practice(), text="How?", language="en", may_be_shown=True)
    enquiry.confirm()
    if state != "unanswered":
        enquiry.take_answer("So.", may_join=True)
    if state == "shown":
        enquiry.join(somebody("Curator"), "How?", "So.")
    if state == "closed":
        enquiry.close(somebody("Curator"))
    return desk("enquiry", "change", enquiry.pk)


def a_problem(kind, closed=False):
    report = a_report(a_practice(), kind)
    if closed:
        report.close(somebody("Curator"), "nothing")
    return desk("report", "change", report.pk)


def a_sent(kind):
    a_place()
    if kind == "correction":
        an_entry()
        return desk("submission", "change", a_correction("gmail.com").pk)
    submission = a_submission()
    if kind == "proved":
        submission.confirm_mailbox()
    if kind == "asked":
        submission.ask(somebody("Curator"), "Which year?")
    if kind == "refused":
        submission.refuse(somebody("Curator"), "no-source")
    return desk("submission", "change", submission.pk)


def an_act(start, code):
    signature = start()
    if code == "replace":
        signature = a_verified(city=signature.city)
    if code == "undo":
        signature.withdraw()
    return reverse("admin:pledges_signature_act", args=[signature.pk, code])


def a_proposal(model, columns, state):
    row = model.objects.create(practice=a_practice(), **columns)
    if state != "proposed":
        getattr(row, "accept" if state == "accepted" else "refuse")(somebody("Curator"))
    return a_change_page(model._meta.model_name, row, model._meta.app_label)


def an_answered_question():
    question = an_asked().commitments.get().questions.get()
    question.take("done", "It is open.", "https://www.amman.example/door")
    return desk("commitmentquestion", "change", question.pk, app="pledges")


def a_draft_of_the_statement(page):
    return desk("statementversion", page, a_statement(number=901, valid_from=None).pk, app="pledges")


def a_broken_source():
    source = a_practice().sources.get()
    Source.objects.update(broken_since=timezone.localdate())
    return desk("source", "change", source.pk)


def a_version():
    practice = a_practice()
    Version.objects.keep([practice.pk])
    Practice.objects.update(results="Twelve parks.")
    return desk("practice", "restore", practice.pk, practice.versions.first().revision)


def a_merge():
    gone, stays = a_city("Graz an der Mur", "AT"), a_city("Graz", "AT")
    return f"{desk('city', 'merge', gone.pk)}?into={stays.pk}"


def documents():
    signature = a_confirmed()
    Document.add(b"%PDF-", title="Letter", by=somebody("Curator"), signature=signature)
    return reverse("attachments:documents", args=["signature", signature.pk])


def an_edited_text():
    columns = {"subject": "Please confirm", "body": "{{ confirm_link }}", "by": somebody("Lead curator")}
    EditedText.objects.create(key="confirm_signature", language="en", number=1, **columns)
    return reverse("admin:email_text", args=["en", "confirm_signature"])


def a_change_page(model, row, app="practices"):
    return desk(model, "change", row.pk, app=app)


ELSEWHERE = {"url": "https://urbact.eu/parks", "platform": "urbact"}
PROPOSALS = {"a deed": (Deed, {"clause": "welcome"}), "a page elsewhere": (Elsewhere, ELSEWHERE)}
PAGES = {
    **{f"review of a {state} entry": (a_review, state) for state in
       ("draft", "in-review", "public", "speaking", "archived", "discarded")},
    "an answer that it ended": (an_answer, "ended"),
    "an answer that it changed": (an_answer, "changed"),
    "a settled answer": (an_answer, "changed", True),
    **{f"a question that is {state}": (a_question, state) for state in ("unanswered", "answered", "shown", "closed")},
    **{f"a report, {kind}": (a_problem, kind) for kind in ("harmful", "reply", "link")},
    "a closed report": (a_problem, "wrong", True),
    **{f"a submission, {kind}": (a_sent, kind) for kind in
       ("new", "proved", "asked", "refused", "correction")},
    **{f"signature: {code}": (an_act, start, code) for code, start in
       {"evidence": a_confirmed, "domain": a_confirmed, "verify": proven, "publish": a_verified, "replace": a_published,
        "refuse": a_confirmed, "withdraw": a_published, "undo": a_published, "reopen": a_verified, "remove": proven}.items()},
    **{f"a city that residents ask, {state}": (asked_at_the_desk, state) for state in ("new", "with an address", "public")},
    **{f"an invitation, {state}": (invited_at_the_desk, state) for state in ("new", "read", "sent", "refused")},
    **{f"{name}, {state}": (a_proposal, *row, state) for name, row in PROPOSALS.items()
       for state in ("proposed", "accepted", "refused")},
    "words about a commitment": (an_answered_question,),
    "a day of an election": (lambda: a_change_page("election", Election.objects.create(
        city=a_city(), held_on="2026-05-03", said_at=timezone.now()), "pledges"),),
    "a draft of the statement": (a_draft_of_the_statement, "change"),
    "a draft of the statement to be made valid": (a_draft_of_the_statement, "enact"),
    "a broken source": (a_broken_source,),
    "an old version": (a_version,),
    "two cities": (a_merge,),
    "documents": (documents,),
    "the text of an e-mail": (an_edited_text,),
    "a translation": (lambda: a_change_page("practicetranslation", a_translation(a_practice())),),
    "a published translation": (lambda: a_change_page("practicetranslation", a_published_translation(a_practice())),),
    "a translation of a guide": (lambda: a_change_page("guidetranslation", a_guide_translation(a_guide())),),
    "a translation of a document": (
        lambda: a_change_page("documenttranslation", a_document_translation(a_document())),
    ),
    "a translation of a network": (lambda: a_change_page("networktranslation", a_network_translation(a_network())),),
    "a document of the library": (lambda: a_change_page("librarydocument", a_document()),),
    "a network": (lambda: a_change_page("network", a_network()),),
    "an entry": (lambda: a_change_page("practice", a_practice()),),
    "a city": (lambda: a_change_page("city", a_city()),),
}  # fmt: skip
