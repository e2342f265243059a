"""Fields that hold codes of a vocabulary.

A migration sees the stock field in place of each: it must not change when our modules move or a label is reworded.
"""

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from practices.vocabularies import CURRENCY, Vocabulary


class ChosenMixin:
    """A field whose choices are left to the code: the database column knows nothing of them."""

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, f"django.db.models.{self.get_internal_type()}", args, kwargs


class CodeField(ChosenMixin, models.CharField):
    """One code of a vocabulary; ``choices`` is a function, as the labels depend on the language."""


class LevelField(ChosenMixin, models.PositiveSmallIntegerField):
    """One level of a scale; ``choices`` is a function, as the labels depend on the language."""


class CurrencyField(models.CharField):
    """Three letters, as in ISO 4217; small ones become capitals."""

    default_validators = [
        RegexValidator(f"^{CURRENCY}$", _("Enter the currency in three letters, such as EUR"), code="currency")
    ]

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def to_python(self, value):
        value = super().to_python(value)
        return value.strip().upper() if isinstance(value, str) else value

    def formfield(self, **kwargs):
        # The room that a word such as "Euro" needs to be told what is asked for.
        return super().formfield(**kwargs | {"max_length": None})


class CodeListField(ArrayField):
    """A list of codes; ``vocabulary`` says which are known. The database checks it too (see ``known``)."""

    def __init__(self, verbose_name=None, *, vocabulary: Vocabulary | None = None, **kwargs):
        self.vocabulary = vocabulary
        kwargs = {
            "base_field": models.CharField(max_length=30),
            "default": list,
            "blank": True,
            "verbose_name": verbose_name,
        } | kwargs
        super().__init__(**kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.contrib.postgres.fields.ArrayField", args, kwargs

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
