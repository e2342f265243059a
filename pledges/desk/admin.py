from django.contrib import admin
from django.db.models import Case, Exists, F, OuterRef, When
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from citysolidarity.desk.exports import ExportedList
from citysolidarity.desk.filters import by_word
from citysolidarity.desk.rows import NoneDeleted
from citysolidarity.desk.teamwork.admin import AssignedFilter
from citysolidarity.desk.todo import WaitsFilter
from citysolidarity.desk.writing.admin import WritesToSender
from citysolidarity.mail.letter import outcome
from citysolidarity.mail.verdict import mailbox_of
from pledges.desk.bulk_actions import publish
from pledges.desk.decision_views import DecisionViews, address_of
from pledges.desk.decisions import needs_second_curator, offered
from pledges.desk.export_columns import EXPORTED
from pledges.desk.letter_names import NAMES
from pledges.desk.named_views import NamedViews
from pledges.desk.todo import BECOMES_PUBLIC, BOUNCED, EXPIRES, TO_PUBLISH, TO_VERIFY
from pledges.models import Signature
from pledges.models.queryset import IN_STATE, NOT_ENDED
from pledges.models.workflow import CURATE
from pledges.vocabularies import Origin, Refusal, State
from practices.vocabularies import SUBREGIONS

WAITING_SINCE = Case(
    When(IN_STATE[State.DRAFTED], then=F("drafted_at")),
    When(IN_STATE[State.CONFIRMED], then=F("confirmed_at")),
    When(IN_STATE[State.VERIFIED], then=F("verified_at")),
)


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return State.choices

    def queryset(self, request, queryset):
        return queryset.in_state(self.value()) if self.value() in State.values else queryset


class PublishableFilter(admin.SimpleListFilter):
    """Verified signatures that this curator may publish, and those that need another."""

    title = _("may be published")
    parameter_name = "publishable"

    def lookups(self, request, model_admin):
        return [("me", _("By you")), ("colleague", _("By a colleague alone"))]

    def queryset(self, request, queryset):
        if self.value() not in ("me", "colleague"):
            return queryset
        verified = queryset.in_state(State.VERIFIED)
        others = [signature.pk for signature in verified if needs_second_curator(signature, request.user)]
        return verified.filter(pk__in=others) if self.value() == "colleague" else verified.exclude(pk__in=others)


@admin.register(Signature)
class SignatureAdmin(ExportedList, DecisionViews, NamedViews, WritesToSender, NoneDeleted, admin.ModelAdmin):
    export_columns = EXPORTED
    change_list_template = "admin/pledges/signature/change_list.html"
    team_permission = CURATE
    todos = [TO_VERIFY, TO_PUBLISH, BOUNCED]
    comings = [BECOMES_PUBLIC, EXPIRES]
    list_display = ["place", "institution", "office_in_words", "mailbox", "stands", "waiting", "second_curator"]
    list_filter = [
        WaitsFilter, AssignedFilter, StateFilter, PublishableFilter, "origin", by_word("city__region", SUBREGIONS, _("region")),
    ]  # fmt: skip
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
        (_("E-mail address and domain"), {"fields": ["mailbox", "official_domain"]}),
    ]
    private = (
        _("Private: for curators only"),
        {
            "fields": ["email", "phone", "name", "decision", "reference"],
            "description": _("Never public, and never in an e-mail to anyone else. Erased when no longer needed."),
        },
    )

    def sender_of(self, signature) -> str:
        """Whose address somebody else may have typed is written to only once its button was pressed."""
        return address_of(signature) if signature.confirmed_at else ""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        # Only the acts change a state, and only the city corrects facts.
        return False

    def has_curate_permission(self, request):
        return request.user.has_perm(CURATE)

    def sees_private(self, request):
        return self.has_curate_permission(request)

    def get_queryset(self, request):
        refused = Signature.objects.in_state(State.REFUSED).exclude(refusal=Refusal.NOT_ME)
        queryset = super().get_queryset(request).with_city()
        return queryset.select_related("contact", "version__statement", "sent_form").annotate(
            waiting_since=WAITING_SINCE, city_was_refused=Exists(refused.filter(city=OuterRef("city")))
        )

    def get_ordering(self, request):
        return [F("waiting_since").asc(nulls_last=True), "pk"]

    def get_search_fields(self, request):
        fields = ["city__keywords__unaccent", "city__slug", "institution__unaccent"]
        return (
            [*fields, "contact__email", "signer_name__unaccent", "sent_form__reference"]
            if self.has_curate_permission(request)
            else fields
        )

    def get_fieldsets(self, request, obj=None):
        return [*self.fieldsets, self.private] if self.has_curate_permission(request) else self.fieldsets

    def get_readonly_fields(self, request, obj=None):
        return [field for _name, options in self.get_fieldsets(request, obj) for field in options["fields"]]

    def view_on_site(self, signature):
        is_public = Signature.objects.public().filter(pk=signature.pk).exists()
        return signature.get_absolute_url() if is_public else None

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
            "others": Signature.objects.for_city(obj.city_id).filter(NOT_ENDED).exclude(pk=obj.pk).order_by("pk"),
            "is_typed_by_hand": obj.origin == Origin.ONLINE
            and obj.city.geonames_id is None
            and obj.city.latitude is None,
            "sources": obj.sources.all(),
            "commitments": obj.commitments.with_clause(),
            "events": obj.events.select_related("by"),
            "letters": [(NAMES.get(letter.name, letter.name), letter, outcome(letter)) for letter in obj.letters.all()],
            "subtitle": None,
            "title": f"{obj.signer}, {obj.city.full_name}" if obj.institution else obj.city.full_name,
        }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    # --- columns and facts ------------------------------------------------------------------

    @admin.display(description=_("city"), ordering="city__name")
    def place(self, signature):
        return f"{signature.city.full_name}, {signature.city.get_country_display()}"

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

    @admin.display(description=_("e-mail address"))
    def mailbox(self, signature):
        verdict = mailbox_of(address_of(signature), signature.city.official_domain)
        lines = [line for line in (verdict.domain, verdict.shown and f"({verdict.shown})") if line]
        return format_html(
            '{} <span class="verdict {}">{}</span>',
            format_html_join(" ", "<bdi>{}</bdi>", ((line,) for line in lines)),
            verdict.code,
            verdict.meaning,
        )

    @admin.display(description=_("official domain of the city"))
    def official_domain(self, signature):
        return signature.city.official_domain or _("Not recorded")

    @admin.display(description=_("state"))
    def stands(self, signature):
        if signature.state == State.REFUSED:
            return f"{signature.state.label}: {signature.get_refusal_display()}"
        if signature.is_live and signature.public_from and not signature.has_begun:
            day = date_format(signature.public_from, "DATE_FORMAT")
            return _("%(state)s, to be shown from %(day)s") % {"state": signature.state.label, "day": day}
        return signature.state.label

    @admin.display(description=_("waiting since"), ordering="waiting_since")
    def waiting(self, signature):
        if since := signature.waiting_since:
            return f"{timesince(since, depth=1)} ({date_format(timezone.localtime(since), 'SHORT_DATE_FORMAT')})"
        return "–"

    @admin.display(description=_("second curator"))
    def second_curator(self, signature):
        # The rule of Signature.needs_second_curator without a query for each row.
        if signature.state not in (State.CONFIRMED, State.VERIFIED):
            return "–"
        contact = getattr(signature, "contact", None)
        is_official = contact is not None and contact.is_official_for(signature.city)
        return _("Not needed") if is_official and not signature.city_was_refused else _("Needed")

    @admin.display(description=_("visibility"))
    def visibility_in_words(self, signature):
        day = signature.public_from
        label = signature.get_visibility_display()
        return f"{label} ({date_format(day, 'DATE_FORMAT')})" if day else label

    @admin.display(description=_("e-mail address"))
    def email(self, signature):
        return address_of(signature) or _("Erased, or never given")

    @admin.display(description=_("telephone"))
    def phone(self, signature):
        return getattr(getattr(signature, "contact", None), "phone", "") or "–"

    @admin.display(description=_("page that shows the decision"))
    def decision(self, signature):
        url = getattr(getattr(signature, "contact", None), "decision_url", "")
        return format_html('<a href="{0}" rel="noreferrer">{0}</a>', url) if url else "–"

    @admin.display(description=_("reference of the form"))
    def reference(self, signature):
        return getattr(getattr(signature, "sent_form", None), "reference", "–")

    @admin.display(description=_("name of the signer"))
    def name(self, signature):
        if not signature.signer_name:
            return "–"
        permission = _("may be shown") if signature.name_may_be_shown else _("must not be shown")
        return f"{signature.signer_name} ({permission})"
