"""What lead curators hear when a text that they edited cannot be sent: the original leaves in its place."""

from django.conf import settings
from django.db import transaction
from django.dispatch import receiver
from django.urls import reverse

from citysolidarity.desk.emails.posting import tell_at_once, to_staff
from citysolidarity.desk.wording.views import MAY_EDIT
from citysolidarity.mail.edited_texts import EditedText, found_unusable


def still_counts(edited: EditedText) -> bool:
    return EditedText.objects.latest_of(edited.key, edited.language) == edited


@to_staff(MAY_EDIT, suits=still_counts)
def unusable_text_to_staff(edited):
    page = reverse("admin:email_text", args=[edited.language, edited.key])
    return {"subject_line": edited.subject, "url": settings.SITE_URL + page}


@receiver(found_unusable, dispatch_uid="unusable_text_to_staff")
def tell_leads(sender, instance, **kwargs):
    with transaction.atomic():
        tell_at_once(unusable_text_to_staff, instance)
