"""The form of an entry: counts words, and refuses to save over what somebody else saved meanwhile."""

from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.forms import HiddenInput, IntegerField
from django.utils.translation import gettext as _

from practices.desk.fields import keep_language
from practices.entries.differences import Difference, differences, label_of, readable, same
from practices.entries.forms import CountingForm
from practices.entries.help_texts import HELP
from practices.models.entries.record import FIELDS, PARTS, SOURCE_FIELDS, fields_of, record_of

LISTED = {"sources": SOURCE_FIELDS} | PARTS


class PracticeForm(CountingForm):
    """``conflict`` lists what both changed, ``taken`` what only the other changed: the form takes it over.

    ``is_own`` says that the other save was one's own, in another tab.
    """

    compares_fields = False  # what was saved meanwhile is compared as a whole
    user = None  # who fills it in
    # The revision that the curator has before them; the database counts it.
    seen_revision = IntegerField(label="", required=False, widget=HiddenInput)

    class Meta:
        help_texts = HELP
        widgets = {"summary": AdminTextareaWidget(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.conflict: list[Difference] = []
        self.taken: list[Difference] = []
        self.is_stale = self.is_own = False
        if self.instance.pk:
            self.initial["seen_revision"] = self.instance.revision
        self.add_counts()
        keep_language(self)

    def clean(self):
        cleaned = super().clean()
        # The row is locked by now (LockedWhileSaving): nobody can save between this look and our own save.
        if self.instance.pk and cleaned.get("seen_revision") != self.instance.revision:
            self.is_stale = True
            self._stored = record_of(self.instance)
            self.is_own = self._saved_by_oneself(cleaned.get("seen_revision") or 0)
            told = (
                _("Not saved: you saved this entry in another tab while you were writing.")
                if self.is_own
                else _("Not saved: someone else saved this entry while you were writing.")
            )
            raise ValidationError(f"{told} {_('Your texts are all still here.')}", code="stale")
        return cleaned

    def _post_clean(self):
        super()._post_clean()
        if self.is_stale:
            self._merge_other_save()

    def _saved_by_oneself(self, revision: int) -> bool:
        """Whether all that was saved after this revision was saved at the desk, by this very person."""
        later = self.instance.versions.filter(revision__gt=revision).values_list("revision", "by")
        return any(number == self.instance.revision for number, _by in later) and {by for _number, by in later} == {
            getattr(self.user, "pk", None)
        }

    def _merge_other_save(self) -> None:
        """Compares three ways: what both started from, what is saved, and what stands in the form.

        The form then stands on the saved revision, so that the next save is a decision and not an accident.
        """
        mine, base = fields_of(self.instance), self._base()
        self.data = self.data.copy()
        for change in differences(self._stored, mine):
            name = change.name
            if name not in self.fields or name in self.errors:
                continue
            if base and same(name, base[name], mine[name]):
                self._show_stored(name)
                self.taken.append(change)
            elif not base or not same(name, base[name], self._stored[name]):
                self.conflict.append(change)
        self.instance.parts_taken = set()
        for part in LISTED if base else ():
            self._merge_part(part, base[part] or [])
        self.data[self.add_prefix("seen_revision")] = str(self.instance.revision)

    def _merge_part(self, part: str, base: list) -> None:
        """Sources or figures as a whole: they have no name by which one would know them again."""
        stored, mine = self._stored[part], rows_in(self.data, part)
        if as_typed(part, base) == as_typed(part, stored) or as_typed(part, mine) == as_typed(part, stored):
            return
        saved, begun = readable(part, stored), readable(part, base)
        if as_typed(part, mine) == as_typed(part, base):
            self.instance.parts_taken.add(part)
            self.taken.append(Difference(part, label_of(part), saved, begun))
        else:
            self.conflict.append(Difference(part, label_of(part), saved, readable(part, mine)))

    def _base(self):
        """The record that both started from; None where a load or psql changed the entry, which keep no version."""
        revision = self.cleaned_data.get("seen_revision")
        version = self.instance.versions.filter(revision=revision).first() if revision else None
        return version and {name: version.record.get(name) for name in (*FIELDS, *LISTED)}

    def _show_stored(self, name: str) -> None:
        value = self.fields[name].prepare_value(self.initial.get(name))
        if isinstance(value, list):
            self.data.setlist(self.add_prefix(name), value)
        else:
            self.data[self.add_prefix(name)] = "" if value is None else str(value)


def rows_in(data, part: str) -> list[dict]:
    """The sources or figures that a sent form holds, as typed; rows that are removed or empty are none."""
    count = data.get(f"{part}-TOTAL_FORMS", "")
    rows = []
    for number in range(min(int(count), 1000) if count.isdecimal() else 0):
        row = {name: data.get(f"{part}-{number}-{name}", "").strip() for name in LISTED[part]}
        if any(row.values()) and not data.get(f"{part}-{number}-DELETE"):
            rows.append(row)
    return rows


def as_typed(part: str, rows: list[dict]) -> list[list[str]]:
    """The rows as a form would send them, to be compared."""
    return [["" if row.get(name) is None else str(row[name]) for name in LISTED[part]] for row in rows]
