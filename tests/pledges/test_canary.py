"""A word that stands in every private field of the database is found on no page, in no file, header or stranger's letter."""

from datetime import date, timedelta
from unittest import mock

import pytest
from django.core import mail as sent
from django.core.management import call_command
from django.db import OperationalError, transaction
from django.test import Client
from django.urls import reverse

from citysolidarity.http.throttle import Limit
from citysolidarity.opendata.operations import OPERATIONS
from pledges import emails
from pledges.models import (
    Commitment,
    CommitmentQuestion,
    Evidence,
    Invitation,
    InvitationContact,
    Signature,
    Support,
    SupportContact,
)
from pledges.signing import alarm
from pledges.supports.counting import count_supports
from pledges.vocabularies import Proof, Refusal, Visibility
from practices.models import City
from tests.letters import work
from tests.people import a_city, a_practice
from tests.pledges.crawl import crawl
from tests.pledges.invitations.inviters import an_invitation
from tests.pledges.signers import (
    a_confirmed,
    a_curator,
    a_draft,
    a_lead_curator,
    a_published,
    a_stated,
    a_verified,
    make_older,
)
from tests.pledges.supports.residents import a_support, an_asked_city
from tests.practices.canaries import told_to_us
from tests.practices.library.making import a_document, a_network, joins, names

pytestmark = pytest.mark.django_db
LISTS = [operation for operation in OPERATIONS if "<" not in operation.path]
CANARY = "kanarienvogel"
HIDDEN = "verborgen"  # cities that nobody may name
ADDRESS = "203.0.113.77"  # of the internet, a visitor's
OWN = f"{CANARY}@amman.example"
# What only the desk may know of the person who signed.
PERSON = {
    "email": OWN,
    "phone": f"+962 {CANARY}",
    "signer_name": f"Rana {CANARY}",
    "decision_url": f"https://amman.example/{CANARY}",
}


@pytest.fixture
def told():
    """The canary in every private field there is; returns the signature that is public all the same."""
    by = {"first_name": CANARY, "last_name": CANARY, "email": f"{CANARY}@desk.example"}
    curator = a_curator(**by)
    public = a_confirmed(**PERSON)
    public.verify(
        curator,
        [
            Evidence(kind=Proof.CALLED_BACK, seen_on=date(2026, 5, 4), number_found_at=CANARY, note=CANARY),
            Evidence(kind=Proof.OFFICIAL_MAIL, seen_on=date(2026, 5, 4), note=CANARY, url=f"https://x.example/{CANARY}"),
            Evidence(kind=Proof.LETTER, seen_on=date(2026, 5, 4), note=CANARY, url=f"https://x.example/{CANARY}.pdf"),
        ],
    )  # fmt: skip
    public.publish(curator)
    lead = a_lead_curator()
    public.withdraw(lead, CANARY)
    public.undo_withdrawal(lead)
    a_stated(a_city("Vienna", "AT"))
    told_to_us(a_practice(), curator, CANARY)
    not_accepted(public, curator)
    those_nobody_may_name(curator)
    asked = an_asked_city(public.city)
    Support.objects.filter(city=public.city).first().withdraw()
    SupportContact.objects.update(email=OWN, first_name=CANARY)
    asked.keep_address(curator, f"mail@{CANARY}.example", "en")
    asked.record_answer(curator, "other", date(2026, 5, 4), CANARY, f"https://{CANARY}.example/")
    a_support(a_city(f"{HIDDEN} typed", "JO"), confirmed=True)
    count_supports()
    invited(public, curator)
    Limit("sign posts", 5, hours=1).take(f"{ADDRESS}/32")
    return public


def invited(signature, curator):
    """Invitations of cities that no page may name: one that waits, one that was sent, one that was refused."""
    for act in ("wait", "send", "refuse"):
        invitation = an_invitation(
            a_city(f"{HIDDEN} to {act}", "JO"), confirmed=True, writer="city", from_city=signature.city
        )
        invitation.read(curator, f"mail@{CANARY}.example")
        match act:
            case "send":
                invitation.send(curator)
            case "refuse":
                invitation.refuse(curator, "other", CANARY)
    Invitation.objects.update(message=CANARY)
    InvitationContact.objects.update(email=OWN, first_name=CANARY)


def not_accepted(signature, curator):
    """What the institution typed beside its answers: one sentence that waits, and one that a curator refused."""
    clause = signature.version.clauses.get()
    for position, state in enumerate(("done", "dropped"), start=1):
        promise = signature.commitments.create(
            clause=clause, position=position, text="Open a door.", due=date(2030, 1, 1)
        )
        CommitmentQuestion.objects.ask([promise])
        promise.questions.get().take(state, CANARY, f"https://amman.example/{CANARY}")
    promise.questions.get().refuse(curator)


def those_nobody_may_name(curator):
    """Signatures in every state that is not public; there the institution is private too."""
    private = PERSON | {"institution": f"{CANARY} Municipality"}
    places = (a_city(f"{HIDDEN} {number}", "JO") for number in range(9))
    a_draft(city=next(places), **private)
    a_confirmed(city=next(places), **private)
    a_verified(city=next(places), **private)
    a_published(city=next(places), visibility=Visibility.COUNTED, **private)
    a_published(city=next(places), visibility=Visibility.FROM_DATE, public_from=date(2199, 1, 1), **private)
    a_confirmed(city=next(places), **private).refuse(curator, Refusal.NO_PROOF)
    a_published(city=next(places), **private).withdraw(a_lead_curator(), CANARY)
    old = a_draft(city=next(places), **private)
    make_older(old, drafted_at=timedelta(days=8))
    old.expire()
    replaced = a_published(**private)
    replaced.supersede(curator, a_verified(city=replaced.city))
    for signature in Signature.objects.exclude(pk__in=Signature.objects.public()):
        clause = signature.version.clauses.first()
        Commitment.objects.create(signature=signature, clause=clause, position=1, text=CANARY, due=date(2199, 1, 1))

    in_the_library()


def in_the_library():
    """A public document and a network name every city there is, a draft says the word."""
    draft = a_document(CANARY.capitalize(), CANARY, published_on=None)
    network = a_network(description="Network of cities.")
    for city in {city.name: city for city in City.objects.all()}.values():
        document = a_document("A letter of mayors", f"{city.name} signed", "All agreed", summary=f"{city.name} wrote.")
        for row in (document, draft):
            names(row, city)
        joins(network, city)


def test_no_page_file_or_header_says_what_is_private(told):
    hidden = Signature.objects.exclude(pk__in=Signature.objects.public())
    assert hidden.count() == 9
    pages = ("signature", "badge", "certificate", "city", "api_city", "city_feed")
    guessed = [reverse(page, args=[slug]) for page in pages for slug in hidden.values_list("city__slug", flat=True)]
    seen, linked, found = [], set(), []

    def guesses():
        linked.update(seen)
        yield from guessed

    for path, said in crawl(ADDRESS, guesses()):
        seen.append(path)
        # Who types a name gets it back on the page that says that there is nothing.
        names_a_city = HIDDEN in said.lower() and HIDDEN not in path.lower()
        if CANARY in said.lower() or ADDRESS in said or names_a_city:
            found.append(path)
    assert not found
    assert set(guessed) <= set(seen)
    assert {told.get_absolute_url(), reverse("certificate", args=[told.city.slug])} <= linked
    assert {reverse("library"), reverse("timeline"), reverse("network", args=["eurocities"])} <= linked
    surfaces = (
        "data_catalog",
        "data_vocabularies",
        "embed_counter",
        "embed_map",
        "feed",
        "feed_json",
        "llms_txt",
        "sitemap",
    )
    assert {*map(reverse, (*surfaces, *(operation.name for operation in LISTS)))} <= linked
    assert {way for way in (".md", ".xlsx", ".atom", "/oembed") if not any(way in path for path in linked)} == set()


def test_the_crawl_would_find_it_on_every_surface(told):
    """The proof that the test above can fail: the same word where the public may see it."""
    Signature.objects.filter(pk=told.pk).update(name_may_be_shown=True, institution=f"{CANARY} Municipality")
    missed = {
        reverse("signatories"), f"{reverse('signatories')}?view=table", told.get_absolute_url(),
        reverse("certificate", args=[told.city.slug]), "/api/v1/signatories.csv", "/api/v1/signatories.json",
        "/api/v1/signatories", "/feeds/signatories.json",
    }  # fmt: skip
    for path, said in crawl(ADDRESS):
        if CANARY in said.lower():
            missed.discard(path)
        if not missed:
            break
    assert missed == set()


def test_a_snapshot_says_nothing_that_is_private(told, tmp_path):
    """Its pages are those of the crawl above; here are the tables, and what they say of a signature once it may be told."""

    def said(name):
        call_command("snapshot", tmp_path / name, pages=False, verbosity=0)
        return "".join(path.read_text() for path in (tmp_path / name).rglob("*") if path.is_file()).lower()

    private = said("private")
    assert told.city.slug in private
    assert not any(word in private for word in (CANARY, HIDDEN, ADDRESS, "@amman.example"))
    Signature.objects.filter(pk=told.pk).update(name_may_be_shown=True)
    assert f"rana {CANARY}" in said("told")


@pytest.mark.parametrize("trouble", [OperationalError(f"{CANARY} {ADDRESS}"), ValueError(f"{CANARY} {ADDRESS}")])
def test_an_error_page_says_nothing_of_the_error(told, trouble):
    client = Client(REMOTE_ADDR=ADDRESS, raise_request_exception=False)
    with mock.patch("pledges.models.Signature.objects.count_now", side_effect=trouble):
        answer = client.get(reverse("signatories"))
    assert answer.status_code == (503 if isinstance(trouble, OperationalError) else 500)
    said = f"{answer.items()} {answer.content.decode()}".lower()
    assert CANARY not in said and ADDRESS not in said


def test_no_letter_says_more_than_its_reader_knows():
    """To the person who signed, nothing that was typed into the form; to anybody else, nothing at all."""
    signature, other = a_confirmed(**PERSON, institution=f"{CANARY} Municipality"), a_draft(email="other@x.example")
    assert other.city.name == signature.city.name
    with transaction.atomic():
        emails.confirmed_receipt.post(signature)
        emails.already_signed.post(other)
        emails.withdrawal_link.post(signature)
    a_curator(email="curator@desk.example")
    alarm.alarm_to_curators("drafts-wait")
    work()
    assert sorted(letter.to[0] for letter in sent.outbox) == ["curator@desk.example", OWN, OWN, "other@x.example"]
    for letter in sent.outbox:
        said = letter.message().as_string() + letter.body + letter.alternatives[0].content
        assert CANARY not in said.replace(f"To: {OWN}", "").lower()
