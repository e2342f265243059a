"""The link by which a mailbox that a curator wrote down says that it answers for an entry."""

from citysolidarity.http.private_pages import private
from practices.correspondence.email_links import LINKS
from practices.models.correspondence.letter import Purpose


@private
def confirm_mailbox(request, token):
    return LINKS.follow(request, token, Purpose.CONFIRM_MAILBOX, lambda route: route.confirm_mailbox(), done="mailbox")
