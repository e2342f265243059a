from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.fields import curator_name
from citysolidarity.desk.forms import DeskForm, WholeTexts
from citysolidarity.forms.webpage import WebPageField
from pledges.models import Evidence
from pledges.vocabularies import Proof, Refusal
from practices.cities.official_domain import OfficialDomainForm

# Only the holder of the mailbox can say NOT_ME.
REFUSALS = [choice for choice in Refusal.choices if choice[0] != Refusal.NOT_ME]


class ActForm(WholeTexts, forms.Form):
    """A button without fields; the base of the others."""

    def __init__(self, *args, signature, **kwargs):
        super().__init__(*args, **kwargs)
        self.signature = signature


class RefuseForm(ActForm):
    code = forms.ChoiceField(label=_("Why it is refused"), choices=REFUSALS, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Your own explanation"),
        max_length=300,
        required=False,
        help_text=_("Shown in the e-mail below the reason. You can leave this empty."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ResendForm(ActForm):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_(
            "Correct it only if you know the right one, for example from a call. Links sent earlier will stop working."
        ),
    )

    def __init__(self, *args, signature, **kwargs):
        super().__init__(*args, signature=signature, **kwargs)
        self.fields["email"].initial = getattr(getattr(signature, "contact", None), "email", "")


class WithdrawForm(ActForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("In one sentence, without names of people: it stays in the history for good and is not public."),
        error_messages={"required": _("Please give a reason.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DomainForm(OfficialDomainForm, ActForm):
    def __init__(self, *args, signature, **kwargs):
        super().__init__(*args, signature=signature, **kwargs)
        self.fields["official_domain"].initial = signature.city.official_domain


class RemoveEvidenceForm(ActForm):
    proof = forms.ChoiceField(label=_("Which"), widget=forms.RadioSelect)

    def __init__(self, *args, signature, **kwargs):
        super().__init__(*args, signature=signature, **kwargs)
        removable = signature.evidence.filter(was_strong=False).select_related("by")
        self.fields["proof"].choices = [(str(proof.pk), self._words_of(proof)) for proof in removable]

    def _words_of(self, proof: Evidence) -> str:
        parts = (proof.get_kind_display(), date_format(proof.seen_on), curator_name(proof.by), proof.url, proof.note)
        return ", ".join(part for part in parts if part)


class EvidenceForm(DeskForm, forms.ModelForm):
    class Meta:
        model = Evidence
        fields = ["kind", "url", "number_found_at", "seen_on", "note"]
        field_classes = {"url": WebPageField}
        widgets = {
            "kind": forms.RadioSelect,
            "seen_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "note": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, signature, **kwargs):
        super().__init__(*args, **kwargs)
        self.signature = signature
        self.fields["kind"].choices = Proof.choices
        self.fields["seen_on"].initial = timezone.localdate

    def clean_seen_on(self):
        if self.cleaned_data["seen_on"] > timezone.localdate():
            raise ValidationError(_("This date is in the future."), code="future")
        return self.cleaned_data["seen_on"]

    def clean(self):
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind == Proof.PUBLISHED_DECISION and not cleaned.get("url") and "url" not in self.errors:
            self.add_error(
                "url", ValidationError(_("Enter the web address of the published decision."), code="no-address")
            )
        if kind == Proof.CALLED_BACK and not (cleaned.get("number_found_at") or "").strip():
            sentence = _("Say where you found the number: one that came with the signature proves nothing.")
            self.add_error("number_found_at", ValidationError(sentence, code="no-number"))
        return cleaned
