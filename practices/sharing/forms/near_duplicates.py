"""Whether the practice is here already: then it is brought up to date, or told as another city's own version."""

from django import forms
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms import PlainForm

NEW, UPDATE, ADAPTATION = "new", "update", "adaptation"


class NearDuplicateForm(PlainForm):
    """``entries`` are the published entries much like it; the answer is ``new``, or ``update:`` or ``adaptation:``
    and the address of one of them.
    """

    heading = _("Is it one of these?")
    lead = _("These entries are similar to yours. Yours may still be a different practice.")

    alike = forms.ChoiceField(
        label=_("Is it one of these?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Select one of the entries, or say that yours is a different one"),
            "invalid_choice": _("Select one of the entries on this page, or say that yours is a different one"),
        },
    )

    def __init__(self, *args, entries=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["alike"].choices = [choice for entry in entries for choice in choices_of(entry)] + [
            (NEW, _("None of these: ours is a different practice"))
        ]


def choices_of(entry) -> list[tuple[str, str]]:
    facts = {"title": entry.title, "city": entry.city}
    return [
        (f"{UPDATE}:{entry.slug}", _("This is ours, and we want to update it: “%(title)s”, %(city)s") % facts),
        (f"{ADAPTATION}:{entry.slug}", _("Ours follows its example: “%(title)s”, %(city)s") % facts),
    ]
