"""Form fields of the desk."""

from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.postgres.forms import SimpleArrayField
from django.core.exceptions import ValidationError
from django.forms import JSONField
from django.utils.translation import gettext_lazy as _


class LinesField(SimpleArrayField):
    """A list of names, one a line: commas are part of a name ("Ministry of Health, Labour and Welfare")."""

    widget = AdminTextareaWidget(attrs={"rows": 4})

    def __init__(self, base_field, **kwargs):
        kwargs = {"help_text": _("One a line."), **{name: value for name, value in kwargs.items() if value}}
        # The hidden copy that Django adds for a callable default would tell every save as a change.
        super().__init__(base_field, delimiter="\n", **{"required": False, **kwargs, "show_hidden_initial": False})

    def to_python(self, value):
        if isinstance(value, str):
            value = [line.strip() for line in value.splitlines() if line.strip()]
        return super().to_python(value)


class NamesField(JSONField):
    """Names by language code; anything else would break the search words that are made of them."""

    def clean(self, value):
        names = super().clean(value) or {}
        if not isinstance(names, dict) or not all(isinstance(name, str) and name.strip() for name in names.values()):
            raise ValidationError(_('Write names by language, such as {"ar": "…", "fr": "…"}.'), code="names")
        return names
