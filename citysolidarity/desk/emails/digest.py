"""The digest: what the start page of the desk shows somebody, as one e-mail."""

from django.conf import settings
from django.contrib import admin
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.emails.posting import AT_THE_DESK, REGISTRY
from citysolidarity.mail.texts import Variable

WAITING = f"Reports: 2\nThe oldest has been waiting since 20 November 2026.\n{AT_THE_DESK}"


@REGISTRY.letter(
    when=_("In the morning, if something is waiting for whoever gets it"),
    variables={"waiting": Variable(_("what is waiting, line by line, with links"), WAITING, is_needed=True)},
)
def digest_to_staff(email):
    """Not sent where nothing waits for them: an e-mail that says nothing teaches people not to look."""
    waiting = [line for line in admin.site.waiting(email.user) if line.open]
    if not waiting:
        return None
    lines = [{"line": line, "url": settings.SITE_URL + line.url} for line in waiting]
    waiting = render_to_string("email/digest_lines.txt", {"lines": lines}).strip()
    return {"waiting": waiting, "choose": settings.SITE_URL + reverse("admin:emails_to_me")}
