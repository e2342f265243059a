from citysolidarity.http.throttle import VisitorLimit

# A class or a library shares an internet address.
SUPPORT_POSTS = VisitorLimit("support posts", 20, hours=1)
