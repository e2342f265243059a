"""The forms of a curator's acts. Each gets the signature it is about."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pledges.mailboxes import host_of, in_ascii, is_free
from pledges.models import Evidence
from pledges.vocabularies import Proof, Refusal

# What the holder of the mailbox says is not for a curator to say.
REFUSALS = [choice for choice in Refusal.choices if choice[0] != Refusal.NOT_ME]


class ActForm(forms.Form):
    """Nothing to fill in: the button alone."""

    def __init__(self, *args, signature, **kwargs):
        super().__init__(*args, **kwargs)
        self.signature = signature


class RefuseForm(ActForm):
    code = forms.ChoiceField(label=_("Why it is refused"), choices=REFUSALS, widget=forms.RadioSelect)


class WithdrawForm(ActForm):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("In one sentence, without names of people: it stays in the history for good and is not public."),
        error_messages={"required": _("Please give a reason.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DomainForm(ActForm):
    official_domain = forms.CharField(
        label=_("Official domain of the city"),
        max_length=200,
        help_text=_("Such as berlin.de. Names below it, such as mail.berlin.de, are included."),
    )
    source = forms.URLField(
        label=_("Where that is written"),
        max_length=500,
        help_text=_(
            "The address of a page you found yourself, such as a ministry’s list of municipalities. "
            "Never take the domain from the mail it shall prove."
        ),
    )

    def __init__(self, *args, signature, **kwargs):
        super().__init__(*args, signature=signature, **kwargs)
        self.fields["official_domain"].initial = signature.city.official_domain

    def clean_official_domain(self):
        typed = self.cleaned_data["official_domain"].strip().lower()
        host = host_of(typed) if "://" in typed else typed.strip("/@. ")
        domain = in_ascii(host.removeprefix("www."))
        try:
            DomainNameValidator()(domain)
        except ValidationError as error:
            raise ValidationError(_("Write a domain such as berlin.de."), code="domain") from error
        if is_free(domain):
            raise ValidationError(_("Anyone can open a mailbox there: it can’t be official."), code="free")
        return domain


class EvidenceForm(forms.ModelForm):
    class Meta:
        model = Evidence
        fields = ["kind", "url", "number_found_at", "seen_on", "note"]
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
            raise ValidationError(_("Nobody has seen it on a day that is still to come."), code="future")
        return self.cleaned_data["seen_on"]

    def clean(self):
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind == Proof.PUBLISHED_DECISION and not cleaned.get("url") and "url" not in self.errors:
            self.add_error("url", ValidationError(_("A published decision has an address."), code="no-address"))
        if kind == Proof.CALLED_BACK and not (cleaned.get("number_found_at") or "").strip():
            sentence = _("Say where you found the number: one that came with the signature proves nothing.")
            self.add_error("number_found_at", ValidationError(sentence, code="no-number"))
        return cleaned
