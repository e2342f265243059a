"""A correction is a new signature: nothing that was typed becomes public before a curator has looked at it again."""

from django.db import models, transaction

from citysolidarity.database.locks import lock_edition
from pledges.vocabularies import State, Visibility

# What the forms ask about who signs and how that is shown.
SIGNER_FIELDS = (
    "institution", "office", "office_other", "signer_name", "name_may_be_shown", "visibility", "public_from",
)  # fmt: skip
UNCHANGED = ("city_id", "version_id", "signed_on", "precision", "not_before")


class Corrections(models.Model):
    class Meta:
        abstract = True

    def correct(self, **columns):
        """Record ``columns`` (of SIGNER_FIELDS) as a confirmed signature of its own and return it.

        A public signature stays until a curator puts the new one in its place, but what the city no longer wants to be
        shown is hidden at once. One that is not public is replaced now. The day of signing stays.
        Raises TransitionNotAllowed where the signature has ended.
        """
        with transaction.atomic():
            lock_edition()
            row = type(self).objects.select_for_update().get(pk=self.pk)
            if row.state == State.PUBLISHED:
                row._show_less(columns)
            else:
                row.withdraw(reason="corrected")
            unchanged = {name: getattr(row, name) for name in UNCHANGED}
            contact = {name: getattr(row.contact, name) for name in ("email", "phone", "decision_url")}
            corrected = type(self).draft(**contact, **unchanged, **columns)
            for commitment in row.commitments.all():
                commitment.pk, commitment.signature, commitment._state.adding = None, corrected, True
                commitment.save(force_insert=True)
            corrected.confirm()
        return corrected

    def _carry_over(self, successor) -> None:
        """Copy what became of the promises to the signature that takes this one's place.

        A correction keeps the day of signing, and with it renewals and versions; a new signature begins anew.
        """
        stories = {(promise.clause.code, promise.text): promise for promise in self.commitments.with_story()}
        for promise in successor.commitments.with_clause():
            if earlier := stories.get((promise.clause.code, promise.text)):
                copy_rows(earlier.questions.order_by("asked_at", "pk"), commitment=promise)
        if successor.signed_on == self.signed_on:
            copy_rows(self.renewals.order_by("since"), signature=successor)
            copy_rows(self.moves.order_by("asked_at", "pk"), signature=successor)

    def _show_less(self, columns: dict) -> None:
        """What stood before this one would be shown again until the new day: it is hidden with it."""
        behind = type(self).objects.filter(superseded_by=self, origin=self.origin)
        if not columns["name_may_be_shown"]:
            behind.update(name_may_be_shown=False)
            self.name_may_be_shown = False
        is_sooner = self.visibility == Visibility.FROM_DATE == columns["visibility"] and (
            columns["public_from"] < self.public_from
        )
        if columns["visibility"] != Visibility.PUBLIC and self.visibility != Visibility.COUNTED and not is_sooner:
            shown = {name: columns[name] for name in ("visibility", "public_from")}
            if self.has_begun:  # else the earlier one is what is shown until the day
                behind.exclude(visibility=Visibility.COUNTED).update(**shown)
            self.visibility, self.public_from = shown.values()
        self.save(update_fields=["name_may_be_shown", "visibility", "public_from"])
        type(self).objects.show_on_cities([self.city_id])


def copy_rows(rows, **columns) -> None:
    """Copy the rows with other columns."""
    copies = list(rows)
    for row in copies:
        row.pk, row._state.adding = None, True
        for name, value in columns.items():
            setattr(row, name, value)
    if copies:
        type(copies[0]).objects.bulk_create(copies)
