"""Forms for the public, whatever they are about."""

from citysolidarity.forms.base import PlainForm, Problem
from citysolidarity.forms.form_token import FormToken
from citysolidarity.forms.journey import Journey

__all__ = ["FormToken", "Journey", "PlainForm", "Problem"]
