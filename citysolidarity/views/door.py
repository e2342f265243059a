"""The way in: a password, then a second factor; and the link by which somebody new sets a password."""

import math

from django.contrib import admin, messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.forms import SetPasswordForm
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from citysolidarity.door import devices, entry, factors, limits
from citysolidarity.door.forms import CodeForm, PasskeyForm
from citysolidarity.door.links import owner_of

both_ways = require_http_methods(["GET", "HEAD", "POST"])


def page(request, template: str, title: str, *, wait: int = 0, **context):
    """A page of the door. With ``wait``, in seconds: 429, and the page says for how long (RFC 6585, 4)."""
    request.current_app = admin.site.name
    common = admin.site.each_context(request)
    common |= {"title": title, "subtitle": None, "waits": wait and too_many(wait)}
    common["look"] = "door" if common["has_permission"] else "door login"
    answer = render(request, f"admin/door/{template}.html", common | context, status=429 if wait else 200)
    if wait:
        answer["Retry-After"] = str(wait)
    return answer


def too_many(wait: int) -> str:
    """How long to wait after too many tries, rounded up to minutes."""
    minutes = math.ceil(wait / 60)
    return ngettext(
        "That was tried too often. Please wait %(minutes)d minute, then try again.",
        "That was tried too often. Please wait %(minutes)d minutes, then try again.",
        minutes,
    ) % {"minutes": minutes}


@never_cache
@both_ways
@sensitive_post_parameters("password")
def login(request):
    """Asks for name and password. One answer for a wrong password, an unknown name and somebody who is no staff."""
    wanted = request.POST.get(REDIRECT_FIELD_NAME, request.GET.get(REDIRECT_FIELD_NAME, ""))
    if request.method != "POST" and entry.is_inside(request):
        return redirect("admin:index")
    form, wait = AdminAuthenticationForm(request), 0
    if request.method == "POST":
        wait = limits.try_password(request, request.POST.get("username", ""))
        form = form if wait else AdminAuthenticationForm(request, request.POST)
        if not wait and form.is_valid():
            entry.knock(request, form.get_user(), wanted)
            return redirect("admin:second_factor")
    return page(request, "login", _("Log in"), form=form, next=wanted, wait=wait)


@never_cache
@both_ways
def second_factor(request):
    """Asks for a code or a passkey; leads those who have neither to set one up."""
    user = entry.pending(request)
    if user is None:
        return redirect("admin:index" if entry.is_inside(request) else "admin:login")
    if not factors.are_set_up(user):
        return redirect("admin:factors")
    form, wait = CodeForm(), 0
    if request.method == "POST":
        form, wait, found = _answered(request, user)
        if found:
            return devices.remember(request, redirect(entry.enter(request, user)), user)
    own = factors.of(user)
    question = factors.ask_for_passkey(request, user) if own["passkeys"] else ""
    return page(
        request, "second_factor", _("Second factor"),
        form=form, code=(form if isinstance(form, CodeForm) else CodeForm())["code"], wait=wait,
        takes_codes=own["app"] or own["codes"], question=question,
    )  # fmt: skip


def _answered(request, user) -> tuple:
    """The form, the seconds to wait, and the factor that was proved or None."""
    if "credential" in request.POST:
        form = PasskeyForm(request.POST)
        # Nobody guesses a signature: no limit.
        found = factors.takes_passkey(request, user, form.cleaned_data["credential"]) if form.is_valid() else None
        if not found and form.is_valid():
            form.add_error(None, _("This passkey was not recognised. Please try again, or use a code."))
        return form, 0, found
    form = CodeForm(request.POST)
    if not form.is_valid():
        return form, 0, None
    if wait := limits.try_code(user):
        return CodeForm(), wait, None
    found = factors.takes(user, form.cleaned_data["code"])
    if not found:
        form.add_error("code", _("This code does not fit, or was used before. Wait for the next one."))
    return form, 0, found


@never_cache
@both_ways
@sensitive_post_parameters()
def welcome(request, secret):
    """Sets a password by a link that works once (``createcurator`` prints it); the second factor comes after."""
    user = owner_of(secret)
    if user is None:
        return page(request, "welcome", _("This link does not work any more"), form=None)
    form = SetPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your password is set. Log in with it now."))
        return redirect("admin:login")
    return page(request, "welcome", _("Choose a password"), form=form, name=user.get_username())
