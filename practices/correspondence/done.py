"""What a button has done, on a page that may be loaded again without doing it twice."""

from django.utils.translation import gettext_lazy as _

from citysolidarity.http.private_pages import private
from practices.correspondence.email_links import LINKS

# The heading, and what happens next.
OUTCOMES = {
    "still-right": (
        _("Thank you: the entry is confirmed"),
        _("From today its page says that the city has confirmed it. We will ask again in a year."),
    ),
    "mailbox": (
        _("Thank you: the e-mail address is confirmed"),
        _("A curator will check it once more. Then we will send questions about the entry to it. It is never shown."),
    ),
    "changed": (
        _("Thank you: we have received your answer"),
        _("A curator will update the entry. Nothing you wrote is shown before that."),
    ),
    "ended": (
        _("Thank you for telling us"),
        _("A curator will mark the entry as ended. It stays in the directory so that others can learn from it."),
    ),
    "asked": (
        _("Check your e-mail"),
        _("We have sent you a link. Confirm to send your question. Your e-mail address is never shown."),
    ),
    "sent-on": (
        _("We are passing on your question"),
        _(
            "If we have a contact in the city, it goes there; if nobody answers within a week, it goes to a deputy, and then "
            "to our curators. If we have no contact there yet, our curators look for one, which can take a few weeks. The "
            "answer comes by e-mail."
        ),
    ),
    "answered": (
        _("Thank you: your answer is on its way"),
        _("The person who asked will get an e-mail with a link to it. Your e-mail address is never shown."),
    ),
    "reported": (
        _("Thank you: we have received your report"),
        _(
            "A curator will look into it. If you left an e-mail address, please confirm it with the link that we "
            "have just sent: we then mark disputed content within three days, until the case is closed. Nothing "
            "you wrote is shown unless a curator decides to."
        ),
    ),
    "too": (
        _("Thank you: this has reached our curators"),
        _(
            "A curator looks at it, may ask you back, and then adds your city to the entry. Nothing is shown before that."
        ),
    ),
    "report-confirmed": (
        _("Thank you: your e-mail address is confirmed"),
        _(
            "The curators can now contact you. Until they have looked into your report, the page says that the "
            "entry is disputed."
        ),
    ),
    "again": (
        _("We have sent you a new link"),
        _(
            "It goes to the same e-mail address. If the question was answered in the meantime, you will not get an "
            "e-mail."
        ),
    ),
}


@private
def letter_done(request, what):
    return LINKS.say(request, what, OUTCOMES)
