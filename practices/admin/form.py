"""The form of an entry: counts words, and refuses to save over what somebody else saved meanwhile."""

from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.forms import HiddenInput, IntegerField
from django.utils.translation import gettext as _

from practices.admin.counting import CountingForm
from practices.admin.manual import HELP
from practices.differences import Difference, differences, label_of, readable, same
from practices.records import FIELDS, fields_of, record_of


class PracticeForm(CountingForm):
    """``conflict`` lists the fields where both changed something, ``taken`` those taken over from the other."""

    # The revision that the curator has before them; the database counts it.
    seen_revision = IntegerField(required=False, widget=HiddenInput)

    class Meta:
        help_texts = HELP
        widgets = {"summary": AdminTextareaWidget(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.conflict: list[Difference] = []
        self.taken: list[Difference] = []
        self.is_stale = False
        if self.instance.pk:
            self.initial["seen_revision"] = self.instance.revision
        self.add_counts()

    def clean(self):
        cleaned = super().clean()
        # The row is locked by now (PracticeAdmin.get_object): nobody can save between this look and our own save.
        if self.instance.pk and cleaned.get("seen_revision") != self.instance.revision:
            self.is_stale = True
            self._stored = record_of(self.instance)
            raise ValidationError(
                _("Not saved: somebody else saved this entry while you were writing. Your texts are all still here."),
                code="stale",
            )
        return cleaned

    def _post_clean(self):
        super()._post_clean()
        if self.is_stale:
            self._weave()

    def _weave(self) -> None:
        """Shows what both wrote; where only the other wrote, the form takes that over.

        The form then stands on the saved revision, so that the next save is a decision and not an accident.
        """
        mine, base = fields_of(self.instance), self._base()
        self.data = self.data.copy()
        for one in differences(self._stored, mine):
            if one.name not in self.fields or one.name in self.errors:
                continue
            if base and same(one.name, base[one.name], mine[one.name]):
                self._show_stored(one.name)
                self.taken.append(one)
            else:
                self.conflict.append(one)
        for part in ("sources", "figures"):
            if base and base[part] != self._stored[part]:
                saved = readable(part, self._stored[part])
                self.conflict.append(Difference(part, label_of(part), saved, _("As in the form below.")))
        self.data[self.add_prefix("seen_revision")] = str(self.instance.revision)

    def _base(self):
        """The record that both started from; None where a load or psql changed the entry, which keep no version."""
        seen = self.cleaned_data.get("seen_revision")
        version = self.instance.versions.filter(revision=seen).first() if seen else None
        return version and {name: version.record.get(name) for name in (*FIELDS, "sources", "figures")}

    def _show_stored(self, name: str) -> None:
        value = self.fields[name].prepare_value(self.initial.get(name))
        if isinstance(value, list):
            self.data.setlist(self.add_prefix(name), value)
        else:
            self.data[self.add_prefix(name)] = "" if value is None else str(value)
