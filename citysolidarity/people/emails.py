from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.emails.posting import AT_THE_DESK, to_staff
from citysolidarity.login.enrolment_links import link_for
from citysolidarity.mail.texts import Variable

WHEN = {
    "": _("Someone is invited to the desk"),
    "reset": _("Two lead curators have reset someone’s password and second factor"),
}
VARIABLES = {
    "link": Variable(_("the page on which they choose a password"), AT_THE_DESK, is_needed=True),
    "name": Variable(_("their user name"), "rana", is_needed=True),
}


def is_theirs(email) -> bool:
    return email.row is not None and email.row.user_id == email.user_id


@to_staff(is_theirs, suits=lambda start: start.agreed_at is not None, when=WHEN, variables=VARIABLES)
def welcome_to_staff(start):
    """The link is made when the e-mail leaves, so that no table holds it."""
    variant = "" if start.invites else "reset"
    return {"link": link_for(start.user), "name": start.user.get_username(), "variant": variant}
