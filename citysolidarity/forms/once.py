"""Forms that have been sent: a form's one-time key counts once, however often it arrives."""

import hashlib
from contextlib import contextmanager

from django.db import connection, models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from citysolidarity.throttle import keyed_hash

# Letters and digits that are not taken for one another (Crockford's base 32).
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
# A reference in an address.
REFERENCE = r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}"


class Once(models.Model):
    """One form that was accepted; a model of each app says what came of it."""

    key = models.CharField(_("one-time key"), max_length=43, primary_key=True)
    reference = models.CharField(_("reference"), max_length=9, db_index=True)
    # A keyed hash: whoever reads the table can't try addresses against it.
    content = models.BinaryField(_("keyed hash of the answers"))
    sent_at = models.DateTimeField(_("sent"), db_default=Now(), editable=False)

    class Meta:
        abstract = True

    def __str__(self):
        return self.reference

    @classmethod
    def accepted(cls, key: str, answers: str, **came_of_it):
        """Records a form with its answers."""
        return cls.objects.create(key=key, reference=reference_of(key), content=mark_of(answers), **came_of_it)

    def holds(self, answers: str) -> bool:
        """Whether these are the answers that were sent with this key."""
        return bytes(self.content) == mark_of(answers)


def mark_of(answers: str) -> bytes:
    """The keyed hash of a form's answers."""
    return keyed_hash("answers", answers)


def reference_of(key: str) -> str:
    """What the sender quotes, such as ``7K3M-0QXZ``: made of the form's key, it says nothing of what came of it."""
    number = int.from_bytes(hashlib.sha256(key.encode()).digest()[:5])
    letters = "".join(ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))
    return f"{letters[:4]}-{letters[4:]}"


@contextmanager
def one_at_a_time(key: str):
    """Posts of the same form wait for each other; ends with the connection, whatever happens to the process."""
    lock = int.from_bytes(hashlib.sha256(key.encode()).digest()[-8:], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [lock])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [lock])
