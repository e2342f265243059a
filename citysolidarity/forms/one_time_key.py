"""A form that arrives twice is accepted once: its one-time key is the primary key."""

import hashlib
from contextlib import contextmanager

from django.db import connection, models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.http.throttle import keyed_hash

# Letters and digits that are not taken for one another (Crockford's base 32).
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REFERENCE = r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}"  # for addresses


class SubmittedForm(models.Model):
    """A form that was accepted. The model of an app adds what was made of it."""

    # The same form sent fifty times is one row.
    key = models.CharField(_("one-time key"), max_length=43, unique=True, editable=False)
    reference = models.CharField(_("reference"), max_length=9, db_index=True, editable=False)
    # A keyed hash: whoever reads the table can't try addresses against it.
    content = models.BinaryField(_("keyed hash of the answers"))
    sent_at = models.DateTimeField(_("sent"), db_default=Now(), editable=False)

    class Meta:
        abstract = True

    def __str__(self):
        # The desk writes this into its log, where nothing that was typed belongs.
        return self.reference

    @classmethod
    def accepted(cls, key: str, answers: str, **columns):
        return cls.objects.create(key=key, reference=reference_of(key), content=digest_of(answers), **columns)

    def holds(self, answers: str) -> bool:
        return self.content is not None and bytes(self.content) == digest_of(answers)


def digest_of(answers: str) -> bytes:
    return keyed_hash("answers", answers)


def reference_of(key: str) -> str:
    """What the sender quotes, such as ``7K3M-0QXZ``. Made of the key alone, it does not tell what became of the form."""
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:5])
    letters = "".join(ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))
    return f"{letters[:4]}-{letters[4:]}"


@contextmanager
def advisory_lock(key: str):
    """Let posts of the same form wait for each other. PostgreSQL frees the lock if the connection is lost."""
    lock = int.from_bytes(hashlib.sha256(key.encode()).digest()[-8:], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [lock])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [lock])
