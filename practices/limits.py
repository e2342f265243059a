"""How often something may be done around an entry; each limit is named after the act. See also letters.LETTERS."""

from citysolidarity.throttle import Limit
from practices.brief.pace import Pace

SHARE_POSTS = Limit("share posts", 10, hours=1)  # for each block of addresses
SUBMISSIONS = Limit("submissions in all", 200, hours=1)
REPORT_POSTS = Limit("report posts", 5, hours=1)  # for each block of addresses
REPORTS = Limit("reports in all", 100, hours=1)
ASK_POSTS = Limit("ask posts", 5, hours=1)  # for each block of addresses
QUESTIONS = Limit("questions to an entry", 10, days=1)  # for each entry: its mailbox is an office's
BRIEF_SHEETS = Pace(60, minutes=10)  # drawn for each block of addresses, by each process
