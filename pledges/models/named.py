"""Signatures that a public source names, entered and corrected at the desk. The loading enters them in bulk."""

from django.db import IntegrityError, models, transaction
from django.db.models.functions import Now

from citysolidarity.database.locks import lock_edition
from citysolidarity.desk.transitions import require
from pledges.models.workflow import CURATE, not_allowed
from pledges.vocabularies import Kind, Origin, State

# What a source can tell; nobody of these cities asked to be named here, so no name of a person is among them.
NAMED_FACTS = ("institution", "signed_on", "not_before", "precision", "signed_by")


class NamedInSource(models.Model):
    """``source`` holds the columns of SignatureSource: where it is named."""

    class Meta:
        abstract = True

    @classmethod
    def enter(cls, by, city, source: dict, **facts) -> "NamedInSource":
        """It is public at once. Raises TransitionNotAllowed where the city has a live signature."""
        require(by, CURATE)
        try:
            with transaction.atomic():
                signature = cls.objects.create(city=city, origin=Origin.STATED, published_at=Now(), **facts)
                signature.refresh_from_db(fields=["published_at"])
                signature.sources.create(**source)
                signature.events.create(kind=Kind.STATED, by=by, at=signature.published_at)
                cls.objects.show_on_cities([city.pk])
        except IntegrityError as error:
            if "signature_one_live_per_city" in str(error):
                raise not_allowed("already-signed") from error
            raise
        return signature

    def correct_named(self, by, source: dict, **facts) -> None:
        """The first source is corrected with it; others stay. Raises TransitionNotAllowed where it is not live."""
        require(by, CURATE)
        with transaction.atomic():
            lock_edition()
            row = type(self).objects.select_for_update(of=["self"]).get(pk=self.pk)
            if row.origin != Origin.STATED or row.state != State.PUBLISHED:
                raise not_allowed("wrong-state")
            type(self).objects.filter(pk=self.pk).update(**facts)
            if first := row.sources.first():
                others = row.sources.exclude(pk=first.pk)
                if others.filter(url=source["url"], title=source["title"]).exists():
                    raise not_allowed("recorded-already")
                row.sources.filter(pk=first.pk).update(**source)
            else:
                row.sources.create(**source)
            type(self).objects.show_on_cities([self.city_id])
