"""The site as gunicorn serves it, with one limit raised: all clients together sign more often than 200 times an hour.

Every other limit stays: each post comes from an internet address and a mailbox of its own.
"""

import os

from citysolidarity.wsgi import application
from pledges.limits import DRAFTS

__all__ = ["application"]
DRAFTS.most = int(os.environ["FAULTS_DRAFTS"])
