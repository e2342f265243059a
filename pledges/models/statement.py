import hashlib
import unicodedata

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now, TruncDate
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.visible import DIRECTION


class Statement(models.Model):
    slug = models.SlugField(_("short name"), max_length=60, unique=True)  # such as withrefugees

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")

    def __str__(self):
        return self.slug


class StatementVersionQuerySet(models.QuerySet):
    def valid(self):
        """Valid today by the database's clock, the newest first."""
        return self.filter(valid_from__lte=TruncDate(Now())).order_by("-number")

    def current(self, language: str):
        """The newest valid version, in this language where it is there, else in English; None before the first one.

        A new wording is signed in English until it is translated: nobody signs an old one because of their language.
        """
        versions = self.valid().filter(language__in=[language, "en"]).prefetch_related("clauses")
        return versions.order_by("-number", models.Case(models.When(language=language, then=0), default=1)).first()


class StatementVersion(models.Model):
    """A wording in one language. Only a draft may change."""

    statement = models.ForeignKey(Statement, models.PROTECT, related_name="versions", verbose_name=_("statement"))
    language = models.CharField(_("language"), max_length=7)
    number = models.PositiveSmallIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=160)
    preamble = models.TextField(_("preamble"))
    closing = models.TextField(_("closing"))
    note = models.TextField(_("whose wording this is"), blank=True, help_text=_("Shown with the text; not part of it."))
    valid_from = models.DateField(_("valid from"), null=True, blank=True, help_text=_("Empty while it is a draft."))
    sha256 = models.CharField(_("fingerprint"), max_length=64, blank=True, editable=False)

    objects = StatementVersionQuerySet.as_manager()

    class Meta:
        ordering = ["statement", "language", "-number"]
        verbose_name = _("version of the statement")
        verbose_name_plural = _("versions of the statement")
        constraints = [
            models.UniqueConstraint(fields=["statement", "language", "number"], name="statement_version_numbered_once"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True, sha256="")
                | Q(valid_from__isnull=False, sha256__regex=r"^[0-9a-f]{64}$"),
                name="statement_version_valid_has_fingerprint",
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.language}, {self.number})"

    def canonical_text(self) -> str:
        """The words that are signed, as one text; its SHA-256 is the version's fingerprint."""
        clauses = [f"{clause.title}\n{clause.promise}" for clause in self.clauses.all()]
        return canonical(self.language, self.title, self.preamble, clauses, self.closing)

    @property
    def sha256_groups(self) -> list[str]:
        """In eight groups of eight digits, so that a narrow page can break the line."""
        return [self.sha256[at : at + 8] for at in range(0, len(self.sha256), 8)]

    def enact(self, valid_from) -> None:
        """Make the draft valid from a day on; the database refuses any later change."""
        with transaction.atomic():
            self.valid_from, self.sha256 = valid_from, fingerprint(self.canonical_text())
            self.save(update_fields={"valid_from", "sha256"})

    def copy_as_draft(self, number: int) -> "StatementVersion | None":
        """A draft in the same language with the same clauses; None where there is one of this number already."""
        key = {"statement": self.statement, "language": self.language, "number": number}
        with transaction.atomic():
            words = {name: getattr(self, name) for name in ("title", "preamble", "closing", "note")}
            draft, is_new = type(self).objects.get_or_create(**key, defaults=words)
            if not is_new:
                return None
            Clause.objects.bulk_create(
                Clause(version=draft, position=row.position, code=row.code, title=row.title, promise=row.promise)
                for row in self.clauses.all()
            )
        return draft


class Clause(models.Model):
    """A short promise that a city can act on; ``code`` stays the same from version to version."""

    version = models.ForeignKey(StatementVersion, models.CASCADE, related_name="clauses", verbose_name=_("version"))
    position = models.PositiveSmallIntegerField(_("order"))
    code = models.SlugField(_("code"), max_length=40)
    title = models.CharField(_("title"), max_length=120)
    promise = models.TextField(_("promise"))

    class Meta:
        ordering = ["position"]
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        constraints = [
            models.UniqueConstraint(fields=["version", "position"], name="clause_position_once"),
            models.UniqueConstraint(fields=["version", "code"], name="clause_code_once"),
        ]

    def __str__(self):
        return self.title


def canonical(language: str, title: str, preamble: str, clauses: list[str], closing: str) -> str:
    """The parts joined by blank lines and normalized (NFC), so that anybody can recompute the fingerprint.

    Without marks of direction, which are no words: they only say where a sign is seen.
    """
    text = unicodedata.normalize("NFC", "\n\n".join([language, title, preamble, *clauses, closing]))
    return text.translate(dict.fromkeys(map(ord, DIRECTION)))


def fingerprint(text: str) -> str:
    """SHA-256 of the UTF-8 text in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
