"""What a button has done, on a page that may be loaded again without doing it twice."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from citysolidarity.private import private

# The heading, and what happens next.
OUTCOMES = {
    "confirmed": (
        _("The signature is confirmed"),
        _("Thank you. A curator now checks that the institution has decided to sign, and you are told by mail."),
    ),
    "disowned": (
        _("Thank you for telling us"),
        _(
            "What was sent in your name has been stopped, and nothing of it is shown. No more letters of ours go to "
            "your mailbox; to keep it so, we hold a mark of your address that cannot be read, and not the address."
        ),
    ),
    "withdrawn": (
        _("The signature is withdrawn"),
        _(
            "It is gone from every page and every download. If that was a mistake, the letter we have just sent holds "
            "a link that undoes it for 48 hours."
        ),
    ),
    "restored": (
        _("The withdrawal is undone"),
        _("The signature stands again where it stood before."),
    ),
    "corrected": (
        _("The correction has arrived"),
        _(
            "A curator looks at it before it is shown. What you no longer want to be shown is hidden already. "
            "You are told by mail."
        ),
    ),
    "asked": (
        _("Look into your mailbox"),
        _(
            "If a signature was confirmed from this address, a letter with a link is on its way; it works for seven "
            "days. For reasons of privacy this page is the same for every address."
        ),
    ),
    "again": (
        _("A new letter is on its way"),
        _("Its link works for seven days. If the signature has ended in the meantime, no letter comes."),
    ),
}


@private
def done(request, what):
    """The outcome in words; no statement."""
    if what not in OUTCOMES:
        raise Http404
    heading, next_step = OUTCOMES[what]
    return render(request, "pledges/done.html", {"heading": heading, "next_step": next_step})
