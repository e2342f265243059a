"""The site as gunicorn serves it, with one limit raised: all clients together sign more often than 200 times an hour.

Every other limit stays: each post comes from an internet address and a mailbox of its own.
"""

import os
from importlib import import_module

from citysolidarity.wsgi import application

__all__ = ["application"]
# Only now, because limits can be imported once the application has set Django up.
import_module("citysolidarity.desk.limits").DRAFTS.most = int(os.environ["FAULTS_DRAFTS"])
