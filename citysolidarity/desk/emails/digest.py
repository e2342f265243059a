"""The digest: what the start page of the desk shows somebody, as one e-mail."""

from django.conf import settings
from django.contrib import admin
from django.urls import reverse

from citysolidarity.desk.emails.posting import REGISTRY


@REGISTRY.letter()
def digest_to_staff(email):
    """Not sent where nothing waits for them: an e-mail that says nothing teaches people not to look."""
    waiting = [line for line in admin.site.waiting(email.user) if line.open]
    if not waiting:
        return None
    lines = [{"line": line, "url": settings.SITE_URL + line.url} for line in waiting]
    return {"lines": lines, "choose": settings.SITE_URL + reverse("admin:emails_to_me")}
