from citysolidarity.desk.emails.posting import to_staff
from citysolidarity.login.enrolment_links import link_for


def is_theirs(email) -> bool:
    return email.row is not None and email.row.user_id == email.user_id


@to_staff(is_theirs, suits=lambda start: start.agreed_at is not None)
def welcome_to_staff(start):
    """The link is made when the e-mail leaves, so that no table holds it."""
    return {"link": link_for(start.user), "name": start.user.get_username(), "is_new": start.invites}
