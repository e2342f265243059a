import os

from django.core.wsgi import get_wsgi_application

# A visitor waits for what this process asks the database (database/deadlines.py).
os.environ["CITYSOLIDARITY_SERVED"] = "1"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "citysolidarity.settings")
application = get_wsgi_application()

from citysolidarity.database.guarantees import require_guarantees  # noqa: E402 - they need the settings
from citysolidarity.operation.visits import batch  # noqa: E402

require_guarantees()
batch.serve()
# The settings have read it. A command that this process starts is no web worker.
del os.environ["CITYSOLIDARITY_SERVED"]
