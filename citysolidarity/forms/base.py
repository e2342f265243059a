"""The base of all forms for the public: every error in a sentence of ours, beside its field and in a summary."""

from collections.abc import Iterator
from typing import NamedTuple

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from citysolidarity.forms.bounds import OwnField


class Problem(NamedTuple):
    """A line of the summary of errors; ``target`` is the id of its field, "" where it concerns the whole form."""

    sentence: str
    target: str = ""


# The template of a field by its widget.
COMPONENTS = {
    forms.RadioSelect: "components/radios.html",
    forms.CheckboxSelectMultiple: "components/radios.html",
    forms.CheckboxInput: "components/tick.html",
}
ONE_INPUT = "components/field.html"

HONEYPOT = "subject"  # the name of a field that no person sees
LONGEST_OWN = 200  # characters of a value that the page itself writes


def honeypot() -> OwnField:
    """A field that only robots fill in. Forms must call it by the name HONEYPOT."""
    return OwnField(
        label=gettext_lazy("Leave this empty"),
        longest=LONGEST_OWN,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )


def without_nul(sent: QueryDict) -> tuple[QueryDict, frozenset[str]]:
    """A copy without NUL characters, which PostgreSQL cannot store, and the names of the fields that had some."""
    had_nul = frozenset(name for name, values in sent.lists() if any("\0" in value for value in values))
    data = QueryDict(mutable=True)
    for name, values in sent.lists():
        data.setlist(name.replace("\0", ""), [value.replace("\0", "") for value in values])
    return data, had_nul


class PlainForm(forms.Form):
    """``had_nul`` names the fields that came with NUL characters, which have been taken out of ``data``."""

    heading = lead = ""  # for pages that print them above the fields
    # The browser's own message would hide the summary.
    use_required_attribute = False

    def __init__(self, *args, had_nul=frozenset(), **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.had_nul = had_nul

    def clean(self):
        for name in self.had_nul & self.fields.keys():
            self.errors.pop(name, None)
            self.add_error(name, _("This contained a character that is not text. We have removed it: please check."))
        return super().clean()

    @classmethod
    def posted(cls, request, **kwargs):
        """The form bound to a POST, or unbound for any other method."""
        if request.method != "POST":
            return cls(**kwargs)
        data, had_nul = without_nul(request.POST)
        return cls(data, had_nul=had_nul, **kwargs)

    @property
    def parts(self) -> Iterator[tuple[str, forms.BoundField]]:
        """Each visible field with its template."""
        return ((COMPONENTS.get(type(field.field.widget), ONE_INPUT), field) for field in self.visible_fields())

    def problems(self) -> list[Problem]:
        """Every error in the order of the fields."""
        problems = [Problem(sentence) for sentence in self.non_field_errors()]
        for field in self:
            # A group of radio buttons cannot be focused, but its first button can.
            target = field.id_for_label or f"{field.auto_id}_0"
            problems += [Problem(sentence, target) for sentence in field.errors]
        return problems


class OptionalPage(PlainForm):
    """A form that may be left empty. Its hidden field ``mark``, whose name begins with "seen", proves that its page was shown."""

    mark = "seen"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[self.mark] = OwnField(longest=LONGEST_OWN, initial="1")

    def clean(self):
        facts = super().clean()
        if not facts.get(self.mark):
            raise forms.ValidationError(
                _("This page has not been answered: please check it and continue"), code="not-asked"
            )
        return facts
