"""The page on which curators shut forms and e-mail domains for a while, and lift the limits that all visitors share."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from citysolidarity.desk.pauses import (
    MAY_PAUSE,
    SHARED,
    close_all_forms,
    close_forms,
    lift_limit,
    open_again,
    open_pauses,
    refuse_domain,
)
from citysolidarity.http.host_names import in_ascii
from citysolidarity.http.refused_domains import RefusedDomain
from citysolidarity.http.throttle import Pause
from citysolidarity.login.page import page

DURATIONS = [
    (1, gettext_lazy("1 hour")),
    (6, gettext_lazy("6 hours")),
    (24, gettext_lazy("1 day")),
    (72, gettext_lazy("3 days")),
]


ALL = "all"


class PauseForm(forms.Form):
    form = forms.ChoiceField(
        label=gettext_lazy("Form"), choices=[(ALL, gettext_lazy("All forms of the public")), *Pause.Form.choices]
    )
    hours = forms.TypedChoiceField(label=gettext_lazy("For how long"), choices=DURATIONS, coerce=int)


class DomainForm(forms.Form):
    """``auto_id`` tells its fields from those of the other form."""

    domain = forms.CharField(
        label=gettext_lazy("E-mail domain"),
        max_length=253,
        help_text=gettext_lazy("The part after the @, such as spam.example. Addresses below it are refused as well."),
    )
    hours = forms.TypedChoiceField(label=gettext_lazy("For how long"), choices=DURATIONS, coerce=int)

    def clean_domain(self) -> str:
        domain = in_ascii(self.cleaned_data["domain"].rpartition("@")[2])
        try:
            RefusedDomain(domain=domain).validate_constraints()
        except forms.ValidationError as wrong:
            raise forms.ValidationError(wrong.messages) from wrong
        return domain


@require_http_methods(["GET", "HEAD", "POST"])
def pauses(request):
    if not request.user.has_perm(MAY_PAUSE):
        raise PermissionDenied
    form = PauseForm(request.POST if "pause" in request.POST else None)
    refusal = DomainForm(request.POST if "refuse" in request.POST else None, auto_id="refuse_%s")
    if request.method == "POST" and (done := act(request, form, refusal)):
        messages.success(request, done)
        return redirect("admin:pauses")
    shown = {
        "form": form,
        "refusal": refusal,
        "pauses": (shut := open_pauses()),
        "closed_forms": sum(isinstance(one, Pause) for one in shut),
        "limits": [(code, label, limit.wait(), limit.most) for code, (label, limit) in SHARED.items()],
    }
    return page(request, "admin/pauses.html", _("Pauses and limits"), **shown)


def act(request, form: PauseForm, refusal: DomainForm) -> str:
    """What was done, or "" where the form that was sent has errors."""
    if form.is_bound:
        if not form.is_valid():
            return ""
        chosen = form.cleaned_data["form"]
        hours = timedelta(hours=form.cleaned_data["hours"])
        if chosen == ALL:
            close_all_forms(hours, request.user)
            return _("All forms are closed.")
        close_forms([chosen], hours, request.user)
        return _("The form is closed.")
    if refusal.is_bound:
        if not refusal.is_valid():
            return ""
        refuse_domain(refusal.cleaned_data["domain"], timedelta(hours=refusal.cleaned_data["hours"]), request.user)
        return _("E-mail addresses of this domain are refused.")
    if (key := request.POST.get("open")) in (ALL, *Pause.Form.values):
        open_again(Pause, Pause.Form.values if key == ALL else [key], request.user)
        return _("All forms are open again.") if key == ALL else _("The form is open again.")
    if "take" in request.POST:
        open_again(RefusedDomain, [request.POST["take"]], request.user)
        return _("E-mail addresses of this domain are taken again.")
    if request.POST.get("lift") in SHARED:
        count = lift_limit(request.POST["lift"], request.user)
        sentence = ngettext(
            "The limit starts again; %(count)d e-mail will be sent now.",
            "The limit starts again; %(count)d e-mails will be sent now.",
            count,
        )
        return sentence % {"count": count}
    return ""
