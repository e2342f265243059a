"""The form of a translation: the original beside each text, and nothing that two people wrote is lost."""

from hashlib import sha256
from typing import NamedTuple

from django.contrib.admin.models import LogEntry
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.contenttypes.models import ContentType
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
from practices.vocabularies.languages import base_of, direction, name_in_sentence

COMPARED = (*TEXTS, "kind", "made_by")


class Pair(NamedTuple):
    """A text of the original beside its translation: ``field`` of the form (None for whoever only looks), and its text."""

    label: str
    original: str
    field: object
    text: str


class TranslationForm(CountingForm):
    """``conflict`` lists what somebody else saved meanwhile, ``reworded`` what changed in the original meanwhile."""

    locks = True
    user = None  # who fills it in
    is_own = False  # whether it was this very person who saved meanwhile, in another tab
    # Marks of the texts that the translator has before them, by which the page tells who changed what.
    seen_texts = CharField(required=False, widget=HiddenInput)
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
                "Shown to readers. A machine translation is never shown before someone has read all of it."
            ),
            "made_by": gettext_lazy(
                "The office or body that answers for it, or that checked what a machine made; it is shown. Not a person."
            ),
            "summary": "",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.conflict: list[Difference] = []
        self.taken: list[Difference] = []
        self.reworded: list[Difference] = []
        self.original = self._original()
        if self.instance.pk:
            self.initial["seen_revision"] = self.instance.revision
            self.initial["seen_texts"] = self._marks_of(self.instance)
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
            self._show_both()
            told = (
                _("Not saved: you saved this translation in another tab while you were writing.")
                if self.is_own
                else _("Not saved: someone else saved this translation while you were writing.")
            )
            raise ValidationError(f"{told} {_('Your texts are all still here.')}", code="stale")
        if not cleaned.get("only_a_slip") and self._is_reworded(cleaned.get("seen_original")):
            raise ValidationError(
                _(
                    "Not saved yet: the original has changed while you were writing. Look at what changed, then save again."
                ),
                code="reworded",
            )
        return cleaned

    def _show_both(self) -> None:
        """Compares three ways: what was before the translator, what is saved, and what stands in the form."""
        seen = self.cleaned_data.get("seen_texts", "").split()
        names = [*COMPARED, *self.phrases]
        begun = dict(zip(names, seen, strict=True)) if len(seen) == len(names) else {}
        saved = PracticeTranslation.objects.get(pk=self.instance.pk)
        self.data = self.data.copy()
        for name in names:
            stored = self._stored(saved, name)
            mine = str(self.cleaned_data.get(name, self._given(name)))
            if mark_of(stored) == mark_of(mine):
                continue
            change = Difference(name, self._label(name), stored, mine)
            if begun.get(name) == mark_of(mine):
                self.data[self.add_prefix(name)] = stored
                self.taken.append(change)
            elif begun.get(name) != mark_of(stored):
                self.conflict.append(change)
        entries = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(self.instance))
        last = entries.filter(object_id=self.instance.pk).order_by("-action_time", "-pk").first()
        self.is_own = bool(last and self.user and last.user_id == self.user.pk)
        self._set_seen(seen_revision=self.instance.revision)
        self.data[self.add_prefix("seen_texts")] = self._marks_of(saved)

    def _label(self, name: str) -> str:
        return label_of(name) if name in TEXTS else str(self.phrases.get(name) or self.fields[name].label)

    def _stored(self, row: PracticeTranslation, name: str) -> str:
        return row.phrases.get(self.phrases[name], "") if name in self.phrases else str(getattr(row, name))

    def _marks_of(self, row: PracticeTranslation) -> str:
        return " ".join(mark_of(self._stored(row, name)) for name in (*COMPARED, *self.phrases))

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


def mark_of(text: str) -> str:
    """A hash that tells texts apart; a browser sends other line breaks than a load."""
    return sha256(text.replace("\r\n", "\n").strip().encode()).hexdigest()[:12]


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
