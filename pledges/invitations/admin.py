"""Invitations at the desk: a curator reads the words, finds where the city can be written to, and sends them or not."""

from django import forms
from django.contrib import admin
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.http import HttpResponseRedirect
from django.template.defaultfilters import linebreaksbr
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from citysolidarity.desk.decisions import Act, ActingAdmin, is_pressed
from citysolidarity.desk.exports import Column, ExportedList
from citysolidarity.desk.forms import DeskForm
from citysolidarity.desk.teamwork.admin import AssignedFilter
from citysolidarity.desk.todo import Rank, ToDo, WaitsFilter
from citysolidarity.mail.letter import outcome
from pledges.invitations import emails
from pledges.models import AskedCity, Invitation, InvitationLetter, InvitedCity
from pledges.models.invitation import WAITS, NotSent
from pledges.models.workflow import CURATE

# What was read waits again once its city may be invited.
CAN_GO = ~Exists(InvitedCity.objects.filter(InvitedCity.RECENT, city=OuterRef("city")))
TO_DECIDE = ToDo(
    "to-decide",
    _("Invitations of cities to read"),
    WAITS & (Q(read_at__isnull=True) | CAN_GO),
    F("confirmed_at"),
    rank=Rank.PEOPLE,
)


class InvitationDecisionForm(DeskForm, forms.ModelForm):
    # The fields that an act needs.
    NEEDS = {"preview": ["city_email"], "refuse": ["refusal"]}
    OF_REFUSAL = ("refusal", "refusal_note")

    class Meta:
        model = Invitation
        fields = ["city_email", "refusal", "refusal_note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "city_email" in self.fields and not self.instance.city_email:
            self.initial["city_email"] = known_address_of(self.instance.city)

    def clean(self):
        facts = super().clean()
        for act, names in self.NEEDS.items():
            for name in names:
                if f"_act_{act}" in self.data and name in self.fields and not facts.get(name):
                    self.add_error(name, _("This cannot be empty."))
        if facts.get("refusal") == NotSent.OTHER and "_act_refuse" in self.data and not facts.get("refusal_note"):
            self.add_error("refusal_note", _("This cannot be empty."))
        return facts

    def _post_clean(self):
        # What is typed for another button is not looked at, nor saved.
        if "_act_refuse" not in self.data:
            for name in self.OF_REFUSAL:
                if name in self.fields:
                    self.cleaned_data[name] = getattr(self.instance, name)
        super()._post_clean()


def known_address_of(city) -> str:
    """What a curator has found before; "" where nobody has."""
    invited = InvitedCity.objects.filter(city=city).values_list("email", flat=True).first()
    return invited or AskedCity.objects.filter(city=city).values_list("email", flat=True).first() or ""


def preview(invitation: Invitation, by):
    invitation.read(by, invitation.city_email)
    return _("Saved. Read the e-mail below before you send it.")


def send(invitation: Invitation, by):
    invited = invitation.send(by)
    with translation.override(invited.language):
        emails.invite_city.post(invited)
    taken = invited.taken_along()
    for one in taken:
        with translation.override(one.letters_in):
            emails.invitation_sent.post(one)
    return ngettext(
        "The e-mail is on its way, with %(count)d invitation. Whoever wrote it is told.",
        "The e-mail is on its way, with %(count)d invitations. Those who wrote them are told.",
        len(taken),
    ) % {"count": len(taken)}


def refuse(invitation: Invitation, by):
    invitation.refuse(by, invitation.refusal, invitation.refusal_note)
    with translation.override(invitation.letters_in):
        emails.invitation_not_sent.post(invitation)
    return _("It is not sent. Whoever wrote it is told why.")


@admin.register(Invitation)
class InvitationAdmin(ExportedList, ActingAdmin):
    """The address of whoever writes is kept apart and shown to nobody; e-mails find it."""

    export_columns = (
        Column("reference"),
        Column("city", "city__slug"),
        Column("writer"),
        Column("from_city", "from_city__slug"),
        Column("words", "message", is_private=True),
        Column("confirmed", "confirmed_at"),
        Column("sent", "invited__sent_on"),
        Column("not_sent", "refused_at"),
        Column("why_not_sent", "refusal"),
    )
    form = InvitationDecisionForm
    team_permission = CURATE
    list_display = ["reference", "city", "writer", "from_city", "confirmed_at", "read_at", "sent_on", "refused_at"]
    list_filter = [WaitsFilter, AssignedFilter]
    list_select_related = ["city", "from_city", "invited"]
    search_fields = ["city__keywords__unaccent", "city__slug", "reference"]
    todos = [TO_DECIDE]
    acts = [
        Act("preview", _("Save the address and show the e-mail"), Invitation.why_not_read, preview),
        Act("send", _("Send the e-mail"), Invitation.why_not_send, send),
        Act("refuse", _("Do not send it"), Invitation.why_not_refuse, refuse),
    ]
    fieldsets = [
        (None, {"fields": ["reference", "state", "city", "next_day", "writer", "from_city", "at_its_domain", "first_name"]}),
        (_("E-mail to the city"), {"fields": ["message", "letter_language", "city_email", "goes_with", "reads"]}),
        (_("If it is not sent"), {"fields": ["refusal", "refusal_note"]}),
        (_("What happened"), {"fields": ["confirmed_at", "read_at", "read_by", "sent_on", "what_became", "refused_at", "refused_by"]}),
    ]  # fmt: skip
    readonly_fields = [
        "reference", "state", "city", "next_day", "writer", "from_city", "at_its_domain", "first_name", "message",
        "letter_language", "goes_with", "reads", "confirmed_at", "read_at", "read_by", "sent_on", "what_became",
        "refused_at", "refused_by",
    ]  # fmt: skip

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm(CURATE)

    def get_queryset(self, request):
        return super().get_queryset(request).with_cities().select_related("contact", "invited")

    def get_ordering(self, request):
        return ["-confirmed_at", "pk"]

    def get_readonly_fields(self, request, obj=None):
        is_open = obj is not None and not obj.why_not_read()
        return self.readonly_fields if is_open else [*self.readonly_fields, *self.form._meta.fields]

    @transaction.atomic
    def response_change(self, request, obj):
        """Whoever pressed a button goes on with the same invitation."""
        if any(is_pressed(act, request) for act in self.acts):
            return HttpResponseRedirect(request.get_full_path())
        return super().response_change(request, obj)

    @admin.display(description=_("state"))
    def state(self, invitation):
        return invitation.state.label

    @admin.display(description=_("the city can be invited"))
    def next_day(self, invitation):
        if invitation.city.signatures.live().exists():
            return _("no: it has signed")
        last = InvitedCity.objects.filter(city=invitation.city).first()
        if last is None:
            return _("now: it has not been invited before")
        days = {"last": date_format(last.sent_on), "next": date_format(InvitedCity.objects.next_day_for(last.city))}
        return _("from %(next)s on: it was last invited on %(last)s") % days

    @admin.display(description=_("e-mail address at this city’s own domain"), boolean=True)
    def at_its_domain(self, invitation):
        return invitation.is_from_the_city if invitation.from_city_id else None

    @admin.display(description=_("first name"))
    def first_name(self, invitation):
        contact = getattr(invitation, "contact", None)
        return contact.first_name if contact and contact.first_name else "–"

    @admin.display(description=_("goes together with"))
    def goes_with(self, invitation):
        together = invitation.invited.taken_along() if invitation.invited else invitation.together()
        return " · ".join(one.reference for one in together if one.pk != invitation.pk) or "–"

    @admin.display(description=_("what the e-mail says"))
    def reads(self, invitation):
        return linebreaksbr(emails.preview(invitation)) or "–"

    @admin.display(description=_("sent"), ordering="invited__sent_on")
    def sent_on(self, invitation):
        return date_format(invitation.invited.sent_on) if invitation.invited else "–"

    @admin.display(description=_("what became of the e-mail"))
    def what_became(self, invitation):
        letter = (
            InvitationLetter.objects.filter(invited=invitation.invited_id).first() if invitation.invited_id else None
        )
        return outcome(letter) if letter else "–"
