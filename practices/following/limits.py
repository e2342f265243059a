from citysolidarity.http.throttle import VisitorLimit

# An office shares an internet address.
FOLLOW_POSTS = VisitorLimit("follow posts", 20, hours=1)
