"""How gunicorn serves the site in production; `gunicorn citysolidarity.wsgi` in this folder reads it.

Set PORT and WEB_CONCURRENCY (worker processes) in the environment. Put a proxy in front, such as nginx: gunicorn alone
falls to slow clients and caps no upload.
"""

import os

from gunicorn.http import message

bind = f"0.0.0.0:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "3"))
worker_class = "sync"
preload_app = True  # wrong settings stop the start at once, and the workers share memory
timeout = 30
graceful_timeout = 20
max_requests, max_requests_jitter = 2_000, 200  # a slow leak never grows old
# gunicorn's own bound of 8,190 bytes answers a long search with a bare 414 instead of the site's page.
# Ours still ends: without a bound one endless line would fill the memory.
message.MAX_REQUEST_LINE = 65_536
limit_request_line = 65_535
limit_request_fields = 60
limit_request_field_size = 8_190
control_socket_disable = True  # it would open a socket in $HOME/.gunicorn, which a container has not
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - a heartbeat on a slow disk stalls
errorlog = "-"
accesslog = None  # visitors' addresses are nobody's business
