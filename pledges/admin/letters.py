"""The letters about a signature as a curator sees them: their names, what became of them, and how one will read."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pledges import emails
from pledges.models import Signature

NAMES = {
    "confirm_signature": _("Please confirm your signature"),
    "already_signed": _("Please confirm; the city has signed already"),
    "expired_link_resend": _("A fresh link to confirm"),
    "confirmed_receipt": _("Your signature has arrived"),
    "verified_notice": _("A curator has checked it"),
    "published_notice": _("It is published"),
    "refused": _("It is refused"),
    "withdrawal_link": _("The link to withdraw"),
    "correction_link": _("The link to correct"),
    "withdrawn_receipt": _("It is withdrawn"),
    "taken_away": _("A curator took it away"),
}


def preview(name: str, signature: Signature) -> str:
    """The text of a letter as it would read if it left now; links that work only in the real one are dots."""
    facts = emails.LETTERS[name].facts(signature) or {}
    return render_to_string(
        f"email/{name}.txt",
        {
            "links": {purpose.value: "…" for purpose in emails.LETTERS[name].purposes},
            "expires_at": timezone.now(),
            "site_url": settings.SITE_URL,
            "contact_email": settings.CONTACT_EMAIL,
            **facts,
        },
    ).strip()
