"""Limits, each named after the act it limits, counted in PostgreSQL by the database's clock.

The window slides: it is the last hour, not this hour. One row for each limit and person holds the moments of its uses,
also those to come that were reserved. One query both checks and counts, so that fifty requests at once pass no more
often than one after the other. The person is stored as a keyed hash.

Count in the transaction that writes: where it fails, the use is given back with everything else.
"""

import ipaddress
import math
import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models.functions import Extract, Now
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from citysolidarity.http.visitors import visitor_address

LONGEST = timedelta(days=1)
# An IPv4 address stands for one household, office or more, as behind a carrier's NAT (RFC 6598): a wider block would
# lock out neighbours. In IPv6 one machine has a whole /64 to itself (RFC 4291, 2.5.1) and changes addresses in it at
# will (RFC 8981).
IPV4_BLOCK, IPV6_BLOCK = 32, 64
# One customer often has a /56 or a /48 (RFC 6177) or a few neighbouring IPv4 addresses. Each network around a block
# (its length) may do so many times what the block may: enough for the offices of a city, too little for a flood.
AROUND = {4: {24: 4}, 6: {56: 2, 48: 4}}

KEPT = "ARRAY(SELECT moment FROM unnest(uses.moments) moment WHERE moment > clock_timestamp() - %(window)s)"
TAKE = f"""
INSERT INTO citysolidarity_limituse AS uses (act, who, moments) VALUES (%(act)s, %(who)s, ARRAY[clock_timestamp()])
ON CONFLICT (act, who) DO UPDATE SET moments = {KEPT} || clock_timestamp() WHERE cardinality({KEPT}) < %(most)s
RETURNING 1
"""
# The next moment at which the limit allows a use: a window after the use that is the limit's number of uses back.
NEXT = f"({KEPT})[cardinality({KEPT}) - %(most)s + 1] + %(window)s"
RESERVE = f"""
INSERT INTO citysolidarity_limituse AS uses (act, who, moments) VALUES (%(act)s, %(who)s, ARRAY[clock_timestamp()])
ON CONFLICT (act, who) DO UPDATE SET moments = {KEPT} || greatest(clock_timestamp(), {NEXT})
WHERE cardinality({KEPT}) < %(line)s
RETURNING extract(epoch FROM moments[cardinality(moments)] - clock_timestamp())
"""
WAIT = f"""
SELECT extract(epoch FROM {NEXT} - clock_timestamp())
FROM citysolidarity_limituse uses WHERE act = %(act)s AND who = %(who)s AND cardinality({KEPT}) >= %(most)s
"""


class TooMany(Exception):
    """A limit is reached. It ends the transaction that counted; ``wait`` are the seconds until it allows a use again.

    ``by_curators``: the form rests because they want it to.
    """

    def __init__(self, wait: int, *, by_curators: bool = False):
        super().__init__(wait)
        self.wait, self.by_curators = wait, by_curators


class LimitUse(models.Model):
    """The moments at which somebody (a keyed hash) used a limit."""

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
    """``Limit("sign posts", 5, hours=1)``: at most 5 within any hour. The window is at most a day."""

    def __init__(self, act: str, most: int, **window: float):
        self.act, self.most, self.window = act, most, timedelta(**window)
        if not (most > 0 and timedelta() < self.window <= LONGEST):
            raise ValueError(f"{act}: a limit allows at least one, within at most a day")

    def take(self, who: str = "") -> int:
        """Count one use and return 0; where the limit is reached, count nothing and return the seconds to wait.

        The row stays locked until the caller's transaction ends: count what all share as the last thing in it.
        """
        return self._take(who, self.most)

    def reserve(self, who: str = "", *, line: int) -> float | None:
        """Count one use, now or as soon as the limit allows one more; return the seconds until then.

        None, and nothing is counted, where ``line`` uses are within the window or waiting for their moment.
        """
        with connection.cursor() as cursor:
            cursor.execute(RESERVE, self._values(who, self.most) | {"line": line})
            row = cursor.fetchone()
        return row and max(0.0, float(row[0]))

    def wait(self, who: str = "") -> int:
        """The seconds until the next use is allowed, without counting one."""
        return self._wait(who, self.most)

    def lift(self, who: str = "") -> None:
        """Forget every use: the limit begins anew."""
        LimitUse.objects.filter(act=self.act, who=keyed_hash(self.act, who)).delete()

    def _take(self, who: str, most: int) -> int:
        with connection.cursor() as cursor:
            cursor.execute(TAKE, self._values(who, most))
            return 0 if cursor.fetchone() else max(1, self._wait(who, most))

    def _wait(self, who: str, most: int) -> int:
        with connection.cursor() as cursor:
            cursor.execute(WAIT, self._values(who, most))
            row = cursor.fetchone()
        return max(1, math.ceil(row[0])) if row and row[0] is not None else 0

    def _values(self, who: str, most: int) -> dict:
        return {"act": self.act, "who": keyed_hash(self.act, who), "most": most, "window": self.window}


class Pause(models.Model):
    """Until when curators let a form of the public rest. Withdrawing a signature is never paused."""

    class Form(models.TextChoices):
        """The act of the form's VisitorLimit."""

        SIGN = "sign posts", _("Sign the statement")
        SHARE = "share posts", _("Share a practice")
        ASK = "ask posts", _("Ask a city")
        REPORT = "report posts", _("Report a problem")
        SUPPORT = "support posts", _("Ask a city to sign")
        INVITE = "invite posts", _("Invite a city")
        FOLLOW = "follow posts", _("Follow by e-mail")

    form = models.CharField(_("form"), max_length=20, choices=Form, primary_key=True)
    until = models.DateTimeField(_("paused until"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("pause of a form")
        verbose_name_plural = _("pauses of forms")
        default_permissions = ()
        permissions = [("set_pause", _("Can pause forms of the public, and lift limits"))]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    form__in=[
                        "sign posts", "share posts", "ask posts", "report posts", "support posts", "invite posts",
                        "follow posts",
                    ]
                ),
                name="pause_form_known",
            )
        ]  # fmt: skip

    def __str__(self):
        return self.get_form_display()


class VisitorLimit(Limit):
    """``most`` for each visitor's block of addresses, and some times as many for each network around it."""

    def count(self, request: HttpRequest) -> None:
        """Count one use of everybody whom the visitor may be; raises TooMany, which the caller's transaction undoes."""
        left = Extract(models.F("until") - Now(), "epoch")
        for seconds in Pause.objects.filter(form=self.act, until__gt=Now()).values_list(left, flat=True):
            raise TooMany(math.ceil(seconds), by_curators=True)
        for network, times in networks_around(address_block(request)):
            if wait := self._take(network, times * self.most):
                raise TooMany(wait)


def keyed_hash(act: str, who: str, secret: str | None = None) -> bytes:
    """32 bytes that identify ``who`` for this act; without HASH_KEY nobody can try addresses against them.

    ``secret`` is HASH_KEY unless an older key is named.
    """
    salt = f"citysolidarity.throttle.{act}"
    return salted_hmac(salt, who.strip().lower(), secret=secret or settings.HASH_KEY, algorithm="sha256").digest()


def address_block(request: HttpRequest) -> str:
    """The block of the visitor's IP address, as ``192.0.2.7/32`` or ``2001:db8::/64``.

    Where none can be read, it is one that nobody else has: a bucket for all of them would close the forms for everybody.
    """
    ip = visitor_address(request)
    if ip is None:
        ip = ipaddress.IPv6Address(b"\xfd" + secrets.token_bytes(15))  # a private network (RFC 4193)
    return str(ipaddress.ip_network((ip, IPV4_BLOCK if ip.version == 4 else IPV6_BLOCK), strict=False))


def networks_around(block: str) -> list[tuple[str, int]]:
    """A block and the networks that it lies in, each with how many times as much may be done from there."""
    network = ipaddress.ip_network(block)
    around = AROUND[network.version].items()
    return [(block, 1), *((str(network.supernet(new_prefix=length)), times) for length, times in around)]


def widest_network(request: HttpRequest) -> str:
    """The widest network that one person may hold around the visitor's address; "" if unknown."""
    return networks_around(address_block(request))[-1][0] if visitor_address(request) else ""


def too_many_requests(response: HttpResponse, wait: int) -> HttpResponse:
    """Turn a page into a 429 that may be asked for again after ``wait`` seconds (RFC 6585, section 4)."""
    response.status_code = 429
    response.headers["Retry-After"] = str(wait)
    return response


def tidy() -> int:
    """Delete rows that no limit needs any more; returns how many."""
    with connection.cursor() as cursor:
        old = "moments[cardinality(moments)] < clock_timestamp() - %s"
        cursor.execute(f"DELETE FROM citysolidarity_limituse WHERE {old}", [LONGEST])
        return cursor.rowcount
