"""Which of our columns theirs are, and what is said of every row: the form for other people's sheets."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from practices import vocabularies as words
from practices.entries.differences import label_of
from practices.models import SheetImport
from practices.models.entries.record import FIELDS, SOURCE_FIELDS
from practices.spreadsheets.columns import column_of, likely

SOURCES = 3
NOTHING = ("", gettext_lazy("– leave it out –"))
# What no draft can be without, where the sheet has no column for it; the last two if it has web addresses.
FIXED = ("summary", "themes", "instrument", "language", "source 1 title", "source 1 publisher")
CHOSEN = {"themes": words.THEMES, "instrument": words.INSTRUMENTS}


def column_choices() -> list[tuple[str, str]]:
    own = [(name, label_of(name) if name != "slug" else _("Address of the entry (slug)")) for name in FIELDS]
    own.insert(own.index(("city", label_of("city"))) + 1, ("country", _("Country")))
    names = {"title": _("title"), "publisher": _("publisher"), "url": _("web address"), "year": _("year"),
             "language": _("language"), "archived_url": _("archived copy")}  # fmt: skip
    sources = [
        (f"source {place} {name}", _("Source %(place)d: %(what)s") % {"place": place, "what": names[name]})
        for place in range(1, SOURCES + 1)
        for name in SOURCE_FIELDS
    ]
    return [NOTHING, ("revision", _("Revision")), *own, *sources]


class MatchForm(forms.Form):
    """A choice for each column of the sheet, and fields for what is said of every row."""

    def __init__(self, sheet: SheetImport, data=None):
        super().__init__(data)
        self.sheet = sheet
        choices = column_choices()
        known = dict(choices)
        remembered = SheetImport.objects.remembered([column["name"] for column in sheet.heading]) | sheet.columns
        taken: set[str] = set()
        for place, column in enumerate(sheet.heading):
            name = column["name"]
            guess = remembered.get(name, column_of(name) or likely(name))
            guess = "" if guess in taken else guess
            taken.add(guess)
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=_("“%(name)s”") % {"name": name},
                help_text=_("For example: %s") % column["sample"] if column["sample"] else _("Empty in every row."),
                # A column of a source beyond those that are offered keeps its own name.
                choices=choices if guess in known else [*choices, (guess, guess)],
                initial=guess,
                required=False,
            )
        for name in FIXED:
            self.fields[f"fixed_{name.replace(' ', '_')}"] = self._fixed(name, known[name])

    def _fixed(self, name: str, label: str) -> forms.Field:
        options = {"label": label, "required": False, "initial": self.sheet.fixed.get(name, "")}
        if name in CHOSEN:
            return forms.ChoiceField(choices=[("", "–"), *CHOSEN[name].choices], **options)
        return forms.CharField(max_length=280, **options)

    @property
    def columns(self):
        return [self[name] for name in self.fields if name.startswith("column_")]

    @property
    def said_of_every_row(self):
        return [self[name] for name in self.fields if name.startswith("fixed_")]

    def clean(self):
        facts = super().clean()
        chosen = {column["name"]: facts.get(f"column_{place}") or "" for place, column in enumerate(self.sheet.heading)}
        ours = [name for name in chosen.values() if name]
        if twice := sorted({dict(column_choices()).get(name, name) for name in ours if ours.count(name) > 1}):
            raise ValidationError(_("Chosen for two columns: %s. One of them has to be left out.") % ", ".join(twice))
        if "slug" not in ours and not {"title", "city"} <= {*ours}:
            raise ValidationError(
                _("Choose at least the columns of the title and the city: an entry is known by them.")
            )
        facts["columns"] = chosen
        facts["fixed"] = {
            name: text for name in FIXED if (text := (facts.get(f"fixed_{name.replace(' ', '_')}") or "").strip())
        }
        return facts
