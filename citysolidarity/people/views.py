"""The people of the desk, for lead curators: invite, change a role, end an account, start anew, erase who asks for it."""

from functools import partial

from django import forms
from django.contrib import admin, messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from citysolidarity.desk.decisions import attempt
from citysolidarity.desk.emails.posting import tell
from citysolidarity.desk.exports import log_file
from citysolidarity.desk.roles import ROLES
from citysolidarity.desk.transitions import TransitionNotAllowed
from citysolidarity.login import factors
from citysolidarity.login.page import page
from citysolidarity.login.sessions import DeskSession
from citysolidarity.people import erasing
from citysolidarity.people.accounts import create, give_role, role_of
from citysolidarity.people.emails import welcome_to_staff
from citysolidarity.people.export import kept_about
from citysolidarity.people.models import FreshStart
from pledges.erasure import forget, preview

LOOK_AFTER = "citysolidarity.look_after_people"
ROLE_CHOICES = [(role, gettext_lazy(role)) for role in ROLES]


class InviteForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("User name"), max_length=150, help_text=gettext_lazy("For example: ana."))
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), help_text=gettext_lazy("We will send the link to log in there.")
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=ROLE_CHOICES)


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=ROLE_CHOICES)


class AddressForm(forms.Form):
    address = forms.CharField(
        label=gettext_lazy("E-mail address"), max_length=254, help_text=gettext_lazy("Of the person who asks for it.")
    )
    unblock = forms.BooleanField(
        label=gettext_lazy("Erase the mark, too, that we send nothing to this address"), required=False
    )

    def clean_address(self):
        address = self.cleaned_data["address"].strip()
        if problem := erasing.objection(address):
            raise ValidationError(problem)
        return address


def lead_alone(view):
    """For lead curators; the views are wrapped by admin_view, which asks who is there."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def guarded(request, *args, **kwargs):
        if not request.user.has_perm(LOOK_AFTER):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@lead_alone
def people(request):
    """Everybody at the desk; a POST invites somebody."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            with transaction.atomic():
                user = create(facts["name"].strip(), facts["email"], facts["role"])
                send_link(request, FreshStart.invite(user, request.user))
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            messages.success(request, _("An e-mail with a link is on its way to %(name)s.") % {"name": user})
            return redirect("people:people")
    users = get_user_model().objects.filter(is_staff=True).prefetch_related("groups").order_by("-is_active", "username")
    asked = set(FreshStart.objects.open().values_list("user", flat=True))
    lines = [(user, role_of(user), user.pk in asked) for user in users]
    return page(request, "admin/people/people.html", _("People of the desk"), form=form, people=lines)


@lead_alone
def person(request, pk):
    """One person; a POST with ``act`` does one of ACTS."""
    user = get_user_model().objects.filter(pk=pk, is_staff=True).first()
    if user is None:
        raise Http404
    role_form = RoleForm(request.POST if request.POST.get("act") == "role" else None, initial={"role": role_of(user)})
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act"), nothing)
        if user.is_superuser or user.pk == request.user.pk:
            messages.warning(
                request, _("Nothing was changed: you can change only colleagues’ accounts, not administrators’.")
            )
        elif done := attempt(request, partial(act, request, user, role_form)):
            admin.site.get_model_admin(type(user)).log_change(request, user, done)
            messages.success(request, done)
        return redirect("people:person", user.pk)
    context = {
        "person": user,
        "role": role_of(user),
        "role_form": role_form,
        "has_come_in": user.last_login is not None,
        "has_factor": factors.are_set_up(user),
        "asked": FreshStart.objects.open().filter(user=user).select_related("asked_by").last(),
        "may_change": not user.is_superuser and user.pk != request.user.pk,
    }
    return page(request, "admin/people/person.html", user.get_full_name() or user.get_username(), **context)


def nothing(request, user, form) -> str:
    return ""


def change_role(request, user, form) -> str:
    if not form.is_valid():
        return ""
    give_role(user, form.cleaned_data["role"])
    return _("The role is changed to: %(role)s.") % {"role": form.cleaned_data["role"]}


def end_account(request, user, form) -> str:
    if "sure" not in request.POST:
        raise TransitionNotAllowed(_("tick the box first, if you are sure."))
    user.is_active = False
    user.save(update_fields=["is_active"])
    DeskSession.objects.of(user).delete()
    return _("The account has been closed, and its sessions have ended.")


def open_account(request, user, form) -> str:
    user.is_active = True
    user.save(update_fields=["is_active"])
    return _("The account has been reopened.")


def invite_again(request, user, form) -> str:
    if user.last_login:
        return ""
    send_link(request, FreshStart.invite(user, request.user))
    return _("A new link has been sent.")


def start_anew(request, user, form) -> str:
    """The first lead curator asks, the second one agrees."""
    asked = FreshStart.objects.open().filter(user=user).last()
    if asked is None:
        FreshStart.ask(user, request.user)
        return _("You have asked for it. Another lead curator has to agree within three days.")
    asked.agree(request.user)
    send_link(request, asked)
    return _("Password and second factor are gone, and an e-mail with a link is on its way.")


ACTS = {
    "role": change_role,
    "end": end_account,
    "open": open_account,
    "invite": invite_again,
    "anew": start_anew,
}


def send_link(request, start: FreshStart) -> None:
    if not start.user.email:
        messages.warning(request, _("There is no e-mail address for this account, so no link was sent."))
    tell(welcome_to_staff, [start.user] if start.user.email else [], start)


@lead_alone
def forget_person(request):
    """First shows what would go, then erases it: the address never stands in an address bar, nor in the log."""
    form, rows, done = AddressForm(request.POST or None), None, None
    if request.method == "POST" and form.is_valid():
        address, unblock = form.cleaned_data["address"], form.cleaned_data["unblock"]
        if "export" in request.POST:
            return export(request, address)
        if "erase" in request.POST:
            done = erasing.in_words(forget(address, unblock=unblock))
            log = admin.site.get_model_admin(get_user_model())
            log.log_change(request, request.user, "Erased a person who asked for it.")
        else:
            rows = erasing.in_words(preview(address, unblock=unblock))
    context = {"form": form, "rows": rows, "done": done}
    return page(request, "admin/people/forget.html", _("Erase a person"), **context)


def export(request, address: str) -> HttpResponse:
    """What is kept about a person, for a lead curator to send to exactly this address."""
    rows = kept_about(address)
    response = JsonResponse(rows, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response.headers["Content-Disposition"] = 'attachment; filename="what-is-kept.json"'
    log_file(None, _("What is kept about a person"), request, "json", sum(map(len, rows.values())))
    return response
