"""The link that says "this was not me"."""

from citysolidarity.blocked import BlockedMailbox
from citysolidarity.private import private
from pledges.tokens import Purpose
from pledges.views.links import LINKS
from pledges.vocabularies import Refusal, State


@private
def disown(request, token):
    """Shows what was sent in the holder's name; the button ends it, and no letter goes to this mailbox again."""

    def act(signature):
        if signature.state in (State.DRAFTED, State.CONFIRMED):
            signature.disown()
        elif signature.state in (State.VERIFIED, State.PUBLISHED):
            signature.withdraw(reason=Refusal.NOT_ME.value)
        BlockedMailbox.objects.block(signature.contact.email)

    return LINKS.follow(request, token, Purpose.DISOWN, act, done="disowned")
