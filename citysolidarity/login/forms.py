"""The forms of the login."""

import json

from django import forms
from django.utils.translation import gettext_lazy as _

# Characters; a passkey with its certificates takes some 5,000.
LONGEST_CREDENTIAL = 50_000
LONGEST_PASSWORD = 4_096


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        error_messages={"required": _("Enter the code.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "size": 12}),
    )


class CredentialField(forms.CharField):
    """A JSON object, as a dict. Longer texts than any browser sends, and any other JSON, are refused."""

    def clean(self, value):
        text = super().clean(value)
        try:
            # Thousands of digits or of brackets are more than Python reads.
            credential = json.loads(text) if len(text) <= LONGEST_CREDENTIAL else None
        except (ValueError, RecursionError):
            credential = None
        if not isinstance(credential, dict):
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return credential


class PasskeyForm(forms.Form):
    """Filled in by static/js/passkey.js."""

    credential = CredentialField(
        widget=forms.HiddenInput,
        error_messages={"required": _("The browser sent no passkey. Please try again.")},
    )


class NewPasskeyForm(PasskeyForm):
    name = forms.CharField(
        label=_("A name for it"),
        max_length=40,
        error_messages={"required": _("Give it a name, so that you can recognise it.")},
        help_text=_("For example “laptop” or “blue key”."),
    )


class PasswordForm(forms.Form):
    password = forms.CharField(
        label=_("Your password"),
        max_length=LONGEST_PASSWORD,
        strip=False,
        error_messages={"required": _("Enter your password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
