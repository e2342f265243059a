"""What a button has done, on a page that may be loaded again without doing it twice."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from citysolidarity.private import private

# The heading, and what happens next.
OUTCOMES = {
    "still-right": (
        _("Thank you: the entry is confirmed"),
        _("Its page says from today on that the city has confirmed it. We ask again in a year."),
    ),
    "changed": (
        _("Thank you: your answer has arrived"),
        _("A curator works it into the entry. Nothing you wrote is shown before that."),
    ),
    "ended": (
        _("Thank you for telling us"),
        _("A curator marks the entry as ended. It stays, for what others can learn from it."),
    ),
    "asked": (
        _("Look into your mailbox"),
        _(
            "A letter with a link is on its way. Press its button, and your question goes to the city; without that "
            "nothing happens. Your address is shown to nobody."
        ),
    ),
    "sent-on": (
        _("Your question is on its way"),
        _(
            "It goes to the office that answers for the entry. If nobody answers within a week, its deputy gets it, "
            "and then our curators. The answer comes by mail."
        ),
    ),
    "answered": (
        _("Thank you: your answer is on its way"),
        _("Whoever asked gets a letter with a link to it. Your address is shown to nobody."),
    ),
    "reported": (
        _("Thank you: your report has arrived"),
        _(
            "A curator looks into it. Where something in an entry is contested, its page says so within three days, "
            "until that is settled. Nothing you wrote is shown before a curator has decided."
        ),
    ),
    "again": (
        _("A new letter is on its way"),
        _("It goes to the same mailbox. If the question was answered in the meantime, no letter comes."),
    ),
}


@private
def letter_done(request, what):
    """The outcome in words; no statement."""
    if what not in OUTCOMES:
        raise Http404
    heading, next_step = OUTCOMES[what]
    return render(request, "practices/letter_done.html", {"heading": heading, "next_step": next_step})
