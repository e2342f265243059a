"""Ending a series of e-mails with one press in the mail program (RFC 8058)."""

import email.policy
from email.headerregistry import HeaderRegistry, UnstructuredHeader

from django.core.mail import EmailMultiAlternatives

FIELD, VALUE = "List-Unsubscribe", "One-Click"  # of the POST that a mail program sends


class WholeHeader(UnstructuredHeader):
    """Python would encode a word that is longer than a line (RFC 2047), and no mail program looks for an address there."""

    def fold(self, *, policy):
        return f"{self.name}: {self}{policy.linesep}"


class StoppableEmail(EmailMultiAlternatives):
    def may_stop_at(self, url: str) -> None:
        self.extra_headers |= {FIELD: f"<{url}>", f"{FIELD}-Post": f"{FIELD}={VALUE}"}

    def message(self, *, policy=email.policy.default):
        factory = HeaderRegistry()
        factory.map_to_type(FIELD, WholeHeader)
        return super().message(policy=policy.clone(header_factory=factory))
