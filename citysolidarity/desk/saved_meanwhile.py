"""Two who edit the same row at once: a save keeps what the other one saved, and asks where both wrote."""

import re
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode

from django.contrib.admin.utils import display_for_field
from django.core.validators import EMPTY_VALUES
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext as _

MOST_ROWS = 2_000  # as many as Django reads of a formset


def mark_of(value) -> str:
    """Tells values of a field apart, whether they come from the database or from a form."""
    value = value.pk if isinstance(value, Model) else sorted(value.items()) if isinstance(value, dict) else value
    return sha256(repr(None if value in EMPTY_VALUES else value).encode()).hexdigest()[:12]


def gone_as_new(data: QueryDict, prefix: str, rows: QuerySet) -> QueryDict:
    """What a formset was sent; what stood in rows that are gone by now comes last, as rows to be added."""
    initial, total = (data.get(f"{prefix}-{name}_FORMS", "") for name in ("INITIAL", "TOTAL"))
    if not initial.isdecimal() or not total.isdecimal():
        return data
    keys = {number: data.get(f"{prefix}-{number}-id", "") for number in range(min(int(initial), MOST_ROWS))}
    here = set(rows.filter(pk__in=[key for key in keys.values() if key.isdecimal()]).values_list("pk", flat=True))
    gone = [number for number, key in keys.items() if key.isdecimal() and int(key) not in here]
    order = [number for number in range(min(int(total), MOST_ROWS)) if number not in gone] + gone
    places = {f"{prefix}-{old}-": f"{prefix}-{new}-" for new, old in enumerate(order)}
    sent = QueryDict(mutable=True)
    for name, values in data.lists():
        row = re.match(rf"{re.escape(prefix)}-\d+-|", name)[0]
        sent.setlist(places.get(row, row) + name.removeprefix(row), values)
    for number in range(len(order) - len(gone), len(order)):
        sent[f"{prefix}-{number}-id"] = ""
    sent[f"{prefix}-INITIAL_FORMS"] = len(keys) - len(gone)
    return sent if gone else data


class SavedMeanwhile:
    """Mixed into a ModelForm, whose page sends back ``seen``. Its row is locked while it is saved (LockedWhileSaving)."""

    compares_fields = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        fields = self._meta.model._meta.concrete_fields if self.compares_fields and self.instance.pk else ()
        self.stored_marks = {
            field.name: mark_of(field.value_from_object(self.instance)) for field in fields if field.name in self.fields
        }

    @property
    def seen(self) -> str:
        """Marks of what is stored, by which the next save tells who changed what."""
        marks = urlencode(self.stored_marks)
        return marks and format_html('<input type="hidden" name="{}" value="{}">', self.add_prefix("seen"), marks)

    def clean(self):
        cleaned = super().clean()
        seen = dict(parse_qsl(self.data.get(self.add_prefix("seen"), "")))
        if seen and not self.instance.pk:
            self._gone(seen)
        for name in self.stored_marks.keys() & seen.keys() & self.cleaned_data.keys():
            if seen[name] == self.stored_marks[name] or mark_of(self.cleaned_data[name]) == self.stored_marks[name]:
                continue
            if seen[name] == mark_of(self.cleaned_data[name]):
                self._keep_stored(name, seen[name])
            else:
                self.add_error(name, self._told(name))
        return cleaned

    def _gone(self, seen: dict[str, str]) -> None:
        """A row that somebody else removed: it stays away, unless it was changed here, and is a new one then."""
        if all(mark_of(self.cleaned_data.get(name)) == mark for name, mark in seen.items()):
            self.stored_marks, self.cleaned_data["DELETE"] = seen, True

    def _keep_stored(self, name: str, mark: str) -> None:
        """Nothing of this field is saved, by this form or by the same one sent again."""
        del self.cleaned_data[name]
        if name in self.changed_data:
            self.changed_data.remove(name)
        self.stored_marks[name] = mark

    def _told(self, name: str) -> str:
        field = self.instance._meta.get_field(name)
        theirs = display_for_field(getattr(self.instance, name), field, _("nothing"))
        return _(
            "Not saved: this was changed while you were writing, by someone else or in another tab, to “%(theirs)s”. "
            "Save again to put yours in its place."
        ) % {"theirs": theirs}
