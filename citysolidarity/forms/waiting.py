"""What somebody reads who has to wait because of a limit."""

from django.utils.translation import ngettext

from citysolidarity.forms.plain import Problem

HOUR = 3600  # seconds


def please_wait(seconds: int) -> Problem:
    """That there were too many attempts, and for how long to wait, in minutes or hours."""
    if seconds > HOUR:
        sentence = ngettext(
            "There have been too many attempts. Leave this page open and press again in %(count)d hour.",
            "There have been too many attempts. Leave this page open and press again in %(count)d hours.",
            count := -(-seconds // HOUR),
        )
    else:
        sentence = ngettext(
            "There have been too many attempts. Nothing is lost: leave this page open and press again in %(count)d minute.",
            "There have been too many attempts. Nothing is lost: leave this page open and press again in %(count)d minutes.",
            count := -(-seconds // 60),
        )
    return Problem(sentence % {"count": count})
