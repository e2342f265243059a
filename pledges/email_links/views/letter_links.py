from citysolidarity.http.private_pages import private
from citysolidarity.mail.blocked_addresses import BlockedMailbox
from pledges import emails
from pledges.email_links.links import LINKS
from pledges.models import Signature
from pledges.models.letter import Purpose
from pledges.vocabularies import Refusal, State


@private
def confirm(request, token):
    def act(signature):
        signature.confirm()
        emails.confirmed_receipt.post(signature)

    return LINKS.follow(request, token, Purpose.CONFIRM, act, done="confirmed")


@private
def disown(request, token):
    """The button ends the signature, and no e-mail goes to this mailbox again."""

    def act(signature):
        if signature.state in (State.DRAFTED, State.CONFIRMED):
            signature.disown()
        elif signature.state in (State.VERIFIED, State.PUBLISHED):
            signature.withdraw(reason=Refusal.NOT_ME.value)
        BlockedMailbox.objects.block(signature.contact.email)

    return LINKS.follow(request, token, Purpose.DISOWN, act, done="disowned")


@private
def undo(request, token):
    return LINKS.follow(request, token, Purpose.UNDO, lambda signature: signature.undo_withdrawal(), done="restored")


@private
def withdraw(request, token):
    """The button withdraws the signature with its corrections that wait, and an e-mail offers to undo that for 48 hours."""

    def act(signature):
        mine = Signature.objects.standing_of(signature.contact.email).filter(city=signature.city_id)
        others = list(mine.exclude(pk=signature.pk))
        for one in (signature, *others):
            one.withdraw()
        emails.withdrawn_receipt.post(next((one for one in others if one.published_at), signature))

    return LINKS.follow(request, token, Purpose.WITHDRAW, act, done="withdrawn")
