"""Setting up and changing one's second factors: before the first login is complete, and at any time after it."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from citysolidarity.drawing.qr_code import svg_path
from citysolidarity.login import factors, known_devices, limits
from citysolidarity.login.forms import CodeForm, NewPasskeyForm, PasswordForm
from citysolidarity.login.login_steps import complete_login, factor_owner, is_logged_in
from citysolidarity.login.page import page
from citysolidarity.login.views.login import get_and_post


def for_owner(view):
    """Call the view with the person whose factors these are; everybody else is sent to the login."""

    @never_cache
    @get_and_post
    @sensitive_post_parameters("password")
    @wraps(view)
    def guarded(request):
        user = factor_owner(request)
        return view(request, user) if user else redirect("admin:second_factor")

    return guarded


def confirm_password(request, user) -> tuple[PasswordForm | None, int, bool]:
    """The form for the password, the seconds to wait, and whether the password is right.

    An open session alone must not change how one logs in. There is no form while the login is not complete: then the
    password was given a moment ago.
    """
    if not is_logged_in(request):
        return None, 0, True
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return form, 0, False
    wait = limits.try_password(request, user.get_username())
    is_right = not wait and user.check_password(form.cleaned_data["password"])
    if not is_right and not wait:
        form.add_error("password", _("This is not your password."))
    return form, wait, is_right


@for_owner
def factors_overview(request, user):
    """List what is set up and what can be; a POST removes a factor."""
    password_form, wait, is_confirmed = confirm_password(request, user)
    if request.method == "POST" and is_confirmed:
        pk = request.POST.get("forget", "")
        if pk.isdecimal() and len(pk) < 19 and factors.remove(user, int(pk)):
            messages.success(request, _("It has been removed."))
        else:
            messages.warning(request, _("Nothing was removed: your last second factor stays until there is another."))
        return redirect("admin:factors")
    own = factors.of(user)
    return page(
        request,
        "admin/login/factors.html",
        _("Second factor"),
        wait=wait,
        password_form=password_form,
        own=own,
        has_spare=bool(own["app"]) + len(own["passkeys"]) > 1,
    )


@for_owner
def factors_app(request, user):
    """Show the secret for an authenticator app, as a QR code and in letters, and check its first code."""
    password_form, wait, is_confirmed = confirm_password(request, user)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and is_confirmed:
        wait = limits.try_code(user)
        if not wait and factors.activate_app(request, user, form.cleaned_data["code"]):
            return _after_setup(request, user)
        if not wait:
            form.add_error("code", _("This code is wrong. Enter the one that the app shows now."))
    secret = factors.new_secret(request)
    side, path = svg_path(factors.Adapter().build_totp_url(user, secret))
    letters = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return page(request, "admin/login/factors_app.html", _("Authenticator app"),
        wait=wait, password_form=password_form, form=form, side=side, path=path, letters=letters,
    )  # fmt: skip


@for_owner
def factors_passkey(request, user):
    """Add a passkey: the browser makes it, a script sends it here."""
    password_form, wait, is_confirmed = confirm_password(request, user)
    form = NewPasskeyForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and is_confirmed:
        if factors.complete_registration(request, user, **form.cleaned_data):
            return _after_setup(request, user)
        form.add_error(None, _("The passkey could not be saved. Please try again."))
    return page(
        request,
        "admin/login/factors_passkey.html",
        _("Passkey"),
        wait=wait,
        password_form=password_form,
        form=form,
        question=factors.begin_registration(request, user),
    )


@for_owner
def factors_codes(request, user):
    """Replace the recovery codes by ten new ones, and show them this once."""
    if not is_logged_in(request):
        return redirect("admin:factors")
    password_form, wait, is_confirmed = confirm_password(request, user)
    if request.method == "POST" and is_confirmed:
        return _codes_page(request, codes=factors.new_recovery_codes(user))
    return _codes_page(request, wait=wait, password_form=password_form)


def _codes_page(request, codes=(), next_url="", **context):
    return page(
        request, "admin/login/factors_codes.html", _("Recovery codes"), codes=codes, next_url=next_url, **context
    )


def _after_setup(request, user):
    """Complete the login if it waited for this; recovery codes come with the first factor."""
    was_logged_in = is_logged_in(request)
    next_url = "" if was_logged_in else complete_login(request, user)
    if factors.of(user)["codes"]:
        messages.success(request, _("Your second factor has been set up."))
        response = redirect(next_url or "admin:factors")
    else:
        response = _codes_page(request, codes=factors.new_recovery_codes(user), next_url=next_url)
    return response if was_logged_in else known_devices.remember(request, response, user)
