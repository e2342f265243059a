"""What somebody typed at the desk and has not saved: sealed, theirs alone, and gone after some days."""

import base64
import json
import uuid
from datetime import timedelta
from urllib.parse import urlencode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.http import QueryDict
from django.utils.crypto import salted_hmac
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

SALT = "citysolidarity.desk.drafts"
KEPT = "kept"  # in an address: the form to give back
KEPT_FILES = "kept_files"  # in a form: the files that were chosen before
MOST_OF_A_PERSON = 40
MOST_BYTES_OF_FILES = 15_000_000


class Why(models.TextChoices):
    LOGGED_OUT = "logged-out", _("sent after the session had ended")
    TYPED = "typed", _("saved while it was typed")
    FILES = "files", _("files of a form with an error")


LIFETIMES = {Why.LOGGED_OUT: timedelta(days=2), Why.TYPED: timedelta(days=14), Why.FILES: timedelta(days=1)}


def _live() -> Q:
    terms = (Q(why=why, kept_at__gt=Now() - lifetime) for why, lifetime in LIFETIMES.items())
    return Q(*terms, _connector=Q.OR)


class KeptFormQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(_live(), user=user)

    def keep(self, user, address: str, why: Why, fields: QueryDict, files: MultiValueDict | None = None):
        """Keep a form; the one typed before at the same address is replaced, and the oldest of many forms goes."""
        sealed = seal(fields, files or MultiValueDict())
        if why == Why.TYPED:
            values = {"sealed": sealed, "kept_at": Now()}
            kept, _new = self.update_or_create(user=user, address=address, why=why, defaults=values)
        else:
            kept = self.create(user=user, address=address, why=why, sealed=sealed)
        newest = self.filter(user=user).order_by("-kept_at").values("pk")[:MOST_OF_A_PERSON]
        self.filter(user=user).exclude(pk__in=newest).delete()
        return kept

    def forget(self) -> int:
        """Delete what nobody came back for."""
        return self.exclude(_live()).delete()[0]


class KeptForm(models.Model):
    """``address`` is the path, with its query, that the form is sent to."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person"))
    address = models.CharField(_("address"), max_length=500)
    why = models.CharField(_("why"), max_length=10, choices=Why)
    sealed = models.BinaryField(_("fields and files, sealed"))
    kept_at = models.DateTimeField(_("kept"), db_default=Now())

    objects = KeptFormQuerySet.as_manager()

    class Meta:
        verbose_name = _("kept form")
        verbose_name_plural = _("kept forms")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "address"], condition=Q(why=Why.TYPED), name="kept_form_typed_once"
            ),
            models.CheckConstraint(condition=Q(why__in=Why.values), name="kept_form_why_known"),
        ]

    def __str__(self):
        return self.address

    @property
    def url(self) -> str:
        """The page that gives the form back."""
        sign = "&" if "?" in self.address else "?"
        return f"{self.address}{sign}{urlencode({KEPT: self.pk})}"

    def opened(self) -> tuple[QueryDict, MultiValueDict]:
        return unseal(self.sealed)


def seal(fields: QueryDict, files: MultiValueDict) -> bytes:
    """Fields and files, encrypted under a key of SECRET_KEY: a copy of the database shows nobody's text."""
    chosen = {
        name: [[file.name, file.content_type, base64.b64encode(_content_of(file)).decode()] for file in listed]
        for name, listed in files.lists()
    }
    return _box().encrypt(json.dumps({"fields": dict(fields.lists()), "files": chosen}).encode())


def unseal(sealed) -> tuple[QueryDict, MultiValueDict]:
    """Both empty where the key has changed since."""
    try:
        content = json.loads(_box().decrypt(bytes(sealed)))
    except InvalidToken:
        return QueryDict(), MultiValueDict()
    fields = QueryDict(mutable=True)
    for name, values in content["fields"].items():
        fields.setlist(name, values)
    files = {
        name: [SimpleUploadedFile(file, base64.b64decode(text), kind or "") for file, kind, text in listed]
        for name, listed in content["files"].items()
    }
    return fields, MultiValueDict(files)


def _content_of(file) -> bytes:
    file.seek(0)
    content = file.read()
    file.seek(0)
    return content


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [salted_hmac(SALT, "key", secret=key, algorithm="sha256").digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
