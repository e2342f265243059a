from django import forms
from django.utils.translation import gettext_lazy as _

from citysolidarity.forms.base import PlainForm
from citysolidarity.forms.line import LineField
from pledges.vocabularies import Office

LONGEST_INSTITUTION = 120
OFFICES = [choice for choice in Office.choices if choice[0] != Office.UNKNOWN]


class SignerForm(PlainForm):
    """The institution is the signatory; the person acts for it."""

    institution = LineField(
        label=_("Institution"),
        help_text=_("Full official name, for example Greater Amman Municipality."),
        longest=LONGEST_INSTITUTION,
        missing=_("Enter the name of the institution"),
    )
    office = forms.ChoiceField(
        label=_("Role of the signatory"),
        choices=OFFICES,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Select the role of the signatory"),
            "invalid_choice": _("Select a role from the list"),
        },
    )
    office_other = LineField(label=_("Which other role?"), required=False)
    signer_name = LineField(
        label=_("Name of the signatory"),
        help_text=_("A curator uses it to verify the mandate. It is not shown unless you tick the box."),
        missing=_("Enter the name of the signatory"),
    )
    name_may_be_shown = forms.BooleanField(label=_("This name may be shown publicly"), required=False)

    def clean(self):
        facts = super().clean()
        if facts.get("office") == Office.OTHER:
            if not facts.get("office_other") and "office_other" not in self.errors:
                self.add_error("office_other", _("Enter the other role"))
        else:
            # What was typed before another office was chosen no longer counts, not even its errors.
            self.errors.pop("office_other", None)
            facts["office_other"] = ""
        return facts
