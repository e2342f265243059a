from django.utils.translation import gettext_lazy as _

from citysolidarity.http.private_pages import private
from citysolidarity.mail.link_views import DISOWNED, SENT_AGAIN
from pledges.models import SupportContact
from pledges.models.support_letter import SupportPurpose
from pledges.supports import emails
from pledges.supports.links import LINKS

# The heading, and what happens next.
OUTCOMES = {
    "confirmed": (
        _("Thank you: your support is confirmed"),
        _(
            "If you agreed to be counted, you are in the numbers from tomorrow on: they are counted once a day. We "
            "will e-mail you when the city signs or answers. You can withdraw at any time with the link in the "
            "e-mail that we have just sent."
        ),
    ),
    "withdrawn": (
        _("Your support is withdrawn"),
        _(
            "Your e-mail address and first name are erased. If you were counted, you leave the numbers tomorrow at "
            "the latest. You are welcome to ask your city again at any time."
        ),
    ),
    "disowned": DISOWNED,
    "again": SENT_AGAIN,
}


@private
def confirm_support(request, token):
    def act(support):
        support.confirm()
        emails.support_receipt.post(support)

    return LINKS.follow(request, token, SupportPurpose.CONFIRM, act, done="confirmed")


@private
def withdraw_support(request, token):
    return LINKS.follow(request, token, SupportPurpose.WITHDRAW, lambda support: support.withdraw(), done="withdrawn")


@private
def disown_support(request, token):
    return LINKS.disown(
        request, token, SupportPurpose.DISOWN, lambda support: SupportContact.objects.filter(support=support)
    )


@private
def support_done(request, what):
    return LINKS.say(request, what, OUTCOMES)
