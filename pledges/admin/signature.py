"""Signatures at the desk: read here, moved only by their acts."""

from django.contrib import admin
from django.db.models import Case, Exists, F, OuterRef, When
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from citysolidarity.letters import outcome
from pledges.admin.acting import Acting, address_of
from pledges.admin.actions import publish
from pledges.admin.acts import offered
from pledges.admin.filters import StateFilter, WaitsFilter
from pledges.admin.letters import NAMES
from pledges.admin.mailbox import mailbox_of
from pledges.admin.todo import TODOS
from pledges.models import Signature
from pledges.models.moves import CURATE
from pledges.models.signatures import IN_STATE
from pledges.vocabularies import Refusal, State
from practices.admin.filters import by_word
from practices.vocabularies import SUBREGIONS

WAITING_SINCE = Case(
    When(IN_STATE[State.DRAFTED], then=F("drafted_at")),
    When(IN_STATE[State.CONFIRMED], then=F("confirmed_at")),
    When(IN_STATE[State.VERIFIED], then=F("verified_at")),
)


@admin.register(Signature)
class SignatureAdmin(Acting, admin.ModelAdmin):
    todos = TODOS
    list_display = ["place", "institution", "office_in_words", "mailbox", "stands", "waiting", "second_curator"]
    list_filter = [WaitsFilter, StateFilter, "origin", by_word("city__region", SUBREGIONS, _("region"))]
    list_per_page = 50
    show_facets = admin.ShowFacets.ALWAYS
    show_full_result_count = False
    actions = [publish]
    fieldsets = [
        (
            _("Who signs"),
            {
                "fields": [
                    "city_in_full",
                    "institution",
                    "office_in_words",
                    "signed_in_words",
                    "version_signed",
                    "source_says",
                ]
            },
        ),
        (_("Where it stands"), {"fields": ["stands", "waiting", "second_curator", "visibility_in_words"]}),
        (_("Mailbox and domain"), {"fields": ["mailbox", "official_domain"]}),
    ]
    private = (
        _("Private: for curators only"),
        {
            "fields": ["email", "phone", "name", "decision", "reference"],
            "description": _("Never public, and never in a letter to anybody else. Erased when no longer needed."),
        },
    )

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        # States move by the acts alone, facts by a correction of the city.
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_curate_permission(self, request):
        return request.user.has_perm(CURATE)

    def get_queryset(self, request):
        refused = Signature.objects.in_state(State.REFUSED).exclude(refusal=Refusal.NOT_ME)
        found = super().get_queryset(request).with_city().select_related("contact", "version__statement", "sent_form")
        return found.annotate(
            waiting_since=WAITING_SINCE, city_was_refused=Exists(refused.filter(city=OuterRef("city")))
        )

    def get_ordering(self, request):
        return [F("waiting_since").asc(nulls_last=True), "pk"]

    def get_search_fields(self, request):
        found = ["city__name", "city__slug", "institution"]
        return [*found, "contact__email", "=sent_form__reference"] if self.has_curate_permission(request) else found

    def get_fieldsets(self, request, obj=None):
        return [*self.fieldsets, self.private] if self.has_curate_permission(request) else self.fieldsets

    def get_readonly_fields(self, request, obj=None):
        return [field for _name, options in self.get_fieldsets(request, obj) for field in options["fields"]]

    def view_on_site(self, signature):
        shown = Signature.objects.public().filter(pk=signature.pk).exists()
        return signature.get_absolute_url() if shown else None

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Signatures"), **(extra_context or {})})

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context |= {
            "acts": offered(obj, request.user),
            "is_curator": self.has_curate_permission(request),
            "evidence": [
                (proof, proof.is_strong_for(obj.city, getattr(obj, "contact", None)))
                for proof in obj.evidence.select_related("by")
            ],
            "sources": obj.sources.all(),
            "commitments": obj.commitments.with_clause(),
            "events": obj.events.select_related("by"),
            "letters": [(NAMES.get(letter.name, letter.name), letter, outcome(letter)) for letter in obj.letters.all()],
            "subtitle": None,
            "title": f"{obj.signer}, {obj.city.name}" if obj.institution else obj.city.name,
        }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    # --- columns and facts ------------------------------------------------------------------

    @admin.display(description=_("city"), ordering="city__name")
    def place(self, signature):
        return f"{signature.city.name}, {signature.city.get_country_display()}"

    @admin.display(description=_("city"))
    def city_in_full(self, signature):
        return self.place(signature)

    @admin.display(description=_("office"), ordering="office")
    def office_in_words(self, signature):
        return signature.office_name

    @admin.display(description=_("signed"))
    def signed_in_words(self, signature):
        return signature.signed_in_words

    @admin.display(description=_("version signed"))
    def version_signed(self, signature):
        return signature.version or _("Not known: the sources do not say")

    @admin.display(description=_("what the source says"))
    def source_says(self, signature):
        return signature.signed_by or "–"

    @admin.display(description=_("mailbox"))
    def mailbox(self, signature):
        found = mailbox_of(address_of(signature), signature.city.official_domain)
        lines = [line for line in (found.domain, found.shown and f"({found.shown})") if line]
        return format_html(
            '{} <span class="verdict {}">{}</span>',
            format_html_join(" ", "<bdi>{}</bdi>", ((line,) for line in lines)),
            found.code,
            found.meaning,
        )

    @admin.display(description=_("official domain of the city"))
    def official_domain(self, signature):
        return signature.city.official_domain or _("Not recorded")

    @admin.display(description=_("state"))
    def stands(self, signature):
        if signature.state == State.REFUSED:
            return f"{signature.state.label}: {signature.get_refusal_display()}"
        return signature.state.label

    @admin.display(description=_("waiting since"), ordering="waiting_since")
    def waiting(self, signature):
        if since := signature.waiting_since:
            return f"{timesince(since, depth=1)} ({date_format(timezone.localtime(since), 'SHORT_DATE_FORMAT')})"
        return "–"

    @admin.display(description=_("second curator"))
    def second_curator(self, signature):
        # The rule of Signature.needs_second_curator, without its query for each row.
        if signature.state not in (State.CONFIRMED, State.VERIFIED):
            return "–"
        contact = getattr(signature, "contact", None)
        return _("Needed") if contact is None or contact.is_free_mail or signature.city_was_refused else _("Not needed")

    @admin.display(description=_("visibility"))
    def visibility_in_words(self, signature):
        day = signature.public_from
        words = signature.get_visibility_display()
        return f"{words} ({date_format(day, 'DATE_FORMAT')})" if day else words

    @admin.display(description=_("e-mail address"))
    def email(self, signature):
        return address_of(signature) or _("Erased, or never given")

    @admin.display(description=_("telephone"))
    def phone(self, signature):
        contact = getattr(signature, "contact", None)
        return contact.phone if contact and contact.phone else "–"

    @admin.display(description=_("page that shows the decision"))
    def decision(self, signature):
        contact = getattr(signature, "contact", None)
        address = contact.decision_url if contact else ""
        return format_html('<a href="{0}" rel="noreferrer">{0}</a>', address) if address else "–"

    @admin.display(description=_("reference of the form"))
    def reference(self, signature):
        sent = getattr(signature, "sent_form", None)
        return sent.reference if sent else "–"

    @admin.display(description=_("name of the signer"))
    def name(self, signature):
        if not signature.signer_name:
            return "–"
        shown = _("may be shown") if signature.name_may_be_shown else _("must not be shown")
        return f"{signature.signer_name} ({shown})"
