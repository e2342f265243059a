"""How often something may be done around an entry; each limit is named after the act. See also mail.letter.LETTERS."""

from citysolidarity.http.throttle import Limit, VisitorLimit

REPORT_POSTS = VisitorLimit("report posts", 5, hours=1)
ASK_POSTS = VisitorLimit("ask posts", 5, hours=1)
# Confirmed questions that reach the mailbox of an entry, which is an office's. More wait for another day.
QUESTIONS = Limit("questions to an entry", 10, days=1)
QUESTIONS_LINE = 7 * 10
