from django.utils.translation import ngettext

from citysolidarity.forms.base import Problem
from citysolidarity.http.throttle import TooMany

HOUR = 3600  # seconds


def please_wait(limit: TooMany) -> Problem:
    """The sentence for somebody who has reached a limit."""
    seconds = limit.wait
    if limit.by_curators and seconds > 2 * HOUR:
        sentence = ngettext(
            "This form is closed for a while. Leave this page open and press the button again in %(count)d hour.",
            "This form is closed for a while. Leave this page open and press the button again in %(count)d hours.",
            count := -(-seconds // HOUR),
        )
    elif limit.by_curators:
        sentence = ngettext(
            "This form is closed for a short while. Nothing is lost: leave this page open and press the button "
            "again in %(count)d minute.",
            "This form is closed for a short while. Nothing is lost: leave this page open and press the button "
            "again in %(count)d minutes.",
            count := -(-seconds // 60),
        )
    elif seconds > HOUR:
        sentence = ngettext(
            "There have been too many attempts. Leave this page open and press the button again in %(count)d hour.",
            "There have been too many attempts. Leave this page open and press the button again in %(count)d hours.",
            count := -(-seconds // HOUR),
        )
    else:
        sentence = ngettext(
            "There have been too many attempts. Nothing is lost: leave this page open and press the button again "
            "in %(count)d minute.",
            "There have been too many attempts. Nothing is lost: leave this page open and press the button again "
            "in %(count)d minutes.",
            count := -(-seconds // 60),
        )
    return Problem(sentence % {"count": count})
