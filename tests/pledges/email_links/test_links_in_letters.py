"""Mail scanners press every link of a letter, often more than once: nothing may come of it."""

import re

import pytest
from django.conf import settings
from django.core import mail as sent
from django.db import transaction
from django.test import Client

from citysolidarity.mail.tokens import TokenStatus
from pledges import emails
from pledges.models import SignatureLetter
from tests.dump import every_row
from tests.letters import work
from tests.pledges.test_emails import IN_STATE

pytestmark = pytest.mark.django_db
TIMES = 10
LINK = re.compile(r'https?://[^\s"<>]+')


@pytest.mark.parametrize("name", IN_STATE)
def test_pressing_every_link_many_times_changes_no_row(name):
    letter = emails.LETTERS[name]
    with transaction.atomic():
        row = letter.post(IN_STATE[name]())
    work()
    (mail,) = sent.outbox
    links = {link.rstrip(".,") for link in LINK.findall(mail.body + mail.alternatives[0].content)}
    ours = sorted(link.removeprefix(settings.SITE_URL) for link in links if link.startswith(settings.SITE_URL))
    tokens = {purpose: row.token(purpose) for purpose in letter.purposes}
    assert all(any(token in link for link in ours) for token in tokens.values())
    client, before = Client(), every_row()
    for link in ours:
        for _ in range(TIMES):
            assert client.get(link).status_code in (200, 302, 404), link
            assert client.head(link).status_code in (200, 302, 404), link
    assert every_row() == before
    for purpose, token in tokens.items():
        assert SignatureLetter.objects.open(token, purpose).verdict is TokenStatus.GOOD
