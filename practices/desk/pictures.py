"""The pictures of an entry, edited beside its texts."""

from django import forms
from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.forms import DeskForm
from citysolidarity.desk.rows import RemovedByEditing
from citysolidarity.drawing.images import redrawn
from practices.models import Picture

ACCEPTED = "image/jpeg,image/png,image/webp"


class PictureForm(DeskForm, forms.ModelForm):
    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_(
            "JPEG, PNG or WebP, up to 5 MB and 6,000 pixels on each side. It is saved again without its hidden data."
        ),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )

    class Meta:
        widgets = {"alternative": forms.Textarea(attrs={"rows": 2, "maxlength": 250})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.drawn = None
        self.fields["file"].required = self.instance.pk is None

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file:
            self.drawn = redrawn(file)
        return file

    def clean(self):
        super().clean()
        if self.drawn and self._others().filter(key=self.drawn.key).exists():
            self.add_error("file", _("The entry already shows this picture."))

    def save(self, commit=True):
        if self.drawn:
            self.instance.keep(self.drawn)
        return super().save(commit)

    def _others(self):
        return Picture.objects.filter(practice=self.instance.practice_id).exclude(pk=self.instance.pk)


class PictureInline(RemovedByEditing, admin.StackedInline):
    model = Picture
    form = PictureForm
    fields = ["shown", "file", "alternative", ("credit", "licence"), "position"]
    readonly_fields = ["shown"]
    extra = 1  # one empty form, for those without a script
    max_num = 12

    @admin.display(description=_("picture"))
    def shown(self, picture):
        if picture.pk is None:
            return "–"
        return format_html(
            '<img class="shown" src="{}" alt="{}" loading="lazy">', picture.smallest, picture.alternative
        )
