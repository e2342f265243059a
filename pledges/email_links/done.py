"""What a button has done, on a page that may be loaded again without doing it twice."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from citysolidarity.http.private_pages import private

# The heading, and what happens next.
OUTCOMES = {
    "confirmed": (
        _("The signature is confirmed"),
        _("Thank you. A curator now checks that the institution has decided to sign. We will e-mail you the outcome."),
    ),
    "disowned": (
        _("Thank you for telling us"),
        _(
            "We have stopped what was sent in your name, and none of it is shown. We will send no more e-mails to "
            "your address. To make sure of that we keep an encrypted mark of it, not the address itself."
        ),
    ),
    "withdrawn": (
        _("The signature is withdrawn"),
        _(
            "It has been removed from every page and download. If that was a mistake, you can undo it for 48 hours "
            "with the link in the e-mail that we have just sent."
        ),
    ),
    "restored": (
        _("The withdrawal is undone"),
        _("The signature is what it was before."),
    ),
    "corrected": (
        _("We have received your correction"),
        _(
            "A curator checks it before it is shown. Anything you no longer want to show is already hidden. We "
            "will e-mail you the outcome."
        ),
    ),
    "reported": (
        _("We have received your answers"),
        _(
            "Thank you. What you selected is shown on the page of the signature, with today’s date. A curator reads "
            "your sentences and addresses before they are shown."
        ),
    ),
    "renewed": (
        _("The signature is renewed"),
        _("Thank you. The page of the signature shows it, with today’s date."),
    ),
    "moved": (
        _("The signature stands for the new version"),
        _("Thank you. The page of the signature shows both versions and when your institution signed each."),
    ),
    "asked": (
        _("Check your e-mail"),
        _(
            "If a signature was confirmed from this e-mail address, we have sent a link to it. The link works for "
            "seven days. To protect your privacy, this page is the same for every e-mail address."
        ),
    ),
    "again": (
        _("We have sent you a new link"),
        _("It works for seven days. If the signature has ended in the meantime, you will not get an e-mail."),
    ),
}


@private
def done(request, what):
    """The outcome in words; no statement."""
    if what not in OUTCOMES:
        raise Http404
    heading, next_step = OUTCOMES[what]
    return render(request, "pledges/email_links/done.html", {"heading": heading, "next_step": next_step})
