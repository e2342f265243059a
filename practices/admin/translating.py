"""The form of a translation: the original beside each text, and nothing that two people wrote is lost."""

from typing import NamedTuple

from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.forms import BooleanField, HiddenInput, IntegerField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.admin.counting import CountingForm
from practices.differences import Difference, differences, label_of
from practices.languages import base_of, direction, name_of
from practices.models import Practice, PracticeTranslation
from practices.models.texts import TEXTS
from practices.records import Record

COMPARED = (*TEXTS, "kind", "made_by")


class Pair(NamedTuple):
    """A text of the original beside its translation: ``field`` of the form (None for whoever only looks), and its text."""

    label: str
    original: str
    field: object
    text: str


class TranslationForm(CountingForm):
    """``conflict`` lists what somebody else saved meanwhile, ``reworded`` what changed in the original meanwhile."""

    # What the translator has before them: the translation, and the original.
    seen_revision = IntegerField(required=False, widget=HiddenInput)
    seen_original = IntegerField(required=False, widget=HiddenInput)
    only_a_slip = BooleanField(
        label=gettext_lazy("I only corrected a slip"),
        required=False,
        help_text=gettext_lazy("Then it still follows the version of the original that it followed before."),
    )

    class Meta:
        model = PracticeTranslation
        fields = ["practice", "language", *COMPARED]
        widgets = {"practice": HiddenInput, "language": HiddenInput, "summary": AdminTextareaWidget(attrs={"rows": 3})}
        help_texts = {
            "kind": gettext_lazy(
                "Readers are told. A machine’s text is never shown before somebody has read all of it."
            ),
            "made_by": gettext_lazy(
                "The office or body that answers for it, or that checked what a machine made; it is shown. Not a person."
            ),
            "summary": "",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.conflict: list[Difference] = []
        self.taken: list[Difference] = []  # the form of an entry has some; here everything is a decision
        self.reworded: list[Difference] = []
        self.original = self._original()
        if self.instance.pk:
            self.initial["seen_revision"] = self.instance.revision
        elif "only_a_slip" in self.fields:
            del self.fields["only_a_slip"]
        if self.original:
            self.initial["seen_original"] = self.original.revision
        language = self.instance.language or self._given("language")
        for name in TEXTS:
            if name in self.fields:
                self.fields[name].widget.attrs |= {"lang": language, "dir": direction(language)}
                said = {"text": label_of(name), "language": name_of(language)}
                self.fields[name].label = _("%(text)s, in %(language)s") % said
        self.add_counts()

    def _given(self, name: str) -> str:
        return str((self.data.get(self.add_prefix(name)) if self.is_bound else self.initial.get(name)) or "")

    def _original(self) -> Practice | None:
        if self.instance.pk:
            return self.instance.practice
        key = self._given("practice")
        return Practice.objects.select_related("city").filter(pk=key).first() if key.isdecimal() else None

    def clean(self):
        cleaned = super().clean()
        if not self.original:
            raise ValidationError(_("This entry is gone. Your texts are all still here."), code="gone")
        # Until this save is over nobody changes the original, and nobody else saves a translation of it.
        self.original = Practice.objects.select_for_update(of=["self"]).get(pk=self.original.pk)
        if base_of(self.original.language) == (self.instance.language or cleaned.get("language")):
            raise ValidationError(_("The original is in this language."), code="own")
        if self.instance.pk and cleaned.get("seen_revision") != self.instance.revision:
            self._show_both()
            raise ValidationError(
                _(
                    "Not saved: somebody else saved this translation while you were writing. Your texts are all still here."
                ),
                code="stale",
            )
        if not cleaned.get("only_a_slip") and self._is_reworded(cleaned.get("seen_original")):
            raise ValidationError(
                _(
                    "Not saved yet: the original has changed while you were writing. Look at what changed, then save again."
                ),
                code="reworded",
            )
        return cleaned

    def _show_both(self) -> None:
        """What both wrote; the next save is a decision."""
        stored = {name: getattr(self.instance, name) for name in COMPARED}
        for name, text in stored.items():
            mine = self.cleaned_data.get(name, self._given(name))
            if text != mine:
                self.conflict.append(Difference(name, self._label(name), str(text), str(mine)))
        self._stand_on(seen_revision=self.instance.revision)

    def _label(self, name: str) -> str:
        return label_of(name) if name in TEXTS else str(self.fields[name].label)

    def _is_reworded(self, seen: int | None) -> bool:
        if self.original.rewordings.filter(revision__gt=seen or 0).exists():
            self.reworded = changes_since(self.original, seen or 0)
            self._stand_on(seen_original=self.original.revision)
            return True
        return False

    def _stand_on(self, **numbers: int) -> None:
        self.data = self.data.copy()
        for name, number in numbers.items():
            self.data[self.add_prefix(name)] = str(number)


def pairs(original: Practice, translation: PracticeTranslation, form=None) -> list[Pair]:
    """The texts of an entry beside those of its translation; a text that neither has is left out."""
    found = []
    for name in TEXTS:
        text, translated = getattr(original, name), getattr(translation, name)
        if text or translated:
            field = form[name] if form is not None and name in form.fields else None
            found.append(Pair(label_of(name), text, field, translated))
    return found


def changes_since(original: Practice, revision: int) -> list[Difference]:
    """What the texts of an entry say otherwise than at this revision; nothing where that was not kept."""
    version = original.versions.filter(revision=revision).first()
    return differences(texts_in(version.record), texts_of(original)) if version else []


def texts_in(record: Record) -> Record:
    return {name: record[name] for name in TEXTS if name in record}


def texts_of(entry) -> Record:
    return {name: getattr(entry, name) for name in TEXTS}
