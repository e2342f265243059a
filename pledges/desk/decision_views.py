"""The page of an act says what will happen, and its button does it. GET changes nothing."""

from django import forms
from django.contrib import messages
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from citysolidarity.database.locks import lock_edition
from citysolidarity.desk.transitions import TransitionNotAllowed
from citysolidarity.mail.verdict import mailbox_of
from pledges.desk.decisions import ACTS, Act
from pledges.desk.forms import REFUSALS
from pledges.emails import LETTERS
from pledges.models import Signature
from pledges.models.workflow import not_allowed

SEEN = "seen"


class DecisionViews:
    """Mixed into the admin of signatures."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.act_view)
        return [path("<int:object_id>/act/<slug:code>/", view, name="pledges_signature_act"), *super().get_urls()]

    def act_view(self, request, object_id, code):
        act, signature = ACTS.get(code), self.get_object(request, str(object_id))
        if act is None or signature is None:
            raise Http404
        if not (self.has_view_permission(request, signature) and request.user.has_perm(act.permission)):
            raise PermissionDenied
        form = act.form(request.POST or None, signature=signature)
        if request.method == "POST" and form.is_valid():
            try:
                self._perform(request, act, signature, form)
            except TransitionNotAllowed as refusal:
                if refusal.code != "wrong-state":
                    form.add_error(None, refusal.messages)
                    return self._page(request, act, signature, form)
            else:
                messages.success(request, f"{signature.signer}: {act.done}")
                if act.is_move:
                    self._point_to_next(request, signature)
                return self._back(request, signature)
        elif signature.state in act.states and act.is_offered(signature):
            return self._page(request, act, signature, form)
        messages.warning(request, why_not(act, signature, request))
        for label, text in typed_into(form):
            messages.info(
                request, _("Not saved, so that you can copy it: %(label)s: “%(text)s”") % {"label": label, "text": text}
            )
        return self._back(request, signature)

    def _perform(self, request, act: Act, signature: Signature, form) -> None:
        """Do the act, with its event, its e-mail and the admin's log, in one transaction. Raises TransitionNotAllowed.

        The POST field ``seen`` is the state in which the curator saw the signature: a decision is valid only for it.
        """
        with transaction.atomic():
            lock_edition()
            row = Signature.objects.select_for_update(of=("self",)).with_city().get(pk=signature.pk)
            if row.state not in act.states or (act.is_move and row.state != request.POST.get(SEEN)):
                raise not_allowed("wrong-state")
            message = act.perform(row, request.user, form)
            self.log_change(request, row, message or str(act.done))
            if act.code == "domain":
                self.log_change(request, row.city, message)

    def _page(self, request, act: Act, signature: Signature, form) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": capfirst(act.button),
            "opts": self.opts,
            "signature": signature,
            "mailbox": mailbox_of(address_of(signature), signature.city.official_domain),
            "act": act,
            "foreseen": act.foresees(signature),
            "form": form,
            "errors": form.errors,
            "hindrance": act.hindrance(signature, request.user),
            "seen": (SEEN, request.POST.get(SEEN) or signature.state.value),
            "letters": letters_of(act, signature),
            "back": self._page_of(request, signature),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/pledges/signature/act.html", context)

    def _point_to_next(self, request, signature: Signature) -> None:
        """Name the signature that has waited longest where this one was; ``signature`` is as it was before the act."""
        waiting = self.get_queryset(request).in_state(signature.state).exclude(pk=signature.pk)
        if following := waiting.order_by("waiting_since", "pk").first():
            label = _("Next that waits: %(signer)s, %(city)s")
            label %= {"signer": following.signer, "city": following.city.name}
            messages.info(request, format_html('<a href="{}">{}</a>', self._page_of(request, following), label))

    def _page_of(self, request, signature: Signature) -> str:
        """The address of the signature's page, which leads back to the list as it was filtered."""
        kept = {"preserved_filters": self.get_preserved_filters(request), "opts": self.opts}
        return add_preserved_filters(kept, reverse("admin:pledges_signature_change", args=[signature.pk]))

    def _back(self, request, signature: Signature) -> HttpResponseRedirect:
        return HttpResponseRedirect(self._page_of(request, signature))


def address_of(signature: Signature) -> str:
    """The signer's e-mail address, "" where it is erased or was never given."""
    return getattr(getattr(signature, "contact", None), "email", "")


def letters_of(act: Act, signature: Signature) -> list[tuple[str, str]]:
    """Previews of what the signer will read, as ``(label, text)``: for a refusal one for each code."""
    if not act.letter or not address_of(signature):
        return []
    letter = LETTERS[act.letter]
    if act.letter != "refused":
        return [("", letter.preview(signature, signature.language))]
    refusals = ((label, Signature(city=signature.city, refusal=code)) for code, label in REFUSALS)
    return [(label, letter.preview(refused, signature.language)) for label, refused in refusals]


def typed_into(form) -> list[tuple[str, str]]:
    """What was typed into a form that came too late, as (label, text)."""
    return [
        (field.label, field.value())
        for field in form
        if form.is_bound and isinstance(field.field, forms.CharField) and str(field.value() or "").strip()
    ]


def why_not(act: Act, signature: Signature, request) -> str:
    """Who changed the signature since the page was opened, so that the act is not possible any more."""
    state = Signature.objects.get(pk=signature.pk).state
    if state in act.states and state == request.POST.get(SEEN, state):
        return _("This is no longer possible. Nothing was changed; please check again.")
    event = signature.events.select_related("by").order_by("at", "pk").last()
    values = {
        "what": event.get_kind_display(),
        "who": event.by and (event.by.get_full_name() or event.by.get_username()),
    }
    if event.by is None:
        return (
            _("This signature has changed in the meantime (%(what)s). Nothing was changed; please check again.")
            % values
        )
    if event.by == request.user:
        return _("You have already acted: %(what)s. Nothing was changed again.") % values
    return _("Someone else has already acted: %(what)s, %(who)s. Nothing was changed; please check again.") % values
