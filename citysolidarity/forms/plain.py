"""What all forms of the signing have in common: sentences of our own, and a summary of what is wrong."""

from typing import NamedTuple

from django import forms
from django.utils.translation import gettext as _


class Problem(NamedTuple):
    """One line of the summary: the sentence, and the id of the field it leads to ("" where it is about none)."""

    sentence: str
    target: str = ""


class PlainForm(forms.Form):
    """A form whose errors are read in a summary and beside their field, in the same words.

    ``spoilt`` names the fields that came with NUL characters, which have been taken out of ``data``.
    """

    # A browser's own bubble would hide the summary, and says less.
    use_required_attribute = False

    def __init__(self, *args, spoilt=frozenset(), **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.spoilt = spoilt

    def clean(self):
        for name in self.spoilt & self.fields.keys():
            self.errors.pop(name, None)
            self.add_error(name, _("This came with a character that is no text. We took it out: please check it."))
        return super().clean()

    def problems(self) -> list[Problem]:
        """Every error in the order of the fields."""
        found = [Problem(sentence) for sentence in self.non_field_errors()]
        for field in self:
            found += [Problem(sentence, self.target_of(field)) for sentence in field.errors]
        return found

    def target_of(self, field) -> str:
        """The id of what can be focused: of radio buttons the first."""
        return field.id_for_label or f"{field.auto_id}_0"
