"""Forms of one page as a visitor sends them, for the tests."""

import time

from django.urls import reverse

from citysolidarity.forms import FormToken

MINUTE = 60  # seconds: longer than a robot needs


def a_stamp(practice) -> str:
    """The stamp of a form that was begun a minute ago."""
    return str(FormToken.new(practice.pk)._replace(begun=int(time.time()) - MINUTE))


def send(client, name, practice, *, stamp=None, **fields):
    """Posts the form of a page about an entry; ``name`` as in ``practice_ask``."""
    fields = {"stamp": stamp or a_stamp(practice), "subject": "", **fields}
    return client.post(reverse(name, args=[practice.slug]), fields)
