"""The mailboxes that answer for an entry, edited beside its texts; seen by curators alone."""

from functools import partial

from django import forms
from django.contrib import admin
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.decisions import attempt
from citysolidarity.desk.forms import DeskForm
from citysolidarity.desk.rows import RemovedByEditing
from citysolidarity.mail.letter import outcome
from practices.correspondence.contacts.proving import ask_mailboxes
from practices.models import ContactRoute


class RouteForm(DeskForm, forms.ModelForm):
    vouch = forms.BooleanField(
        label=_("I vouch that this e-mail address belongs to the city"),
        required=False,
        help_text=_(
            "The office first has to confirm it through our e-mail. Outside the city’s recorded official domain, "
            "two curators have to agree: find a phone number of the city yourself and ask there."
        ),
    )

    dead = forms.BooleanField(
        label=_("E-mails to this address no longer arrive"),
        required=False,
        help_text=_("Nothing more is sent to it until you untick this or enter another e-mail address."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["dead"] = self.instance.bounced_at is not None
        self.fields["vouch"].disabled = not self.instance.mailbox_confirmed_at or bool(self.instance.speaks_since)


class RouteInline(RemovedByEditing, admin.StackedInline):
    model = ContactRoute
    form = RouteForm
    fields = [
        ("seat", "office"), ("email", "language"), ("domain", "stands"), "vouch", "dead", ("since", "bounced_at"), "last_letter",
    ]  # fmt: skip
    readonly_fields = ["domain", "stands", "since", "bounced_at", "last_letter"]
    extra = 1  # one empty form, for those without a script

    @admin.display(description=_("domain"))
    def domain(self, route):
        if not route.pk:
            return "–"
        verdict = route.verdict(route.practice.city)
        return format_html('<span class="verdict {}">{}</span>', verdict.code, verdict.meaning)

    @admin.display(description=_("speaks for the city"))
    def stands(self, route):
        if route.speaks_since:
            return _("Since %(day)s") % {"day": date_format(route.speaks_since, "DATE_FORMAT")}
        if not route.pk or route.mailbox_confirmed_at is None:
            return _("No: nobody has confirmed it through our e-mail, which is sent once the entry is public.")
        if route.vouched_by is None:
            return _("No: it has been confirmed, but a curator still has to vouch for it.")
        return _("No: %(who)s has vouched for it, and a second curator has to agree.") % {"who": route.vouched_by}

    @admin.display(description=_("last e-mail"))
    def last_letter(self, route):
        letter = route.letters.order_by("-posted_at").first() if route.pk else None
        if letter is None:
            return _("None yet.")
        return f"{date_format(letter.posted_at, 'DATE_FORMAT')}: {outcome(letter)}"


def ask_and_vouch(request, practice, formsets) -> None:
    """After an entry's mailboxes are saved: asks the new ones, and vouches for those that were ticked."""
    ask_mailboxes(practice.routes.all())
    for form in (form for formset in formsets if formset.model is ContactRoute for form in formset.forms):
        if "dead" in form.changed_data and form.instance.pk and not form.cleaned_data.get("DELETE"):
            form.instance.mark_dead(form.cleaned_data["dead"])
        if not form.cleaned_data.get("vouch") or form.cleaned_data.get("DELETE"):
            continue
        vouch = partial(form.instance.vouch, request.user, practice.city)
        attempt(request, vouch, _("Nobody has vouched for the e-mail address: %(reason)s"))
