"""Sessions at the desk: they end after half an hour without a step and after twelve hours at the latest.

The database's clock decides. One row is one session, so that it can be shown to its owner and ended from elsewhere.
Only the desk has sessions; the public pages set no cookie.
"""

import ipaddress
import re
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.contrib.sessions.backends.db import SessionStore as Store
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import DatabaseError, IntegrityError, models, transaction
from django.db.models import F
from django.db.models.functions import Least, Now
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from citysolidarity.throttle import address_block

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
# A step within a minute of the last one is not written down: a write for each page is not worth the exactness.
EXACT = timedelta(minutes=1)
ORIGIN = "origin"  # in the session's data: (browser, network) of whoever entered
# How many parts of an address are kept: enough to tell the office from home, too little to find a house.
KEPT_PARTS = 2
# Order matters: Edge and Opera also call themselves Chrome, and Chrome calls itself Safari.
BROWSERS = {
    "Edge": r"Edg", "Opera": r"OPR/", "Firefox": r"Firefox/|FxiOS", "Chrome": r"Chrom(e|ium)/|CriOS", "Safari": r"Safari/",
}  # fmt: skip
SYSTEMS = {
    "Android": "Android", "iOS": "iPhone|iPad", "Windows": "Windows", "macOS": "Mac OS", "ChromeOS": "CrOS", "Linux": "Linux",
}  # fmt: skip


class SessionQuerySet(models.QuerySet):
    def live(self):
        """Sessions that have not ended, the latest step first."""
        return self.filter(expire_date__gt=Now()).order_by("-seen_at")

    def of(self, user):
        """Sessions that somebody has entered by password and second factor."""
        return self.filter(user=user)


class DeskSession(AbstractBaseSession):
    """A browser at the desk. Without ``user``, somebody is still on the way through the door."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="desk_sessions", verbose_name=_("person")
    )
    started_at = models.DateTimeField(_("since"))
    seen_at = models.DateTimeField(_("last step"))
    browser = models.CharField(_("browser"), max_length=40, blank=True)
    network = models.CharField(_("from where, roughly"), max_length=40, blank=True)

    objects = BaseSessionManager.from_queryset(SessionQuerySet)()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        permissions = [("end_sessions", _("Can end a colleague’s sessions"))]

    @classmethod
    def get_session_store_class(cls):
        return SessionStore

    @property
    def handle(self) -> str:
        """A name for it in a form: whoever reads it cannot enter with it."""
        return salted_hmac("citysolidarity.sessions.handle", self.session_key, algorithm="sha256").hexdigest()[:32]


class SessionStore(Store):
    """Keeps sessions in DeskSession."""

    @classmethod
    def get_model_class(cls):
        return DeskSession

    def _get_session_from_db(self):
        self.row = self.model.objects.filter(session_key=self.session_key, expire_date__gt=Now()).first()
        if self.row is None:
            self._session_key = None
        return self.row

    def create_model_instance(self, data):
        browser, network = data.get(ORIGIN, ("", ""))
        ends = Least(Now() + IDLE, F("started_at") + LONGEST)
        return self.model(
            session_key=self._get_or_create_session_key(),
            session_data=self.encode(data),
            user_id=data.get(SESSION_KEY),
            started_at=Now(),
            seen_at=Now(),
            expire_date=ends,
            browser=browser,
            network=network,
        )

    def save(self, must_create=False):
        """As Django's, but ``started_at`` is written once, when the row is made: that is when somebody enters."""
        if self.session_key is None:
            return self.create()
        row = self.create_model_instance(self._get_session(no_load=must_create))
        if must_create:
            row.expire_date = Now() + IDLE
        kept = {"session_key", "started_at"}
        changed = None if must_create else [one.name for one in self.model._meta.fields if one.name not in kept]
        try:
            with transaction.atomic():
                row.save(force_insert=must_create, update_fields=changed)
        except IntegrityError:
            if must_create:
                raise CreateError from None
            raise
        except DatabaseError:
            if must_create:
                raise
            raise UpdateError from None

    def keep_awake(self) -> None:
        """Counts a step; to be called for what a person asks for, not for every file."""
        if self._session_key is None or getattr(self, "row", None) is None or timezone.now() - self.row.seen_at < EXACT:
            return
        live = self.model.objects.filter(session_key=self.session_key, expire_date__gt=Now())
        live.update(seen_at=Now(), expire_date=Least(Now() + IDLE, F("started_at") + LONGEST))

    @classmethod
    def clear_expired(cls):
        cls.get_model_class().objects.filter(expire_date__lte=Now()).delete()


def origin_of(request) -> tuple[str, str]:
    """The kind of browser, as "Firefox, Linux", and the network, as "192.0.…": all that is kept of either."""
    said = request.headers.get("User-Agent", "")
    kinds = [next((name for name, sign in found.items() if re.search(sign, said)), "") for found in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, kinds)), network_of(request)


def network_of(request) -> str:
    """The first parts of the visitor's address, "" where it is not known."""
    block = address_block(request)
    if not block:
        return ""
    address = ipaddress.ip_network(block).network_address
    mark = "." if address.version == 4 else ":"
    return mark.join([*address.exploded.split(mark)[:KEPT_PARTS], "…"])
