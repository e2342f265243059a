"""Imports the models of all rooms, so that Django finds them."""

from citysolidarity.attachments.models import Document, DocumentView
from citysolidarity.backups.models import BackupRun
from citysolidarity.desk.drafts.models import KeptForm
from citysolidarity.desk.emails.models import EmailChoice, StaffEmail
from citysolidarity.desk.teamwork.models import Assignment, Note
from citysolidarity.desk.writing.models import WrittenEmail
from citysolidarity.erasures.models import ErasureNote
from citysolidarity.http.refused_domains import RefusedDomain
from citysolidarity.http.throttle import LimitUse, Pause
from citysolidarity.login.sessions import DeskSession
from citysolidarity.mail.blocked_addresses import BlockedMailbox
from citysolidarity.mail.edited_texts import EditedText
from citysolidarity.operation.models import Alarm
from citysolidarity.operation.visits.models import PageCount, SearchMark, SearchWord
from citysolidarity.people.models import FreshStart
from citysolidarity.worker.backlog import WorkerBeat
from citysolidarity.worker.housekeeping import Housekeeping

__all__ = [
    "Alarm", "Assignment", "BackupRun", "BlockedMailbox", "DeskSession", "Document", "DocumentView", "EditedText",
    "EmailChoice", "ErasureNote", "FreshStart", "Housekeeping", "KeptForm", "LimitUse", "Note", "PageCount", "Pause",
    "RefusedDomain", "SearchMark", "SearchWord", "StaffEmail", "WorkerBeat", "WrittenEmail",
]  # fmt: skip
