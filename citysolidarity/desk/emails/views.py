"""The page on which a member of staff chooses which e-mails they get."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from citysolidarity.desk.emails.models import EmailChoice, StaffEmail
from citysolidarity.login.page import page
from citysolidarity.mail.letter import outcome


class EmailChoiceForm(forms.ModelForm):
    class Meta:
        model = EmailChoice
        fields = ["at_once", "digest", "language"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if len(settings.LANGUAGES) == 1:
            del self.fields["language"]
        else:
            self.fields["language"] = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, required=False)

    def clean_language(self):
        """Whoever sent a form without this field keeps their language."""
        return self.cleaned_data["language"] or self.instance.language


@require_http_methods(["GET", "HEAD", "POST"])
def emails_to_me(request):
    form = EmailChoiceForm(request.POST or None, instance=EmailChoice.of(request.user))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your choice has been saved."))
        return redirect("admin:emails_to_me")
    last = StaffEmail.objects.filter(user=request.user).last()
    context = {"form": form, "last": last, "became": last and outcome(last)}
    return page(request, "admin/desk/emails_to_me.html", _("E-mails to you"), **context)
