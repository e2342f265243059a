"""The site as gunicorn serves it, with limits that a run of thousands of posts does not reach."""

import gc
from importlib import import_module

from citysolidarity.wsgi import application

__all__ = ["application"]
PLENTY = 1_000_000

# Only now, because models can be imported once the application has set Django up. The addresses load all forms, and
# the forms their limits.
LIMITS = (
    import_module("citysolidarity.http.throttle").Limit,
    import_module("citysolidarity.http.rate_limit").RateLimit,
)
import_module("citysolidarity.urls")
for limit in [found for found in gc.get_objects() if isinstance(found, LIMITS)]:
    limit.most = PLENTY
