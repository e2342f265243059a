"""What every form of the desk does: nothing pasted is cut off, what cannot be seen is dropped as from what the public
types, and what the database refuses stands beside its field.
"""

from functools import partial

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Q
from django.forms import CharField, Textarea
from django.utils.translation import gettext as _

from citysolidarity.desk.saved_meanwhile import SavedMeanwhile
from citysolidarity.forms.visible import visible


class WholeTexts:
    """Mixed into a form: the browser would cut a pasted text at ``maxlength`` without saying so."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)
            if isinstance(field, CharField):
                field.to_python = partial(seen, field.to_python, isinstance(field.widget, Textarea))


def seen(to_python, has_lines: bool, value):
    text = to_python(value)
    return visible(text, lines=has_lines) if isinstance(text, str) else text


class DeskForm(SavedMeanwhile, WholeTexts):
    """Mixed into a ModelForm. A form several screens tall says where a constraint is broken."""

    def add_error(self, field, error):
        told = dict(getattr(error, "error_dict", {}))
        if field is None and NON_FIELD_ERRORS in told:
            broken = list(self._broken_constraints())
            sentences = {str(sentence) for _constraint, own in broken for sentence in own.messages}
            rest = [one for one in told.pop(NON_FIELD_ERRORS) if not sentences.issuperset(one.messages)]
            for constraint, own in broken:
                super().add_error(self._field_of(constraint), own if is_in_words(constraint) else unlikely())
            if rest:
                told[NON_FIELD_ERRORS] = rest
            if not told:
                return
            error = ValidationError(told)
        super().add_error(field, error)

    def _broken_constraints(self):
        for model, constraints in self.instance.get_constraints():
            for constraint in constraints:
                try:
                    constraint.validate(model, self.instance)
                except ValidationError as error:
                    yield constraint, error

    def _field_of(self, constraint) -> str | None:
        """The field to look at first: an empty one, where the constraint is about several."""
        shown = [
            name for name in names_in(constraint) if name in self.fields and not self.fields[name].widget.is_hidden
        ]
        empty = (name for name in shown if self.cleaned_data.get(name) in (None, "", []))
        return next(empty, shown[0] if shown else None)


def is_in_words(constraint) -> bool:
    return constraint.violation_error_message != constraint.default_violation_error_message


def unlikely() -> ValidationError:
    return ValidationError(_("This is not possible: please check it."), code="constraint")


def names_in(constraint) -> list[str]:
    """The fields that a constraint is about, in its order."""
    if fields := getattr(constraint, "fields", None):
        return list(fields)
    return list(dict.fromkeys(names_of(getattr(constraint, "condition", None))))


def names_of(part):
    if isinstance(part, Q):
        for child in part.children:
            yield from names_of(child)
    elif isinstance(part, tuple):
        yield part[0].partition("__")[0]
