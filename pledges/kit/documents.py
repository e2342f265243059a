"""The papers of the kit: what each is called, what it is for, and the blocks of its text."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from pledges.kit.facts import KitFacts
from pledges.models import StatementVersion


@dataclass(frozen=True)
class Document:
    """``name`` stands in addresses and in the names of files, and is that of the template."""

    name: str
    title: Promise
    about: Promise

    def html(self, facts: KitFacts, version: StatementVersion) -> SafeString:
        """The text as a piece of a page; what was typed is escaped. ``version`` is the wording in force."""
        context = {
            "facts": facts,
            "version": version,
            "clauses": list(version.clauses.all()),
            "preamble": paragraphs(version.preamble),
            "closing": paragraphs(version.closing),
            "statement_address": address_of("statement"),
            "sign_address": address_of("sign"),
            "kit_address": address_of("kit"),
            "directory_address": address_of("directory"),
        }
        return render_to_string(f"pledges/kit/documents/{self.name}.html", context)


def paragraphs(text: str) -> list[str]:
    return [paragraph for paragraph in text.splitlines() if paragraph.strip()]


def address_of(name: str) -> str:
    return settings.SITE_URL + reverse(name)


DOCUMENTS = {
    document.name: document
    for document in (
        Document(
            "statement",
            _("The statement, with room for the signature"),
            _("The text as it is in force, to be read, decided on and filed."),
        ),
        Document("motion", _("Draft motion for the council"), _("For the agenda: the decision, with its reasons.")),
        Document("speech", _("Speaking notes"), _("Three minutes for whoever presents the motion.")),
        Document(
            "questions",
            _("Questions that a mayor asks"),
            _("Does it bind us? Does it cost? Who checks? Can we leave?"),
        ),
        Document("press-release", _("Press release"), _("For the day of the decision.")),
        Document(
            "invitation",
            _("Invitation to a neighbouring city"),
            _("From one mayor to another, to sign as well."),
        ),
    )
}
