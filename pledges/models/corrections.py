"""A signature that is corrected: nothing that was typed becomes public before a curator has looked at it again."""

from django.db import transaction

from pledges.vocabularies import State, Visibility

KEPT = ("city_id", "version_id", "signed_on", "precision", "not_before")


class Corrections:
    """What a city can say anew; mixed into the model."""

    def correct(self, **columns):
        """Records what the city says now as a signature of its own, already confirmed; returns it.

        Where this one is public, it stays until a curator puts the new one in its place, but what the city no longer
        wants to be shown is gone at once. Where it is not, the new one replaces it now. The day of the signing stays.
        Raises MoveRefused where this one has ended.
        """
        with transaction.atomic():
            row = type(self).objects.select_for_update().get(pk=self.pk)
            if row.state == State.PUBLISHED:
                row._show_less(columns)
            else:
                row.withdraw(reason="corrected")
            kept = {name: getattr(row, name) for name in KEPT}
            contact = {name: getattr(row.contact, name) for name in ("email", "phone", "decision_url")}
            corrected = type(self).draft(**contact, **kept, **columns)
            for promise in row.commitments.all():
                promise.pk, promise.signature, promise._state.adding = None, corrected, True
                promise.save(force_insert=True)
            corrected.confirm()
        return corrected

    def _show_less(self, columns: dict) -> None:
        self.name_may_be_shown = self.name_may_be_shown and columns["name_may_be_shown"]
        if columns["visibility"] != Visibility.PUBLIC and self.visibility != Visibility.COUNTED:
            self.visibility, self.public_from = columns["visibility"], columns["public_from"]
        self.save(update_fields=["name_may_be_shown", "visibility", "public_from"])
        type(self).objects.show_on_cities([self.city_id])
