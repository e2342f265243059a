"""What all forms for the public have in common: sentences of our own, and a summary of what is wrong."""

from collections.abc import Iterator
from typing import NamedTuple

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Problem(NamedTuple):
    """One line of the summary: the sentence, and the id of the field it leads to ("" where it is about none)."""

    sentence: str
    target: str = ""


# How a field is shown, by its widget; any other is one input under its label.
COMPONENTS = {
    forms.RadioSelect: "components/radios.html",
    forms.CheckboxSelectMultiple: "components/radios.html",
    forms.CheckboxInput: "components/tick.html",
}
ONE_INPUT = "components/field.html"


# The name of a field that no person sees.
TRAP = "subject"


def trap() -> forms.CharField:
    """A field that only robots fill in; it stands in a form under the name of TRAP."""
    return forms.CharField(
        label=gettext_lazy("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )


class PlainForm(forms.Form):
    """A form whose errors are read in a summary and beside their field, in the same words.

    ``spoilt`` names the fields that came with NUL characters, which have been taken out of ``data``.
    """

    # What the page of a form says above its fields, where the form says it.
    heading = lead = ""
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

    @classmethod
    def posted(cls, request, **kwargs):
        """The form with what was sent to us, or empty where nothing was; ``kwargs`` are passed on."""
        if request.method != "POST":
            return cls(**kwargs)
        # A character that no text holds: without it, the fields say what is wrong.
        spoilt = frozenset(name for name, values in request.POST.lists() if any("\0" in value for value in values))
        data = request.POST.copy()
        for name, values in request.POST.lists():
            data.setlist(name, [value.replace("\0", "") for value in values])
        return cls(data, spoilt=spoilt, **kwargs)

    @property
    def parts(self) -> Iterator[tuple[str, forms.BoundField]]:
        """Each visible field with the template that shows it."""
        return ((COMPONENTS.get(type(field.field.widget), ONE_INPUT), field) for field in self.visible_fields())

    def problems(self) -> list[Problem]:
        """Every error in the order of the fields."""
        found = [Problem(sentence) for sentence in self.non_field_errors()]
        for field in self:
            found += [Problem(sentence, self.target_of(field)) for sentence in field.errors]
        return found

    def target_of(self, field) -> str:
        """The id of what can be focused: of radio buttons the first."""
        return field.id_for_label or f"{field.auto_id}_0"


class AskedForm(PlainForm):
    """A form that may be left empty all over: a mark says that its page was shown, and not passed over.

    ``mark`` is the name of a hidden field, which begins with ``seen``.
    """

    mark = "seen"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[self.mark] = forms.CharField(required=False, widget=forms.HiddenInput, initial="1")

    def clean(self):
        facts = super().clean()
        if not facts.get(self.mark):
            raise forms.ValidationError(_("This page was not answered: please look at it and go on"), code="not-asked")
        return facts
