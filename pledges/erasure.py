"""Erase a person who asks for it: their rows, and their e-mail address in every text of the database.

A name or telephone number is searched in the person's own rows only: in other rows it may be a common word.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from email import policy
from email.parser import BytesHeaderParser
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, models, transaction

from citysolidarity.database.locks import lock_edition
from citysolidarity.erasures.models import ErasureNote
from citysolidarity.mail.blocked_addresses import BlockedMailbox
from pledges.invitations.erasure import forget as forget_inviter
from pledges.models import (
    Commitment,
    CommitmentQuestion,
    Evidence,
    Signature,
    SignatureContact,
    SignatureEvent,
    SignatureLetter,
)
from pledges.models.question import TYPED
from pledges.retention import NEVER_CONFIRMED, blank, blank_answers, erase
from pledges.supports.erasure import forget as forget_supporter
from pledges.vocabularies import Refusal, State
from practices.correspondence.erasure import forget as forget_writer
from practices.following.erasure import forget as forget_follower

ERASED = "[erased]"
# The public text that cities signed never changes; a curator wrote it.
UNTOUCHED = ("pledges_statementversion", "pledges_clause")
# Reasons of events that are codes, not sentences of a curator.
CODES = ("", "corrected", *Refusal.values)
# Shorter parts of a name are initials, "de" or "al".
SHORTEST_PART = 3  # letters
SHORTEST_NUMBER = 5  # digits
# Columns called email are left out: they are erased with their row.
COLUMNS = """
SELECT relname, attname, format_type(atttypid, atttypmod)
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND attnum > 0 AND NOT attisdropped
    AND attgenerated = '' AND attname <> 'email'
    AND atttypid::regtype::text IN ('text', 'character varying', 'jsonb', 'text[]', 'character varying[]')
ORDER BY relname, attnum
"""

# Kind → descriptions of the erased rows, for the operator.
type Erased = dict[str, list[str]]


def preview(address: str, *, unblock: bool = False) -> Erased:
    """What ``forget`` would erase: done and rolled back, so that the two cannot differ."""
    with transaction.atomic():
        erased = _erase(address, unblock)
        transaction.set_rollback(True)
    return erased | {"files": [file.name for file in letters_to(address)]}


def forget(address: str, *, unblock: bool = False) -> Erased:
    """Erase whoever has this e-mail address; with ``unblock`` also the mark that nothing is sent to it.

    The contact, the signer's name and all e-mails go. A confirmed signature keeps its state, since an institution
    signed it, and all counts stay. In what curators wrote about these signatures, name and telephone number are
    replaced, even in the append-only events: the person's right comes first.
    """
    with transaction.atomic():
        erased = _erase(address, unblock)
        ErasureNote.objects.note_person(address, unblock=unblock)
    files = letters_to(address)
    for file in files:
        file.unlink(missing_ok=True)
    return erased | {"files": [file.name for file in files]}


def _erase(address: str, unblock: bool) -> Erased:
    lock_edition()
    signatures = signed_from(address)
    words = {signature.pk: pattern_of(signature.signer_name, signature.contact.phone) for signature in signatures}
    erased = forget_signer(signatures, words) | forget_writer(address)
    erased |= forget_supporter(address) | forget_inviter(address) | forget_follower(address)
    with connection.cursor() as cursor:
        # PostgreSQL cannot disable triggers of a table with pending deferred checks.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        erased["notes"] = [note for row in signatures for note in erase_notes(row, words[row.pk])]
        erased["places"] = replace_everywhere(cursor, address)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    blocks = BlockedMailbox.objects.of(address)
    erased["blocks" if unblock else "blocks_kept"] = [str(block) for block in blocks]
    if unblock:
        blocks.delete()
    return erased


def signed_from(address: str) -> list[Signature]:
    """The signatures whose contact has this address, locked."""
    signatures = Signature.objects.filter(contact__email__iexact=address).select_related("contact", "city")
    return list(signatures.select_for_update(of=("self",)))


def forget_signer(signatures: list[Signature], words: dict[int, re.Pattern | None]) -> Erased:
    """Erase who signed. A draft, which nobody can confirm any more, is blanked as a whole."""
    rows = Signature.objects.filter(pk__in=words)
    letters = SignatureLetter.objects.filter(signature__in=rows)
    erased = {
        "drafts": [named(row) for row in signatures if row.confirmed_at is None],
        "signatures": [named(row) for row in signatures if row.confirmed_at],
        "letters": [f"{letter.name}, signature {letter.signature_id}" for letter in letters],
        "documents": [
            f"document {document.pk}, signature {document.signature_id}" for document in attachments_of(rows)
        ],
        "still_named": [named(row) for row in signatures if row.confirmed_at and is_named(row, words[row.pk])],
    }
    for signature in signatures:
        if signature.state == State.DRAFTED:
            signature.expire(at_once=True)
    letters.delete()
    answers = CommitmentQuestion.objects.filter(TYPED, commitment__signature__in=rows, accepted_at__isnull=True)
    erased["commitment_answers"] = [f"answer {answer.pk} about a commitment" for answer in answers]
    blank_answers(answers)
    blank(rows.filter(NEVER_CONFIRMED))
    erase(rows)
    return erased


def named(signature: Signature) -> str:
    return f"signature {signature.pk}, {signature.signer}, {signature.city} ({signature.state})"


def attachments_of(signatures):
    """Attachments whose files still exist; they are deleted with the contact."""
    return Signature._meta.get_field("documents").related_model.objects.kept().filter(signature__in=signatures)


def is_named(signature: Signature, words: re.Pattern | None) -> bool:
    """Whether the institution or office, which stay public, contain the signer's name."""
    return bool(words and words.search(f"{signature.institution}\n{signature.office_other}"))


def pattern_of(name: str, phone: str) -> re.Pattern | None:
    """Matches the name, its longer parts, and the telephone number in any spacing; None where there is neither."""
    parts = name.split()
    patterns = [r"\s+".join(re.escape(part) for part in parts)] if len(name.strip()) > 1 else []
    long_parts = (part.strip(".,;:()\"'") for part in parts)
    # Parts in lower case, such as "of" and "van", are common words.
    patterns += [re.escape(part) for part in long_parts if len(part) >= SHORTEST_PART and not part[0].islower()]
    # Most scripts without capitals join particles to a word without a space, so word boundaries do not help there.
    patterns = [rf"(?<!\w){part}(?!\w)" if part.lower() != part.upper() else part for part in patterns]
    digits = re.sub(r"\D", "", phone)
    if len(digits) >= SHORTEST_NUMBER:
        patterns.append(r"\+?(?<!\d)" + r"[\s()./-]*".join(digits) + r"(?!\d)")
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else None


def erase_notes(signature: Signature, words: re.Pattern | None) -> list[str]:
    """Erase name and telephone number from what curators wrote about the signature; return where they stood."""
    notes = []
    for queryset, columns in texts_about(signature):
        for row in queryset:
            stored = {column: getattr(row, column) for column in columns}
            erased = {column: without(words, text) for column, text in stored.items()}
            if isinstance(row, LogEntry) and is_about_the_person(row):
                erased["object_repr"] = ERASED
            changed = {column: text for column, text in erased.items() if text != getattr(row, column)}
            if changed:
                rewrite(row, changed)
                notes.append(f"{row._meta.verbose_name} {row.pk} of signature {signature.pk}: {', '.join(changed)}")
    return notes


def texts_about(signature: Signature) -> Iterator[tuple[models.QuerySet, tuple[str, ...]]]:
    """``(rows, columns)`` that hold what curators wrote about the signature."""
    yield SignatureEvent.objects.filter(signature=signature).exclude(reason__in=CODES), ("reason",)
    yield Evidence.objects.filter(signature=signature), ("note", "number_found_at")
    # An office that is a person's name, and a sentence that a curator has shown.
    yield Commitment.objects.filter(signature=signature).exclude(office=""), ("office",)
    yield CommitmentQuestion.objects.filter(commitment__signature=signature).exclude(text=""), ("text",)
    documents = Signature._meta.get_field("documents").related_model
    about = {
        Signature: [signature.pk],
        SignatureContact: [signature.pk],
        Evidence: signature.evidence.values_list("pk", flat=True),
        documents: signature.documents.values_list("pk", flat=True),
    }
    for model, keys in about.items():
        log = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model))
        yield log.filter(object_id__in=[str(key) for key in keys]).order_by("pk"), ("change_message",)


def is_about_the_person(entry: LogEntry) -> bool:
    """Whether the log names the row by an e-mail address or by the title of an attachment."""
    return (entry.content_type.app_label, entry.content_type.model) in (
        ("pledges", "signaturecontact"),
        ("citysolidarity", "document"),
    )


def without(words: re.Pattern | None, text: str) -> str:
    """Erase the words; in the JSON of the admin's log only from values, since the admin needs the keys."""
    if words is None:
        return text
    if text.startswith("[{"):
        try:
            return json.dumps(in_values(words, json.loads(text)))
        except ValueError:
            pass
    return words.sub(ERASED, text)


def in_values(words: re.Pattern, value):
    if isinstance(value, dict):
        return {key: in_values(words, item) for key, item in value.items()}
    if isinstance(value, list):
        return [in_values(words, item) for item in value]
    return words.sub(ERASED, value) if isinstance(value, str) else value


def rewrite(row: models.Model, columns: dict[str, str]) -> None:
    """Update one row, even an append-only event."""
    fits = {column: text[: row._meta.get_field(column).max_length] for column, text in columns.items()}
    rows = type(row).objects.filter(pk=row.pk)
    if not isinstance(row, SignatureEvent):
        rows.update(**fits)
        return
    with connection.cursor() as cursor, triggers_off(cursor, connection.ops.quote_name(row._meta.db_table)):
        rows.update(**fits)


@contextmanager
def triggers_off(cursor, table: str):
    """Let this transaction change an append-only table, which stays locked for others until the transaction ends."""
    cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def replace_everywhere(cursor, address: str) -> list[str]:
    """Replace the address in every text of the database; return in which rows."""
    cursor.execute(COLUMNS)
    columns = [column for column in cursor.fetchall() if column[0] not in UNTOUCHED]
    names = {model._meta.db_table: model._meta.verbose_name for model in apps.get_models(include_auto_created=True)}
    return [
        f"{names.get(table, table)} {key}: {column}"
        for table, column, kind in columns
        for key in replace(cursor, address, table, column, kind)
    ]


def replace(cursor, address: str, table: str, column: str, kind: str) -> list:
    """Replace the address, in any case, in one column; return the primary keys of the rows."""
    key = connection.introspection.get_primary_key_column(cursor, table)
    table, column, key = (connection.ops.quote_name(name) for name in (table, column, key))
    # The cast truncates what becomes too long for the column.
    update = (
        f"UPDATE {table} SET {column} = regexp_replace({column}::text, %(address)s, %(erased)s, 'gi')::{kind} "
        f"WHERE {column}::text ~* %(address)s RETURNING {key}"
    )
    values = {"address": literally(address), "erased": ERASED}
    try:
        with transaction.atomic():
            cursor.execute(update, values)
            rows = cursor.fetchall()
    except IntegrityError:
        with triggers_off(cursor, table):
            cursor.execute(update, values)
            rows = cursor.fetchall()
    return [row[0] for row in rows]


def literally(address: str) -> str:
    r"""A PostgreSQL regular expression for the address, but not as a part of a longer one.

    In JSON, a line before it ends with the two characters ``\n``, whose letter does not belong to the address.
    """
    letters = "".join(letter if letter.isalnum() else f"\\{letter}" for letter in address)
    return rf"(?:(?<![\w.+-])|(?<=\\[nrt])){letters}(?![\w-]|\.\w)"


def letters_to(address: str) -> list[Path]:
    """The e-mails to this address in the folder of a development machine."""
    folder = Path(settings.MAIL_OUTBOX) if settings.MAIL_OUTBOX else None
    return [file for file in sorted(folder.glob("*.eml")) if is_to(file, address)] if folder else []


def is_to(file: Path, address: str) -> bool:
    with file.open("rb") as letter:
        to = BytesHeaderParser(policy=policy.default).parse(letter)["To"]
    return to is not None and address.lower() in (recipient.addr_spec.lower() for recipient in to.addresses)
