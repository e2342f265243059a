"""Limits that all visitors share. Curators see them at the desk, and can lift each of them (desk/pauses.py)."""

from citysolidarity.http.throttle import Limit

# Signatures that wait for their confirmation. More are taken, and their e-mails wait in a line, at most for a day.
DRAFTS = Limit("drafts in all", 200, hours=1)
DRAFTS_LINE = 24 * 200
# Those from domains where not everybody can open a mailbox do not wait behind a flood of others.
DRAFTS_OF_OWN_DOMAINS = Limit("drafts from domains of their own", 200, hours=1)
SUBMISSIONS = Limit("submissions in all", 200, hours=1)
SUBMISSIONS_LINE = 24 * 200
REPORTS = Limit("reports in all", 100, hours=1)
# E-mails that ask residents to confirm; more wait in a line, at most for a day.
SUPPORTS = Limit("supports in all", 500, hours=1)
SUPPORTS_LINE = 24 * 500
INVITATIONS = Limit("invitations in all", 100, hours=1)
INVITATIONS_LINE = 24 * 100
FOLLOWINGS = Limit("followings in all", 200, hours=1)
FOLLOWINGS_LINE = 24 * 200
