"""A comment on an entry that names a colleague with an @ reaches them by e-mail; no word of it stands there."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.emails.posting import staff_who_may, tell, to_staff
from citysolidarity.desk.teamwork.mentions import mentioned
from practices.correspondence.emails import VARIABLES

READ = "practices.change_practice"


@to_staff(READ, when=_("A comment on an entry names a colleague"), variables={"entry": VARIABLES["entry"]})
def comment_to_staff(comment):
    return {
        "who": comment.by.get_full_name() or comment.by.get_username(),
        "entry": comment.practice.title,
        "url": settings.SITE_URL + reverse("admin:practices_practice_review", args=[comment.practice_id]),
    }


def tell_whoever_is_named(instance, created, **kwargs) -> None:
    """A receiver of each saved comment."""
    if created and "@" in instance.text:
        people, _unknown = mentioned(instance.text, staff_who_may(READ).exclude(pk=instance.by_id))
        tell(comment_to_staff, people, instance)
