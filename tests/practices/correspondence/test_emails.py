"""The letters about entries: each holds its links, and nothing that was typed."""

import re

import pytest
from django.db import IntegrityError, transaction

from citysolidarity.mail.tokens import TokenStatus
from practices.correspondence import emails
from practices.models import Asker, Confirmation, Enquiry, PracticeLetter
from practices.models.correspondence.contact import ContactRole
from practices.models.correspondence.letter import ONCE, Purpose
from tests.people import a_city, a_practice
from tests.practices.correspondence.letters import MAILBOX, a_route, confirmed, letters, link
from tests.practices.correspondence.test_report import a_report

pytestmark = pytest.mark.django_db
CANARY = "kanarienvogel"
TO_ASKER = {"confirm_question", "answer_for_asker", "confirm_report"}


def posted(name) -> tuple[PracticeLetter, object]:
    """The letter's row, and the mail as it left."""
    practice = confirmed(a_practice("Gardens & more", a_city("L’Aquila", "IT")), days=1)
    route = a_route(practice)
    if name == "confirm_mailbox":
        subject, columns = practice.routes.create(seat=ContactRole.DEPUTY, email=MAILBOX), {}
    elif name == "under_review":
        subject, columns = a_report(practice), {"route": route}
    elif name == "confirm_report":
        subject, columns = a_report(practice, confirmed=False, email="reader@example.org"), {}
    elif name.startswith("still_right"):
        subject, columns = Confirmation.objects.create(practice=practice, year=2026), {"route": route}
    else:
        subject = Enquiry.accepted("key", "", practice=practice, text=CANARY, language="en")
        Asker.objects.create(enquiry=subject, email="reader@example.org")
        columns = {} if name in TO_ASKER else {"route": route}
        if name != "confirm_question":
            subject.confirm()
    with transaction.atomic():
        row = emails.REGISTRY.letters[name].post(subject, **columns)
    (mail,) = letters()
    return row, mail


@pytest.mark.parametrize("name", emails.REGISTRY.letters)
def test_a_letter_holds_its_links_and_they_are_good(name, client):
    row, mail = posted(name)
    assert mail.to == (["reader@example.org"] if name in TO_ASKER else [MAILBOX])
    assert mail.subject and "{" not in mail.body and "\n\n\n" not in mail.body
    assert "Gardens & more\nL’Aquila\n" in mail.body and "Gardens &amp; more" in mail.alternatives[0].content
    for purpose in emails.REGISTRY.letters[name].purposes:
        (path,) = re.findall(rf"/en/practices/letter/{purpose.value}/[\w-]+/", mail.body)
        assert path == link(row, purpose.value) and f'{path}"' in mail.alternatives[0].content
        assert PracticeLetter.objects.open(row.token(purpose), purpose).verdict is TokenStatus.GOOD
        assert client.get(path).status_code == 200
    assert CANARY not in mail.message().as_string() + mail.body


def test_every_purpose_has_a_letter_and_those_that_leave_once_exist():
    known = emails.REGISTRY.letters
    assert {purpose for letter in known.values() for purpose in letter.purposes} == set(Purpose)
    assert set(ONCE) < set(known)


@pytest.mark.parametrize("name", ONCE)
def test_the_database_lets_it_leave_once(name):
    row, _mail = posted(name)
    with pytest.raises(IntegrityError), transaction.atomic():
        emails.REGISTRY.letters[name].post(row.subject, route=row.route)
