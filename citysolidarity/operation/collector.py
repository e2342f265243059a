"""What the database tells of the site at the moment, for Prometheus."""

from collections.abc import Iterator

from django.db import connection
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from citysolidarity.http.database_outage import DATABASE_OUTAGES
from citysolidarity.operation import queue
from citysolidarity.operation.database import lags, size

QUEUE = {
    "age": ("citysolidarity_queue_age_seconds", "For how long the first due task has waited"),
    "due": ("citysolidarity_queue_due", "Tasks that a worker could do now"),
    "waiting": ("citysolidarity_queue_length", "Tasks that wait or are being done, those due later too"),
    "failing": ("citysolidarity_queue_failing", "Tasks, mostly e-mails, that failed and are tried again"),
    "failed": ("citysolidarity_queue_failed", "Tasks given up in the last week"),
    "workers": ("citysolidarity_workers", "Workers that have shown themselves of late"),
}
EMAILS = {
    "bounced": ("citysolidarity_emails_bounced", "E-mails that a mail server refused in the last week"),
    "given_up": ("citysolidarity_emails_given_up", "E-mails that no mail server took in any try"),
}
UP = ("citysolidarity_database_up", "Whether the database answers")


class Facts(Collector):
    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Only ``citysolidarity_database_up 0`` while the database is away."""
        try:
            facts = list(self.asked())
        except DATABASE_OUTAGES:
            connection.close()
            facts = [GaugeMetricFamily(*UP, value=0)]
        return iter(facts)

    def asked(self) -> Iterator[GaugeMetricFamily]:
        yield GaugeMetricFamily("citysolidarity_database_bytes", "Size of the database", value=size())
        for names, facts in ((QUEUE, queue.queue()), (EMAILS, queue.emails())):
            for field, (name, meaning) in names.items():
                yield GaugeMetricFamily(name, meaning, value=getattr(facts, field))
        if replicas := lags():
            family = GaugeMetricFamily(
                "citysolidarity_replica_lag_seconds", "How far a replica is behind", labels=["replica"]
            )
            for name, seconds in replicas.items():
                family.add_metric([name], seconds)
            yield family
        yield GaugeMetricFamily(*UP, value=1)
