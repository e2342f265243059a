from citysolidarity.http.throttle import Limit, VisitorLimit

CHANGE_POSTS = VisitorLimit("change posts", 5, hours=1)  # to correct; to withdraw is never refused
# E-mails with a link to withdraw, for each mailbox. Nothing else uses it up; see ``post_links``.
WITHDRAWALS = Limit("withdrawal letters", 3, days=1)
