"""The tables of the site as a whole; each stands in the file that uses it."""

from citysolidarity.backlog import WorkerBeat
from citysolidarity.blocked import BlockedMailbox
from citysolidarity.documents import Document, DocumentView
from citysolidarity.sessions import DeskSession
from citysolidarity.throttle import LimitUse

__all__ = ["BlockedMailbox", "DeskSession", "Document", "DocumentView", "LimitUse", "WorkerBeat"]
