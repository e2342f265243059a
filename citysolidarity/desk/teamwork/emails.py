"""What colleagues hear of each other: a note that names them, and a row that becomes theirs.

No word of a note stands in them, only where to read it.
"""

from django.conf import settings
from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.emails.posting import to_staff
from citysolidarity.desk.teamwork.models import AboutRow


def facts_about(about: AboutRow) -> dict | None:
    """None where the row is gone, or is none that colleagues work on together."""
    row = about.row
    desk = row and admin.site.get_model_admin(type(row))
    if not row:
        return None
    page = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    return {
        "who": about.by.get_full_name() or about.by.get_username(),
        "what": desk.name_in_emails(row),
        "url": settings.SITE_URL + page,
    }


def may_see(email) -> bool:
    row = email.row and email.row.row
    return bool(row) and email.user.has_perm(admin.site.get_model_admin(type(row)).team_permission)


@to_staff(may_see, when=_("A note names a colleague"))
def note_to_staff(note):
    return facts_about(note)


@to_staff(may_see, when=_("Something is assigned to a colleague"))
def assigned_to_staff(assignment):
    return facts_about(assignment)
