"""What is asked for at the door."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """A code of an authenticator app, or a recovery code."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        error_messages={"required": _("Enter the code.")},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "size": 12}),
    )


class PasskeyForm(forms.Form):
    """What the browser says about a passkey; filled in by static/js/passkey.js."""

    credential = forms.JSONField(
        widget=forms.HiddenInput,
        error_messages={"required": _("The browser sent no passkey. Please try again.")},
    )

    def clean_credential(self):
        if not isinstance(self.cleaned_data["credential"], dict):
            raise forms.ValidationError(self.fields["credential"].error_messages["required"])
        return self.cleaned_data["credential"]


class NewPasskeyForm(PasskeyForm):
    name = forms.CharField(
        label=_("A name for it"),
        max_length=40,
        error_messages={"required": _("Give it a name, so that you know it again.")},
        help_text=_("Such as “laptop” or “blue key”."),
    )


class PasswordForm(forms.Form):
    """Somebody who is inside shows once more that it is them, before a factor changes."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        error_messages={"required": _("Enter your password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
