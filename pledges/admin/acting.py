"""The page of an act: it says what will happen, and its button does it. GET changes nothing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pledges.admin.acts import ACTS, Act
from pledges.admin.forms import REFUSALS
from pledges.admin.letters import preview
from pledges.admin.mailbox import mailbox_of
from pledges.models import MoveRefused, Signature

SEEN = "seen"


class Acting:
    """Mixed into the admin of signatures: its acts, each at an address of its own."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.act_view)
        return [path("<int:object_id>/act/<slug:code>/", view, name="pledges_signature_act"), *super().get_urls()]

    def act_view(self, request, object_id, code):
        """Asks, and acts on POST; whoever may not do it gets 403."""
        act, signature = ACTS.get(code), self.get_object(request, str(object_id))
        if act is None or signature is None:
            raise Http404
        if not (self.has_view_permission(request, signature) and request.user.has_perm(act.permission)):
            raise PermissionDenied
        form = act.form(request.POST or None, signature=signature)
        if request.method == "POST" and form.is_valid():
            try:
                self._perform(request, act, signature, form)
            except MoveRefused as refusal:
                if refusal.code == "wrong-state":
                    messages.warning(request, why_not(act, signature, request))
                    return self._back(signature)
                form.add_error(None, refusal)
            else:
                messages.success(request, f"{signature.signer}: {act.done}")
                return self._back(signature)
        elif not (signature.state in act.states and act.is_offered(signature)):
            messages.warning(request, why_not(act, signature, request))
            return self._back(signature)
        return self._page(request, act, signature, form)

    def _perform(self, request, act: Act, signature: Signature, form) -> None:
        """One transaction: the move with its event, its letter and the admin's log. Raises MoveRefused.

        ``seen`` is the state that the curator saw when the page was made: a decision rests on it.
        """
        with transaction.atomic():
            row = Signature.objects.select_for_update(of=("self",)).with_city().get(pk=signature.pk)
            if row.state not in act.states or (act.is_move and row.state != request.POST.get(SEEN)):
                raise MoveRefused("wrong-state")
            said = act.perform(row, request.user, form)
            self.log_change(request, row, said or str(act.done))
            if act.code == "domain":
                self.log_change(request, row.city, said)

    def _page(self, request, act: Act, signature: Signature, form) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": capfirst(act.button),
            "opts": self.opts,
            "signature": signature,
            "mailbox": mailbox_of(address_of(signature), signature.city.official_domain),
            "act": act,
            "form": form,
            "errors": form.errors,
            "hindrance": act.hindrance(signature, request.user),
            "seen": (SEEN, request.POST.get(SEEN) or signature.state.value),
            "letters": letters_of(act, signature),
            "back": reverse("admin:pledges_signature_change", args=[signature.pk]),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/pledges/signature/act.html", context)

    def _back(self, signature: Signature) -> HttpResponseRedirect:
        return HttpResponseRedirect(reverse("admin:pledges_signature_change", args=[signature.pk]))


def address_of(signature: Signature) -> str:
    """The signer's mail address, "" where it is erased or never was."""
    contact = getattr(signature, "contact", None)
    return contact.email if contact else ""


def letters_of(act: Act, signature: Signature) -> list[tuple[str, str]]:
    """What the signer will read: for a refusal one text for each code, as pairs of a label and the text."""
    if not act.letter or not address_of(signature):
        return []
    if act.letter != "refused":
        return [("", preview(act.letter, signature))]
    imagined = Signature(city=signature.city)
    texts = []
    for code, label in REFUSALS:
        imagined.refusal = code
        texts.append((label, preview(act.letter, imagined)))
    return texts


def why_not(act: Act, signature: Signature, request) -> str:
    """Why an act is not possible any more, in a sentence: who moved the signature since the page was made."""
    state = Signature.objects.get(pk=signature.pk).state
    if state in act.states and state == request.POST.get(SEEN, state):
        return _("That is not possible any more. Nothing was changed; please look again.")
    last = signature.events.select_related("by").order_by("at", "pk").last()
    words = {"what": last.get_kind_display(), "who": last.by and (last.by.get_full_name() or last.by.get_username())}
    if last.by is None:
        return _("This signature has moved in the meantime (%(what)s). Nothing was changed; please look again.") % words
    if last.by == request.user:
        return _("You have already done this, or something else (%(what)s). Nothing was changed again.") % words
    return _("Somebody else has already acted: %(what)s, %(who)s. Nothing was changed; please look again.") % words
