"""Setting up and changing one's second factors: on the way in for those who have none, and at any time inside."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from citysolidarity.door import devices, entry, factors, limits
from citysolidarity.door.forms import CodeForm, NewPasskeyForm, PasswordForm
from citysolidarity.views.door import both_ways, page


def for_its_owner(view):
    """Hands the view the person whose factors these are; whoever is nobody, or has yet to prove a factor, goes to the door."""

    @never_cache
    @both_ways
    @sensitive_post_parameters("password")
    @wraps(view)
    def guarded(request):
        user = entry.person(request)
        return view(request, user) if user else redirect("admin:second_factor")

    return guarded


class Asked:
    """The password once more, for those inside: an open session alone must not change how one gets in.

    ``form`` is None on the way in, where the password was given a moment ago. ``wait`` is in seconds.
    """

    def __init__(self, request, user):
        self.form, self.wait, self.is_given = None, 0, True
        if not entry.is_inside(request):
            return
        self.form, self.is_given = PasswordForm(request.POST if request.method == "POST" else None), False
        if not self.form.is_valid():
            return
        self.wait = limits.try_password(request, user.get_username())
        self.is_given = not self.wait and user.check_password(self.form.cleaned_data["password"])
        if not self.is_given and not self.wait:
            self.form.add_error("password", _("This is not your password."))


@for_its_owner
def factors_overview(request, user):
    """What is set up, and what can be; a POST takes one away."""
    asked = Asked(request, user)
    if request.method == "POST" and asked.is_given:
        pk = request.POST.get("forget", "")
        if pk.isdecimal() and len(pk) < 19 and factors.forget(user, int(pk)):
            messages.success(request, _("It is taken away."))
        else:
            messages.warning(
                request, _("Nothing was taken away: your last second factor stays until there is another.")
            )
        return redirect("admin:factors")
    own = factors.of(user)
    has_spare = bool(own["app"]) + len(own["passkeys"]) > 1
    return page(
        request, "factors", _("Second factor"), wait=asked.wait, asked_again=asked.form, own=own, has_spare=has_spare
    )


@for_its_owner
def factors_app(request, user):
    """Shows the secret for an authenticator app, as a picture and in letters, and takes its first code."""
    asked, form, wait = Asked(request, user), CodeForm(), 0
    if request.method == "POST":
        form = CodeForm(request.POST)
        if form.is_valid() and asked.is_given:
            wait = limits.try_code(user)
            if not wait and factors.set_up_app(request, user, form.cleaned_data["code"]):
                return _done(request, user)
            if not wait:
                form.add_error("code", _("This code does not fit. Enter the one the app shows now."))
    secret = factors.new_secret(request)
    side, path = factors.drawing(factors.address_of(user, secret))
    letters = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return page(
        request, "factors_app", _("Authenticator app"),
        wait=wait or asked.wait, asked_again=asked.form, form=form, side=side, path=path, letters=letters,
    )  # fmt: skip


@for_its_owner
def factors_passkey(request, user):
    """Adds a passkey: the browser makes it, a script sends it here."""
    asked, form = Asked(request, user), NewPasskeyForm()
    if request.method == "POST":
        form = NewPasskeyForm(request.POST)
        if form.is_valid() and asked.is_given:
            if factors.add_passkey(request, user, form.cleaned_data["name"], form.cleaned_data["credential"]):
                return _done(request, user)
            form.add_error(None, _("The passkey could not be kept. Please try again."))
    question = factors.ask_for_new_passkey(request, user)
    return page(
        request, "factors_passkey", _("Passkey"), wait=asked.wait, asked_again=asked.form, form=form, question=question
    )


@for_its_owner
def factors_codes(request, user):
    """Makes ten fresh recovery codes, and shows them this once."""
    if not entry.is_inside(request):
        return redirect("admin:factors")
    asked = Asked(request, user)
    if request.method == "POST" and asked.is_given:
        return _codes(request, user, "")
    return page(
        request, "factors_codes", _("Recovery codes"), wait=asked.wait, asked_again=asked.form, codes=[], then=""
    )


def _done(request, user):
    """A factor is set up: whoever was on the way in is inside now; with their first factor come recovery codes."""
    if entry.is_inside(request):
        return _shown(request, user, "")
    return devices.remember(request, _shown(request, user, entry.enter(request, user)), user)


def _shown(request, user, then: str):
    if not factors.of(user)["codes"]:
        return _codes(request, user, then)
    messages.success(request, _("Your second factor is set up."))
    return redirect(then or "admin:factors")


def _codes(request, user, then: str):
    codes = factors.new_codes(user)
    return page(request, "factors_codes", _("Recovery codes"), codes=codes, then=then, asked_again=None)
