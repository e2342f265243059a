"""The page on which curators see, set and lift pauses of forms, and lift the limits that all visitors share."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from citysolidarity.desk.pauses import MAY_PAUSE, SHARED, close_form, lift_limit, open_form, open_pauses
from citysolidarity.http.throttle import Pause
from citysolidarity.login.page import page

DURATIONS = [
    (1, gettext_lazy("1 hour")),
    (6, gettext_lazy("6 hours")),
    (24, gettext_lazy("1 day")),
    (72, gettext_lazy("3 days")),
]


class PauseForm(forms.Form):
    form = forms.ChoiceField(label=gettext_lazy("Form"), choices=Pause.Form.choices)
    hours = forms.TypedChoiceField(label=gettext_lazy("For how long"), choices=DURATIONS, coerce=int)


@require_http_methods(["GET", "HEAD", "POST"])
def pauses(request):
    if not request.user.has_perm(MAY_PAUSE):
        raise PermissionDenied
    form = PauseForm(request.POST if "pause" in request.POST else None)
    if request.method == "POST" and (done := act(request, form)):
        messages.success(request, done)
        return redirect("admin:pauses")
    limits = [(code, label, limit.wait(), limit.most) for code, (label, limit) in SHARED.items()]
    rows = open_pauses().select_related("by").order_by("until")
    return page(request, "admin/pauses.html", _("Pauses and limits"), form=form, pauses=rows, limits=limits)


def act(request, form: PauseForm) -> str:
    """What was done, or "" where the form that was sent has errors."""
    if form.is_bound:
        if not form.is_valid():
            return ""
        close_form(form.cleaned_data["form"], timedelta(hours=form.cleaned_data["hours"]), request.user)
        return _("The form is closed.")
    if request.POST.get("open") in Pause.Form.values:
        open_form(request.POST["open"], request.user)
        return _("The form is open again.")
    if request.POST.get("lift") in SHARED:
        count = lift_limit(request.POST["lift"], request.user)
        sentence = ngettext(
            "The limit starts again; %(count)d e-mail will be sent now.",
            "The limit starts again; %(count)d e-mails will be sent now.",
            count,
        )
        return sentence % {"count": count}
    return ""
