"""Limits, each named after the act it limits, counted in PostgreSQL by the database's clock.

A limit is a window that slides: of the last hour, not of this hour. One row for each limit and each who keeps the
moments of its uses, never more than the limit allows, and one statement both looks and counts, so that fifty at once
pass no more than one after the other. Who is stored as a keyed hash only.
"""

import ipaddress
import math
from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

LONGEST = timedelta(days=1)
# An IPv4 address stands for one household, office or more, as behind a carrier's NAT (RFC 6598): a wider block would
# lock out neighbours. In IPv6 one machine has a whole /64 to itself (RFC 4291, 2.5.1) and changes addresses in it at
# will (RFC 8981).
IPV4_BLOCK, IPV6_BLOCK = 32, 64

KEPT = "ARRAY(SELECT moment FROM unnest(uses.moments) moment WHERE moment > clock_timestamp() - %(window)s)"
TAKE = f"""
INSERT INTO citysolidarity_limituse AS uses (act, who, moments) VALUES (%(act)s, %(who)s, ARRAY[clock_timestamp()])
ON CONFLICT (act, who) DO UPDATE SET moments = {KEPT} || clock_timestamp() WHERE cardinality({KEPT}) < %(most)s
RETURNING 1
"""
WAIT = f"""
SELECT extract(epoch FROM (SELECT min(moment) FROM unnest({KEPT}) moment) + %(window)s - clock_timestamp())
FROM citysolidarity_limituse uses WHERE act = %(act)s AND who = %(who)s AND cardinality({KEPT}) >= %(most)s
"""


class LimitUse(models.Model):
    """The moments at which somebody, known by a keyed hash, did something that is limited."""

    pk = models.CompositePrimaryKey("act", "who")
    act = models.CharField(_("act"), max_length=40)
    who = models.BinaryField(_("who"))
    moments = ArrayField(models.DateTimeField(), verbose_name=_("moments"))

    class Meta:
        verbose_name = _("use of a limit")
        verbose_name_plural = _("uses of limits")

    def __str__(self):
        return self.act


class Limit:
    """``Limit("sign posts", 5, hours=1)``: so many in any window of that length, at most a day."""

    def __init__(self, act: str, most: int, **window: float):
        self.act, self.most, self.window = act, most, timedelta(**window)
        if not (most > 0 and timedelta() < self.window <= LONGEST):
            raise ValueError(f"{act}: a limit allows at least one, within at most a day")

    def take(self, who: str = "") -> int:
        """Counts one use: 0 when it is allowed, else the seconds to wait, and nothing is counted.

        Best called before the transaction that writes: the row stays locked until the caller's transaction ends.
        """
        with connection.cursor() as cursor:
            cursor.execute(TAKE, self._values(who))
            return 0 if cursor.fetchone() else max(1, self.wait(who))

    def wait(self, who: str = "") -> int:
        """The seconds until the next use is allowed, 0 for now; counts nothing."""
        with connection.cursor() as cursor:
            cursor.execute(WAIT, self._values(who))
            found = cursor.fetchone()
        return max(1, math.ceil(found[0])) if found and found[0] is not None else 0

    def _values(self, who: str) -> dict:
        return {"act": self.act, "who": keyed_hash(self.act, who), "most": self.most, "window": self.window}


def keyed_hash(act: str, who: str) -> bytes:
    """32 bytes by which ``who`` is known again for this act; without SECRET_KEY nobody can try addresses against it."""
    return salted_hmac(f"citysolidarity.throttle.{act}", who.strip().lower(), algorithm="sha256").digest()


def address_block(request: HttpRequest) -> str:
    """The block of addresses the visitor comes from, as ``192.0.2.7/32`` or ``2001:db8::/64``; "" if unknown.

    Behind a proxy it is the last entry of X-Forwarded-For, which the proxy wrote; those before it anyone can write.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        address = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or address
    try:
        found = ipaddress.ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        return ""
    found = getattr(found, "ipv4_mapped", None) or found
    return str(ipaddress.ip_network((found, IPV4_BLOCK if found.version == 4 else IPV6_BLOCK), strict=False))


def tidy() -> int:
    """Deletes what no limit looks at any more; returns how many rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM citysolidarity_limituse WHERE moments[cardinality(moments)] < clock_timestamp() - %s",
            [LONGEST],
        )
        return cursor.rowcount
