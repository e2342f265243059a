"""Who signs: the institution, and the person who signs for it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.lines import LineField
from citysolidarity.forms.plain import PlainForm
from pledges.vocabularies import Office

LONGEST_INSTITUTION = 120
OFFICES = [choice for choice in Office.choices if choice[0] != Office.UNKNOWN]


class SignerForm(PlainForm):
    """The institution is the signatory; the person acts for it."""

    institution = LineField(
        label=_("Institution that signs"),
        help_text=_("Its full name, such as Greater Amman Municipality."),
        longest=LONGEST_INSTITUTION,
        missing=_("Enter the name of the institution that signs"),
    )
    office = forms.ChoiceField(
        label=_("Office of the person who signs"),
        choices=OFFICES,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the office of the person who signs"),
            "invalid_choice": _("Choose an office from the list"),
        },
    )
    office_other = LineField(label=_("Which other office?"), required=False)
    signer_name = LineField(
        label=_("Name of the person who signs"),
        help_text=_("A curator uses it to check the mandate. It is not shown unless you tick the box."),
        missing=_("Enter the name of the person who signs"),
    )
    name_may_be_shown = forms.BooleanField(label=_("This name may be shown in public"), required=False)

    def clean(self):
        facts = super().clean()
        if facts.get("office") == Office.OTHER:
            if not facts.get("office_other") and "office_other" not in self.errors:
                self.add_error("office_other", _("Enter which other office it is"))
        else:
            # Typed before another office was chosen: it counts no more, whatever it says.
            self.errors.pop("office_other", None)
            facts["office_other"] = ""
        return facts
