from citysolidarity.http.throttle import VisitorLimit

# An office or a library shares an internet address.
INVITE_POSTS = VisitorLimit("invite posts", 20, hours=1)
