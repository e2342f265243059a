from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices.models import PracticeTranslation
from practices.models.entries.translation import TranslationKind
from practices.translating.exchange.reading import MOST_BYTES, BadFile, read
from practices.translating.forms import TranslationForm
from practices.vocabularies.languages import LANGUAGES, name_of


class ExportForm(forms.Form):
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=lambda: [(code, name_of(code)) for code in LANGUAGES]
    )
    untranslated = forms.BooleanField(
        label=gettext_lazy("Also public entries without a translation into this language"), required=False
    )


class TranslatorsFileForm(forms.Form):
    """``cleaned_data["content"]`` holds the bytes of a file that can be read, and ``language`` what it says of itself."""

    file = forms.FileField(
        label=gettext_lazy("File of the translators"),
        help_text=gettext_lazy("PO, as it was exported here; at most 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".po,.pot"}),
    )

    def clean_file(self):
        upload = self.cleaned_data["file"]
        if upload.size > MOST_BYTES:
            raise ValidationError(_("The file is larger than 10 MB. Please split it."))
        content = upload.read()
        try:
            self.cleaned_data["language"] = read(content).language
        except BadFile as problem:
            raise ValidationError(str(problem)) from problem
        self.cleaned_data["content"] = content
        return upload


class SaveFileForm(forms.Form):
    """``begins``: whether translations are new, which need to say who made them."""

    take = forms.TypedMultipleChoiceField(coerce=int, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("How it was made"),
        choices=[("", gettext_lazy("As each translation says now")), *TranslationKind.choices],
        required=False,
        help_text=TranslationForm.Meta.help_texts["kind"],
    )
    made_by = forms.CharField(
        label=gettext_lazy("Made by"),
        max_length=PracticeTranslation._meta.get_field("made_by").max_length,
        required=False,
        help_text=TranslationForm.Meta.help_texts["made_by"],
    )

    def __init__(self, *args, lines: list[int], begins: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.begins = begins
        self.fields["take"].choices = [(line, line) for line in lines]

    def clean_made_by(self):
        made_by = self.cleaned_data["made_by"]
        if self.begins and not made_by:
            raise ValidationError(_("Some translations are new: say which office or body made them."))
        return made_by
