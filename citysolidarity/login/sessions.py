"""Sessions at the desk: they end after half an hour without a request and after twelve hours at the latest.

The database's clock decides. One row is one session, so that it can be shown to its owner and ended from elsewhere.
Only the desk has sessions; the public pages set no cookie.
"""

import re
from datetime import timedelta
from hmac import compare_digest

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import VALID_KEY_CHARS, CreateError, UpdateError
from django.contrib.sessions.backends.db import SessionStore as Store
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import DatabaseError, IntegrityError, models, transaction
from django.db.models import F
from django.db.models.functions import Least, Now
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext_lazy as _

from citysolidarity.http.visitors import visitor_address

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
# A request within a minute of the last one is not saved: a write for each page is not worth the exactness.
EXACT = timedelta(minutes=1)
REMEMBERED = timedelta(days=1)  # after its end
# Characters of a session key: chance first (129 bits; ASVS 7.2.3 wants 128), then our seal on it, so that a key which
# somebody made up is known without a look into the database.
CHANCE, SEAL = 25, 15
ORIGIN = "origin"  # in the session's data: (browser, network) at the login
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
        """Sessions that have not ended, the last used first."""
        return self.filter(expire_date__gt=Now()).order_by("-seen_at")

    def of(self, user):
        return self.filter(user=user)


class DeskSession(AbstractBaseSession):
    """A browser at the desk. ``user`` is null until the second factor is given."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="desk_sessions", verbose_name=_("person")
    )
    started_at = models.DateTimeField(_("since"))
    seen_at = models.DateTimeField(_("last activity"))
    browser = models.CharField(_("browser"), max_length=40, blank=True)
    network = models.CharField(_("approximate location"), max_length=40, blank=True)

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
        """Names the session in a form; unlike the session key, it logs nobody in."""
        return salted_hmac("citysolidarity.sessions.handle", self.session_key, algorithm="sha256").hexdigest()[:32]


class SessionStore(Store):
    @classmethod
    def get_model_class(cls):
        return DeskSession

    def _get_new_session_key(self):
        while True:
            chance = get_random_string(CHANCE, VALID_KEY_CHARS)
            if not self.exists(key := chance + seals_of(chance)[0]):
                return key

    @property
    def is_ours(self) -> bool:
        """Whether we made the key; the session may have ended since. No query."""
        return is_sealed(self.session_key or "")

    def _get_session_from_db(self):
        live = self.model.objects.filter(session_key=self.session_key, expire_date__gt=Now())
        self.row = live.first() if self.is_ours else None
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
        """As Django's, but ``started_at`` is written once, when the row is made: that is the login."""
        if self.session_key is None:
            return self.create()
        row = self.create_model_instance(self._get_session(no_load=must_create))
        if must_create:
            row.expire_date = Now() + IDLE
        fixed = {"session_key", "started_at"}
        changed = None if must_create else [field.name for field in self.model._meta.fields if field.name not in fixed]
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
        """To be called for the pages that a person opens, not for every file."""
        if self._session_key is None or getattr(self, "row", None) is None or timezone.now() - self.row.seen_at < EXACT:
            return
        live = self.model.objects.filter(session_key=self.session_key, expire_date__gt=Now())
        live.update(seen_at=Now(), expire_date=Least(Now() + IDLE, F("started_at") + LONGEST))
        now = timezone.now()
        self.row.seen_at, self.row.expire_date = now, min(now + IDLE, self.row.started_at + LONGEST)

    @property
    def ends_at(self):
        """When the session ends if nothing more is asked for; None before it is stored."""
        self._get_session()
        row = getattr(self, "row", None)
        return row and row.expire_date

    @property
    def seconds_left(self) -> int:
        return max(0, int((self.ends_at - timezone.now()).total_seconds())) if self.ends_at else 0

    @classmethod
    def clear_expired(cls):
        # For a day more an ended session says whose it was: what is sent in it is kept for that person.
        cls.get_model_class().objects.filter(expire_date__lte=Now() - REMEMBERED).delete()


def seals_of(chance: str) -> list[str]:
    """Under SECRET_KEY and its fallbacks."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [
        salted_hmac("citysolidarity.sessions.key", chance, secret=key, algorithm="sha256").hexdigest()[:SEAL]
        for key in keys
    ]


def is_sealed(key: str) -> bool:
    if len(key) != CHANCE + SEAL:
        return False
    seal = key[CHANCE:].encode("utf-8", "replace")
    return any([compare_digest(seal, own.encode()) for own in seals_of(key[:CHANCE])])  # noqa: C419


def origin_of(request) -> tuple[str, str]:
    """The kind of browser, as "Firefox, Linux", and the network, as "192.0.…": all that is kept of either."""
    agent = request.headers.get("User-Agent", "")
    names = [
        next((name for name, sign in kinds.items() if re.search(sign, agent)), "") for kinds in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(filter(None, names)), network_of(request)


def network_of(request) -> str:
    """The first parts of the visitor's IP address, "" where it is not known."""
    address = visitor_address(request)
    if address is None:
        return ""
    mark = "." if address.version == 4 else ":"
    return mark.join([*address.exploded.split(mark)[:KEPT_PARTS], "…"])
