"""The login: a password, then a second factor; and the link by which somebody new sets a password."""

from django.contrib import messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.forms import SetPasswordForm
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from citysolidarity.login import factors, journal, known_devices, limits
from citysolidarity.login.enrolment_links import owner_of
from citysolidarity.login.forms import CodeForm, PasskeyForm
from citysolidarity.login.login_steps import begin_login, complete_login, is_logged_in, pending_user
from citysolidarity.login.page import page

get_and_post = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@get_and_post
@sensitive_post_parameters("password")
def login(request):
    """Ask for name and password. One answer for a wrong password, an unknown name and somebody who is no staff."""
    next_url = request.POST.get(REDIRECT_FIELD_NAME, request.GET.get(REDIRECT_FIELD_NAME, ""))
    if request.method != "POST" and is_logged_in(request):
        return redirect("admin:index")
    form, wait = AdminAuthenticationForm(request), 0
    if request.method == "POST":
        wait = limits.try_password(request, request.POST.get("username", ""))
        form = form if wait else AdminAuthenticationForm(request, request.POST)
        if not wait and form.is_valid():
            begin_login(request, form.get_user(), next_url)
            return redirect("admin:second_factor")
    return page(request, "admin/login/login.html", _("Log in"), form=form, next=next_url, wait=wait)


@never_cache
@get_and_post
def second_factor(request):
    """Ask for a code or a passkey; lead those who have neither to set one up."""
    user = pending_user(request)
    if user is None:
        return redirect("admin:index" if is_logged_in(request) else "admin:login")
    if not factors.are_set_up(user):
        return redirect("admin:factors")
    form, wait, factor = CodeForm(), 0, None
    if request.method == "POST":
        check = _check_passkey if "credential" in request.POST else _check_code
        form, wait, factor = check(request, user)
    if factor:
        return known_devices.remember(request, redirect(complete_login(request, user)), user)
    own = factors.of(user)
    return page(request, "admin/login/second_factor.html", _("Second factor"),
        form=form, code=(form if isinstance(form, CodeForm) else CodeForm())["code"], wait=wait,
        takes_codes=own["app"] or own["codes"],
        question=factors.begin_authentication(request, user) if own["passkeys"] else "",
    )  # fmt: skip


def _check_passkey(request, user) -> tuple:
    """The form, no seconds to wait (nobody guesses a signature), and the factor that was proved or None."""
    form, factor = PasskeyForm(request.POST), None
    if form.is_valid():
        factor = factors.use_passkey(request, user, form.cleaned_data["credential"])
        if not factor:
            journal.refused(user, "passkey")
            form.add_error(None, _("This passkey was not recognised. Please try again, or use a code."))
    return form, 0, factor


def _check_code(request, user) -> tuple:
    """The form, the seconds to wait, and the factor that was proved or None."""
    form, factor = CodeForm(request.POST), None
    if form.is_valid():
        if wait := limits.try_code(user):
            return CodeForm(), wait, None
        factor = factors.use_code(user, form.cleaned_data["code"])
        if not factor:
            journal.refused(user, "code")
            form.add_error("code", _("This code is wrong or has already been used. Please wait for the next one."))
    return form, 0, factor


@never_cache
@get_and_post
@sensitive_post_parameters()
def welcome(request, secret):
    """Set a password by a link that works once (``createcurator`` prints it); the second factor comes after."""
    user = owner_of(secret)
    if user is None:
        return page(request, "admin/login/welcome.html", _("This link no longer works"), form=None)
    form = SetPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your password has been set. Log in with it now."))
        return redirect("admin:login")
    return page(request, "admin/login/welcome.html", _("Choose a password"), form=form, name=user.get_username())
