"""How often something may be done around a signature; each limit is named after the act."""

from citysolidarity.throttle import Limit

SIGN_POSTS = Limit("sign posts", 5, hours=1)  # for each block of addresses
CHANGE_POSTS = Limit("change posts", 5, hours=1)  # for each block of addresses
LETTERS = Limit("letters", 3, days=1)  # for each mailbox
DRAFTS = Limit("drafts in all", 200, hours=1)
