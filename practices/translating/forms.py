"""The form of a translation: the original beside each text, and nothing that two people wrote is lost."""

from typing import NamedTuple

from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.forms import BooleanField, CharField, HiddenInput, IntegerField
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.entries.differences import Difference, differences, label_of
from practices.entries.forms import CountingForm
from practices.models import Practice, PracticeTranslation
from practices.models.entries.phrases import PHRASE_LENGTH, phrases_of
from practices.models.entries.record import Record
from practices.models.entries.texts import TEXTS
from practices.translating.both import ShowsBoth, mark_of, seen_texts
from practices.vocabularies.languages import base_of, direction, name_in_sentence

COMPARED = (*TEXTS, "kind", "made_by")


class Pair(NamedTuple):
    """A text of the original beside its translation: ``field`` of the form (None for whoever only looks), and its text."""

    label: str
    original: str
    field: object
    text: str


class TranslationForm(ShowsBoth, CountingForm):
    """``conflict`` lists what somebody else saved meanwhile, ``reworded`` what changed in the original meanwhile."""

    locks = True
    seen_texts = seen_texts()
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
                "Shown to readers. Publish a machine translation only once someone has read all of it."
            ),
            "made_by": gettext_lazy(
                "The office or body that answers for it, or that checked what a machine made; it is shown. Not a person."
            ),
            "summary": "",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.reworded: list[Difference] = []
        self.original = self._original()
        if self.instance.pk:
            self.initial["seen_revision"] = self.instance.revision
            self.initial["seen_texts"] = self.marks_of(self.instance)
        elif "only_a_slip" in self.fields:
            del self.fields["only_a_slip"]
        if self.original:
            self.initial["seen_original"] = self.original.revision
        language = self.instance.language or self._given("language")
        for name in TEXTS:
            if name in self.fields:
                self.fields[name].widget.attrs |= {"lang": language, "dir": direction(language)}
                names = {"text": label_of(name), "language": name_in_sentence(language)}
                self.fields[name].label = _("%(text)s, in %(language)s") % names
        for name, text in self.phrases.items():
            said = self.instance.phrases.get(text, "")
            widget = AdminTextareaWidget(attrs={"rows": 2, "lang": language, "dir": direction(language)})
            label = _("%(text)s, in %(language)s") % {"text": text, "language": name_in_sentence(language)}
            self.fields[name] = CharField(
                label=label, required=False, max_length=PHRASE_LENGTH, widget=widget, initial=said
            )
        self.add_counts()

    @cached_property
    def phrases(self) -> dict[str, str]:
        """Name of a field → the phrase of the original's facts that is translated in it."""
        return {f"phrase_{mark_of(text)}": text for text in phrases_of(self.original)} if self.original else {}

    def _given(self, name: str) -> str:
        return str((self.data.get(self.add_prefix(name)) if self.is_bound else self.initial.get(name)) or "")

    def _original(self) -> Practice | None:
        if self.instance.pk:
            return self.instance.practice
        key = self._given("practice")
        return Practice.objects.select_related("city").filter(pk=key).first() if key.isdecimal() else None

    def clean(self):
        cleaned = super().clean()
        said = {text: cleaned.get(name, "") for name, text in self.phrases.items()}
        self.instance.phrases = {text: words for text, words in said.items() if words}
        if not self.original:
            raise ValidationError(_("This entry is gone. Your texts are all still here."), code="gone")
        # Until this save is over nobody changes the original, and nobody else saves a translation of it.
        if self.locks:
            self.original = Practice.objects.select_for_update(of=["self"]).get(pk=self.original.pk)
        if base_of(self.original.language) == (self.instance.language or cleaned.get("language")):
            raise ValidationError(_("The original is in this language."), code="own")
        if self.instance.pk and cleaned.get("seen_revision") != self.instance.revision:
            self.show_both(PracticeTranslation.objects.get(pk=self.instance.pk))
            self._set_seen(seen_revision=self.instance.revision)
            raise ValidationError(self.not_saved(), code="stale")
        if not cleaned.get("only_a_slip") and self._is_reworded(cleaned.get("seen_original")):
            raise ValidationError(
                _(
                    "Not saved yet: the original has changed while you were writing. Look at what changed, then save again."
                ),
                code="reworded",
            )
        return cleaned

    @property
    def compared(self) -> list[str]:
        return [*COMPARED, *self.phrases]

    def name_of_text(self, name: str) -> str:
        return label_of(name) if name in TEXTS else str(self.phrases.get(name) or self.fields[name].label)

    def stored(self, row: PracticeTranslation, name: str) -> str:
        return row.phrases.get(self.phrases[name], "") if name in self.phrases else str(getattr(row, name))

    def _is_reworded(self, revision: int | None) -> bool:
        if self.original.rewordings.filter(revision__gt=revision or 0).exists():
            self.reworded = changes_since(self.original, revision or 0)
            self._set_seen(seen_original=self.original.revision)
            return True
        return False

    def _set_seen(self, **numbers: int) -> None:
        self.data = self.data.copy()
        for name, number in numbers.items():
            self.data[self.add_prefix(name)] = str(number)


def pairs(original: Practice, translation: PracticeTranslation, form=None) -> list[Pair]:
    rows = []
    for name in TEXTS:
        text, translated = getattr(original, name), getattr(translation, name)
        if text or translated:
            field = form[name] if form is not None and name in form.fields else None
            rows.append(Pair(label_of(name), text, field, translated))
    return rows


def phrase_pairs(original: Practice, translation: PracticeTranslation, form=None) -> list[Pair]:
    """The same for the words of the facts."""
    named = form.phrases if form is not None else dict.fromkeys(phrases_of(original))
    return [
        Pair("", text or name, form[name] if form is not None else None, translation.phrases.get(text or name, ""))
        for name, text in named.items()
    ]


def changes_since(original: Practice, revision: int) -> list[Difference]:
    """What the texts of an entry say otherwise than at this revision; nothing where that was not kept."""
    version = original.versions.filter(revision=revision).first()
    return differences(texts_in(version.record), texts_of(original)) if version else []


def texts_in(record: Record) -> Record:
    return {name: record[name] for name in TEXTS if name in record}


def texts_of(entry) -> Record:
    return {name: getattr(entry, name) for name in TEXTS}
