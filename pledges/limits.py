"""How often something may be done around a signature; each limit is named after the act. See also letters.LETTERS."""

from citysolidarity.throttle import Limit

SIGN_POSTS = Limit("sign posts", 5, hours=1)  # for each block of addresses
CHANGE_POSTS = Limit("change posts", 5, hours=1)  # for each block of addresses
DRAFTS = Limit("drafts in all", 200, hours=1)
