"""How often something may be done around a submission; each limit is named after the act."""

from citysolidarity.throttle import Limit

SHARE_POSTS = Limit("share posts", 10, hours=1)  # for each block of addresses
SUBMISSIONS = Limit("submissions in all", 200, hours=1)
