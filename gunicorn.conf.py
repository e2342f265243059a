"""How gunicorn serves the site in production; `gunicorn citysolidarity.wsgi` in this folder reads it.

Set PORT and WEB_CONCURRENCY (worker processes) in the environment. Put a proxy in front, such as nginx: gunicorn alone
falls to slow clients and caps no upload.
"""

import os
import shutil
import sys

from gunicorn.http import message

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))  # for the formatter of the logs, and for what follows
from citysolidarity import env

bind = f"0.0.0.0:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "3"))
worker_class = "citysolidarity.http.gunicorn_worker.WebWorker"
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
# Where the workers write what they count (citysolidarity/operation/measuring.py). This file is read anew at each reload,
# which must not lose the counts; another start has another process, or a folder that nobody holds any more.
metrics = f"{worker_tmp_dir or '/tmp'}/citysolidarity-metrics-{os.getpid()}"  # noqa: S108 - in memory, if anywhere
if env.text("METRICS_TOKEN") and os.environ.get("PROMETHEUS_MULTIPROC_DIR") != metrics:
    shutil.rmtree(metrics, ignore_errors=True)
    os.mkdir(metrics, mode=0o700)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = metrics
# One format for everything, and nothing secret in any line: a request that is cut off is named by its address.
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "citysolidarity.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "gunicorn.error": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "gunicorn.access": {"handlers": [], "level": "INFO", "propagate": False},
    },
}
accesslog = None  # visitors' addresses are nobody's business


def when_ready(server):
    """A unix socket has no visitor's address: without a proxy's word nobody can be told apart."""
    is_socket = any(isinstance(address, str) for address in server.cfg.address)
    if is_socket and not env.flag("BEHIND_PROXY"):
        server.log.warning("Listening on a unix socket without BEHIND_PROXY=1: visitors' addresses cannot be read.")


def pre_fork(server, worker):
    """Give it the lowest place that no living worker has: it goes on with the counts of whoever had it before."""
    taken = {getattr(other, "place", None) for other in server.WORKERS.values()}
    worker.place = next(number for number in range(len(taken) + 1) if number not in taken)


def post_fork(server, worker):
    if measuring := sys.modules.get("citysolidarity.operation.measuring"):
        measuring.Place.name = str(worker.place)


def worker_exit(server, worker):
    """What it has counted since the last minute goes with it otherwise."""
    if batch := sys.modules.get("citysolidarity.operation.visits.batch"):
        batch.flush()
    if tracing := sys.modules.get("citysolidarity.operation.tracing"):
        tracing.end()


def on_exit(server):
    shutil.rmtree(metrics, ignore_errors=True)
