"""Form fields of the desk."""

from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.postgres.forms import SimpleArrayField
from django.db.models import URLField
from django.forms import ChoiceField, ModelChoiceField, TextInput
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.line import without_bullet
from citysolidarity.forms.visible import visible
from citysolidarity.forms.webpage import WebPageField
from citysolidarity.forms.year import YearField
from practices.vocabularies import languages

# How many years ahead of this one; the same as in the public forms and in the import.
YEARS = {"started": 1, "ended": 1, "cost_year": 0, "year": 0}


class SameAsPublic:
    """For a ModelAdmin or an inline: years, languages and addresses of pages are read as in the public forms."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        told = {"label": capfirst(db_field.verbose_name), "help_text": db_field.help_text} | kwargs
        given = {name: told[name] for name in ("label", "help_text")} | {"required": not db_field.blank}
        if db_field.name in YEARS:
            return YearField(ahead=YEARS[db_field.name], **given)
        if db_field.name == "language":
            nothing = [("", _("Not known"))] if db_field.blank else []
            return ChoiceField(choices=lambda: nothing + languages.choices(), initial=db_field.get_default(), **given)
        if isinstance(db_field, URLField):
            return WebPageField(longest=db_field.max_length, **given)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


def keep_language(form) -> None:
    """Let a form offer the language that its row has, such as "pt-BR"."""
    stored = form.instance.language
    if "language" in form.fields and stored:
        nothing = [("", _("Not known"))] if not form.fields["language"].required else []
        form.fields["language"].choices = lambda: nothing + languages.choices(chosen=stored)


class LinesField(SimpleArrayField):
    """A list of names, one a line: commas are part of a name ("Ministry of Health, Labour and Welfare")."""

    widget = AdminTextareaWidget(attrs={"rows": 4})

    def __init__(self, base_field, **kwargs):
        kwargs = {"help_text": _("One per line."), **{name: value for name, value in kwargs.items() if value}}
        # The hidden copy that Django adds for a callable default would tell every save as a change.
        super().__init__(base_field, delimiter="\n", **{"required": False, **kwargs, "show_hidden_initial": False})

    def to_python(self, value):
        if isinstance(value, str):
            lines = [without_bullet(line).strip() for line in visible(value).splitlines()]
            value = list(filter(None, lines))
        return super().to_python(value)


class ByAddress(ModelChoiceField):
    """The address of a page, typed or pasted whole: the stock search for rows has no name for screen readers."""

    widget = TextInput
    name, nothing = "", ""

    def __init__(self, queryset, **kwargs):
        told = {
            "label": self.name,
            "help_text": _("Copy the address of its page here."),
            "error_messages": {"invalid_choice": self.nothing},
        }
        super().__init__(queryset, to_field_name="slug", **(told | kwargs))

    def to_python(self, value):
        last = value.strip().rstrip("/").rpartition("/")[2] if isinstance(value, str) else value
        return super().to_python(last)


class PracticeByAddress(ByAddress):
    name, nothing = _("Practice"), _("There is no entry at this address.")


class CityByAddress(ByAddress):
    name, nothing = _("City"), _("There is no city at this address.")


def show_addresses(form) -> None:
    """Fill the fields of a form that take an address from its row; fetch what they name with it."""
    for name, field in form.fields.items():
        if isinstance(field, ByAddress) and (named := getattr(form.instance, name, None)):
            form.initial[name] = named.slug
