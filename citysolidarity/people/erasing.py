"""What is erased with a person, in words; for the page of the desk and for `manage.py forget`."""

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

# Kind of row → what is said of so many, in the order of the output.
KINDS = {
    "signatures": ngettext_lazy(
        "%(count)d signer of a signature; the signature stays",
        "%(count)d signers of signatures; the signatures stay", "count"),
    "drafts": ngettext_lazy(
        "%(count)d signature that nobody confirmed, with all it says",
        "%(count)d signatures that nobody confirmed, with all they say", "count"),
    "notes": ngettext_lazy(
        "%(count)d note about a signature, without name and telephone",
        "%(count)d notes about signatures, without name and telephone", "count"),
    "commitment_answers": ngettext_lazy(
        "%(count)d answer about a commitment that nobody has shown, without its words",
        "%(count)d answers about commitments that nobody has shown, without their words", "count"),
    "documents": ngettext_lazy("%(count)d document of a signature", "%(count)d documents of signatures", "count"),
    "letters": ngettext_lazy(
        "%(count)d e-mail about a signature, with its links",
        "%(count)d e-mails about signatures, with their links", "count"),
    "begun": ngettext_lazy(
        "%(count)d practice begun and never sent", "%(count)d practices begun and never sent", "count"),
    "waiting": ngettext_lazy(
        "%(count)d practice or correction that waits: it is withdrawn, and its sender and answers go",
        "%(count)d practices or corrections that wait: they are withdrawn, and their senders and answers go", "count"),
    "senders": ngettext_lazy(
        "%(count)d sender of a practice or correction that was decided, with the answers",
        "%(count)d senders of practices or corrections that were decided, with the answers", "count"),
    "unanswered": ngettext_lazy(
        "%(count)d question to a city without an answer", "%(count)d questions to cities without an answer", "count"),
    "askers": ngettext_lazy(
        "%(count)d asker of an answered question, with the words",
        "%(count)d askers of answered questions, with the words", "count"),
    "reporters": ngettext_lazy(
        "%(count)d sender of a report, with the words", "%(count)d senders of reports, with the words", "count"),
    "supporters": ngettext_lazy(
        "%(count)d support of a city by this person; the count stays",
        "%(count)d supports of cities by this person; the counts stay", "count"),
    "inviters": ngettext_lazy(
        "%(count)d invitation of a city by this person, with the words",
        "%(count)d invitations of cities by this person, with the words", "count"),
    "followers": ngettext_lazy(
        "%(count)d subscription by e-mail: nothing more is sent",
        "%(count)d subscriptions by e-mail: nothing more is sent", "count"),
    "mailboxes": ngettext_lazy(
        "%(count)d e-mail address of an entry, with the e-mails to it",
        "%(count)d e-mail addresses of entries, with the e-mails to them", "count"),
    "places": ngettext_lazy(
        "%(count)d other text in which the address stands",
        "%(count)d other texts in which the address stands", "count"),
    "blocks": ngettext_lazy(
        "%(count)d mark that nothing is sent to the address",
        "%(count)d marks that nothing is sent to the address", "count"),
    "files": ngettext_lazy(
        "%(count)d e-mail in the folder of this machine", "%(count)d e-mails in the folder of this machine", "count"),
}  # fmt: skip
# Reported, but not erased.
STAYS = {
    "still_named": gettext_lazy("The name also stands in what was signed, which stays. Look whether that is right:"),
    "blocks_kept": gettext_lazy(
        "The mark that nothing is sent to this address stays, so that nobody can have us write to it:"
    ),
}
type Lines = list[tuple[str, list[str]]]


def in_words(rows: dict[str, list[str]]) -> dict[str, Lines]:
    """``goes`` and ``stays``: a heading and the rows under it."""
    return {
        "goes": [
            (str(words % {"count": len(rows[kind])}), rows[kind]) for kind, words in KINDS.items() if rows.get(kind)
        ],
        "stays": [(str(words), rows[kind]) for kind, words in STAYS.items() if rows.get(kind)],
    }


def objection(address: str) -> str:
    """Why nothing is erased for this address, as a sentence; "" where nothing speaks against it."""
    # Half an address would be found inside the addresses of others.
    name, _at, domain = address.partition("@")
    if not name or "." not in domain or any(letter.isspace() for letter in address):
        return _("“%(address)s” is not a whole e-mail address.") % {"address": address}
    if get_user_model().objects.filter(Q(email__iexact=address) | Q(username__iexact=address)).exists():
        return _("This is the address of an account of the desk: change the account first.")
    return ""
