"""The people and papers that tests of the pledges talk about. Each takes what the test is about and makes up the rest."""

from datetime import date
from itertools import count

from django.contrib.auth.models import Permission, User
from django.db.models import F
from django.utils import timezone

from pledges.models import Clause, CommitmentQuestion, Evidence, Signature, SignatureEvent, Statement, StatementVersion
from pledges.vocabularies import Kind, Origin, Proof
from tests.people import a_city

number = count(1)


def a_curator(*permissions, **facts) -> User:
    """A member of staff who may verify and publish; name ``lead_curate_signature`` for a lead curator."""
    user = User.objects.create_user(username=f"curator-{next(number)}", is_staff=True, **facts)
    names = {"curate_signature", *permissions}
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return user


def a_lead_curator() -> User:
    return a_curator("lead_curate_signature")


def a_version(language="en", valid_from=date(2020, 1, 1), promise="We welcome.", **facts) -> StatementVersion:
    """A valid version with one clause; ``valid_from=None`` leaves it a draft."""
    statement = Statement.objects.get_or_create(slug="withrefugees")[0]
    made_up = {"number": next(number), "title": "Statement", "preamble": "We promise:", "closing": "Join us."}
    version = StatementVersion.objects.create(statement=statement, language=language, **(made_up | facts))
    Clause.objects.create(version=version, position=1, code="welcome", title="Welcome", promise=promise)
    if valid_from:
        version.enact(valid_from)
    return version


def a_draft(city=None, email="officer@amman.example", **facts) -> Signature:
    """What the form has just sent, for a city whose official domain is amman.example."""
    city = city or a_city(official_domain="amman.example")
    version = facts.pop("version", None) or StatementVersion.objects.first() or a_version()
    made_up = {"institution": "Greater Amman Municipality", "office": "mayor"}
    return Signature.draft(city=city, version=version, email=email, **(made_up | facts))


def a_confirmed(**facts) -> Signature:
    signature = a_draft(**facts)
    signature.confirm()
    return signature


def a_verified(by=None, **facts) -> Signature:
    signature = a_confirmed(**facts)
    signature.verify(by or a_curator(), [called_back()])
    return signature


def a_published(**facts) -> Signature:
    """Verified by one curator and published by another."""
    signature = a_verified(**facts)
    signature.publish(a_curator())
    return signature


def a_stated(city=None, **facts) -> Signature:
    """A historical signature with its source, as a load leaves it."""
    signature = Signature.objects.create(
        origin=Origin.STATED, city=city or a_city(), published_at=facts.pop("published_at", timezone.now()), **facts
    )
    SignatureEvent.objects.create(signature=signature, kind=Kind.STATED)
    signature.sources.create(title="A list", publisher="UNHCR", url="https://example.org/list", year=2018)
    Signature.objects.show_on_cities([signature.city_id])
    return signature


def an_asked(**facts):
    """A published signature with an open question about a commitment."""
    signature = a_published(**facts)
    clause = signature.version.clauses.first()
    promise = signature.commitments.create(clause=clause, position=1, text="Open one door.", due=date(2030, 1, 1))
    CommitmentQuestion.objects.ask([promise])
    return signature


def a_due(**facts):
    """A signature that is to be renewed, and whose institution was asked."""
    signature = a_published(**facts)
    Signature.objects.filter(pk=signature.pk).update(signed_on=date(2020, 1, 1))
    signature = Signature.objects.get(pk=signature.pk)
    signature.renewals.create(since=signature.renewal_standing.since)
    return Signature.objects.get(pk=signature.pk)


def an_offered(**facts):
    """A signature of an older version, to which the newest was offered."""
    signature = a_published(**facts)
    signature.moves.create(version=a_version())
    return signature


def called_back() -> Evidence:
    return Evidence(kind=Proof.CALLED_BACK, seen_on=date(2026, 5, 4), number_found_at="The city's own site")


def official_mail() -> Evidence:
    return Evidence(kind=Proof.OFFICIAL_MAIL, seen_on=date(2026, 5, 4))


def decision(url="https://www.amman.example/news/1") -> Evidence:
    return Evidence(kind=Proof.PUBLISHED_DECISION, seen_on=date(2026, 5, 4), url=url)


def letter() -> Evidence:
    return Evidence(kind=Proof.LETTER, seen_on=date(2026, 5, 4))


def make_older(signature: Signature, **intervals) -> None:
    """Moves the dates of a row into the past: ``drafted_at=timedelta(days=8)``. The database keeps the clock."""
    Signature.objects.filter(pk=signature.pk).update(**{name: F(name) - span for name, span in intervals.items()})


def put_right(signature: Signature, **columns) -> Signature:
    """A correction that a curator has put in its place."""
    unchanged = {
        "institution": "Amman", "office": "mayor", "office_other": "", "signer_name": "", "name_may_be_shown": False,
        "visibility": "public", "public_from": None,
    }  # fmt: skip
    corrected = signature.correct(**unchanged | columns)
    corrected.verify(a_curator(), [called_back()])
    corrected.publish(a_curator(), superseding=Signature.objects.get(pk=signature.pk))
    return corrected
