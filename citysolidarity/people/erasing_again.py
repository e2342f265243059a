"""Does again, in a restored database, what people had erased or withdrawn since the back-up was made."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models.functions import Lower

from citysolidarity.desk.transitions import TransitionNotAllowed
from citysolidarity.erasures import journal
from citysolidarity.erasures.models import ErasureAct, ErasureNote, person_hash
from citysolidarity.login.sessions import DeskSession
from citysolidarity.mail.blocked_addresses import BlockedMailbox
from pledges.erasure import COLUMNS, forget
from pledges.models import Invitation, Signature, Support
from practices.models import Following, Submission

# What may be an address in a text; `forget` asks for the whole of it.
IN_TEXTS = r"[^\s<>()\[\],;:\"\\]+@[^\s<>()\[\],;:\"\\]+\.\w+"


def erase_again() -> dict[str, int]:
    """What was done again, how many times. Sessions end, too: some had ended since.

    Each act is a transaction with its note: whatever fails, those before stay done, and the next run goes on.
    """
    DeskSession.objects.all().delete()
    renew_edition()
    lines = journal.missing()
    addresses = known_addresses() if any(line.act in PEOPLE for line in lines) else {}
    done = Counter()
    for line in lines:
        with transaction.atomic():
            if line.act in PEOPLE:
                done[line.act] += sum(forgotten(address, line.act) for address in addresses.get(line.key, ()))
            else:
                done[line.act] += ACTS[line.act](line.key)
            note = ErasureNote(pk=line.id, at=line.at, act=line.act, key=line.key, copied_at=line.at)
            note.save(force_insert=True)
    return {act: number for act, number in done.items() if number}


# With or without the mark that nothing is sent to them.
PEOPLE = {ErasureAct.PERSON: False, ErasureAct.PERSON_AND_BLOCK: True}


def forgotten(address: str, act: str) -> bool:
    forget(address, unblock=PEOPLE[act])
    return True


def known_addresses() -> dict[str, set[str]]:
    """Keyed hash → the addresses in this database that have it, under HASH_KEY or a SECRET_KEY of before."""
    found: dict[str, set[str]] = {}
    for address in all_addresses():
        for secret in (None, *settings.SECRET_KEY_FALLBACKS):
            found.setdefault(person_hash(address, secret), set()).add(address)
    return found


def all_addresses() -> set[str]:
    """In columns for them, and in every text."""
    found = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.EmailField):
                rows = model._base_manager.exclude(**{field.name: ""}).order_by()
                found.update(rows.values_list(Lower(field.name), flat=True).distinct())
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS)
        for table, column, _kind in cursor.fetchall():
            table, column = connection.ops.quote_name(table), connection.ops.quote_name(column)
            cursor.execute(
                f"SELECT DISTINCT lower(match[1]) FROM {table}, regexp_matches({column}::text, %s, 'g') match"
                f" WHERE {column}::text LIKE '%%@%%'",
                [f"({IN_TEXTS})"],
            )
            found.update(address.strip(".'") for (address,) in cursor.fetchall())
    found.discard(None)
    return {address for address in found if is_address(address)}


def is_address(text: str) -> bool:
    local, _at, domain = text.partition("@")
    return bool(local and "." in domain[1:-1]) and "@" not in domain and len(text.split()) == 1


def once(act: Callable, rows) -> int:
    """Do it to the row, if it is in this database; it may have ended in the meantime by itself."""
    row = rows.first()
    if row is None:
        return 0
    try:
        with transaction.atomic():
            act(row)
    except TransitionNotAllowed:
        return 0
    return 1


def signatures(key: str):
    number, _space, drafted = key.partition(" ")
    return Signature.objects.filter(pk=int(number), drafted_at=datetime.fromisoformat(drafted) if drafted else None)


def documents():
    return Signature._meta.get_field("documents").related_model.objects.all()


def block(digest: str) -> int:
    return int(BlockedMailbox.objects.get_or_create(mailbox=bytes.fromhex(digest))[1])


ACTS: dict[str, Callable[[str], int]] = {
    ErasureAct.SIGNATURE_WITHDRAWN: lambda key: once(lambda row: row.withdraw(), signatures(key)),
    ErasureAct.SIGNATURE_RESTORED: lambda key: once(lambda row: row.undo_withdrawal(), signatures(key)),
    ErasureAct.SIGNATURE_DISOWNED: lambda key: once(lambda row: row.disown(), signatures(key)),
    ErasureAct.SUPPORT_WITHDRAWN: lambda key: once(Support.withdraw, Support.objects.filter(reference=key)),
    ErasureAct.INVITATION_WITHDRAWN: lambda key: once(Invitation.withdraw, Invitation.objects.filter(reference=key)),
    ErasureAct.FOLLOWING_STOPPED: lambda key: once(Following.stop, Following.objects.filter(reference=key)),
    ErasureAct.SUBMISSION_WITHDRAWN: lambda key: once(Submission.withdraw, Submission.objects.filter(reference=key)),
    ErasureAct.DOCUMENT_DELETED: lambda key: documents().filter(key=key).forget(),
    ErasureAct.BLOCKED: block,
}


def renew_edition() -> None:
    """Numbers that were given out after the back-up are never given out again: pages are kept under them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval('practices_edition_numbers', greatest(last_value, extract(epoch FROM now())::bigint))"
            " FROM practices_edition_numbers"
        )
        cursor.execute("UPDATE practices_edition SET number = nextval('practices_edition_numbers')")
        cursor.execute("UPDATE practices_edition SET whole = number")
