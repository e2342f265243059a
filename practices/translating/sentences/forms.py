"""The form of a translation sentence by sentence: each beside its original, and nothing that two people wrote is lost."""

from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import CharField, HiddenInput, ModelForm, modelform_factory
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from citysolidarity.desk.forms import DeskForm
from practices.models.entries.phrases import PHRASE_LENGTH
from practices.models.sentences import WRITTEN_IN, SentenceTranslation
from practices.translating.both import ShowsBoth, mark_of, seen_texts
from practices.translating.forms import Pair
from practices.vocabularies.languages import base_of, direction, name_in_sentence

PREFIX = "phrase_"


class SentencesForm(ShowsBoth, DeskForm, ModelForm):
    """``homeless`` lists what was written for sentences that were changed in the original meanwhile."""

    locks = True
    seen_texts = seen_texts()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.homeless: list[str] = []
        if self.instance.pk:
            self.initial["seen_texts"] = self.marks_of(self.instance)
        for name, text in self.originals.items():
            widget = AdminTextareaWidget(attrs={"rows": 2, "lang": self.language, "dir": direction(self.language)})
            names = {"text": self.sentences[text], "language": name_in_sentence(self.language)}
            self.fields[name] = CharField(
                label=_("%(text)s, in %(language)s") % names,
                required=False,
                max_length=PHRASE_LENGTH,
                widget=widget,
                initial=self.instance.phrases.get(text, ""),
            )

    @cached_property
    def language(self) -> str:
        return self.instance.language or self._given("language")

    @cached_property
    def original(self) -> Model | None:
        if self.instance.pk:
            return self.instance.original
        key = self._given(self.instance.translates)
        return self._originals.filter(pk=key).first() if key.isdecimal() else None

    @property
    def _originals(self):
        return self.instance._meta.get_field(self.instance.translates).related_model.objects

    @cached_property
    def sentences(self) -> dict[str, str]:
        return self.original.sentences() if self.original else {}

    @cached_property
    def originals(self) -> dict[str, str]:
        """Name of a field → the sentence of the original that is translated in it."""
        return {f"{PREFIX}{mark_of(text)}": text for text in self.sentences}

    @property
    def compared(self) -> list[str]:
        return [*self.originals]

    def stored(self, row: SentenceTranslation, name: str) -> str:
        return row.phrases.get(self.originals[name], "")

    def name_of_text(self, name: str) -> str:
        return self.originals[name]

    def _given(self, name: str) -> str:
        return str((self.data.get(self.add_prefix(name)) if self.is_bound else self.initial.get(name)) or "")

    def clean(self):
        cleaned = super().clean()
        if not self.original:
            raise ValidationError(_("The original is gone. Your texts are all still here."), code="gone")
        # Until this save is over nobody changes the original; whoever did so before has changed ``sentences``.
        if self.locks:
            self._originals.select_for_update().get(pk=self.original.pk)
        if language_of(self.original) == self.language:
            raise ValidationError(_("The original is in this language."), code="own")
        posted = {name: self.data[name] for name in self.data if name.startswith(PREFIX)}
        self.homeless = [text for name, text in posted.items() if name not in self.originals and text.strip()]
        if self.homeless:
            raise ValidationError(
                _(
                    "Not saved yet: the original has changed while you were writing. Look at what changed, then save again."
                ),
                code="reworded",
            )
        if self.instance.pk and cleaned.get("seen_texts") != self.marks_of(self.instance):
            self.show_both(self.instance)
            if self.conflict or self.taken:
                raise ValidationError(self.not_saved(), code="stale")
        said = {text: cleaned.get(name, "") for name, text in self.originals.items()}
        self.instance.phrases = {text: words for text, words in said.items() if words}
        return cleaned


def pairs(translation: SentenceTranslation, sentences: dict[str, str], form: SentencesForm | None) -> list[Pair]:
    """Each sentence beside its translation; without a form for whoever only looks."""
    fields = {text: form[name] for name, text in form.originals.items()} if form else {}
    return [Pair(label, text, fields.get(text), translation.phrases.get(text, "")) for text, label in sentences.items()]


def form_for(model: type[SentenceTranslation]) -> type[SentencesForm]:
    fields = [model.translates, "language"]
    return modelform_factory(model, SentencesForm, fields=fields, widgets=dict.fromkeys(fields, HiddenInput))


def language_of(original: Model) -> str:
    """The code of the language in which a guide is written; our words on documents and networks are in one language."""
    return base_of(getattr(original, "language", WRITTEN_IN))
