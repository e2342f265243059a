"""A field that holds several codes of one vocabulary."""

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from practices.vocabularies import Vocabulary


class CodesField(ArrayField):
    """A list of codes; ``vocabulary`` says which are known. The database checks it too (see ``known``)."""

    def __init__(self, verbose_name=None, *, vocabulary: Vocabulary | None = None, **kwargs):
        self.vocabulary = vocabulary
        kwargs = {"default": list, "blank": True, "verbose_name": verbose_name} | kwargs
        super().__init__(models.CharField(max_length=30), **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["base_field"]
        return name, path, args, kwargs

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            choices=lambda: self.vocabulary.choices,
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=kwargs.get("help_text", self.help_text),
            initial=kwargs.get("initial"),
        )

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        unknown = sorted(set(value) - set(self.vocabulary.codes))
        if unknown:
            raise ValidationError(_("Unknown: %(codes)s"), params={"codes": ", ".join(unknown)}, code="unknown")
