"""How often something may be shared; each limit is named after the act. See also mail.letter.LETTERS."""

from citysolidarity.desk import limits
from citysolidarity.http.throttle import TooMany, VisitorLimit
from citysolidarity.mail import letter

SHARE_POSTS = VisitorLimit("share posts", 10, hours=1)


def seconds_to_wait(form: str, email: str) -> float | None:
    """Count an e-mail; the seconds until it may leave, None where enough of them wait for this mailbox."""
    mailbox_wait = letter.seconds_to_wait(form, email)
    wait = limits.SUBMISSIONS.reserve(line=limits.SUBMISSIONS_LINE)
    if wait is None:
        raise TooMany(limits.SUBMISSIONS.wait())
    return None if mailbox_wait is None else max(mailbox_wait, wait)
