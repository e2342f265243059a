"""Cities that residents ask, at the desk: who is to be written to, and what the city answered."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db import transaction
from django.db.models import DateTimeField, F, Q
from django.db.models.functions import Cast
from django.http import HttpResponseRedirect
from django.template.defaultfilters import linebreaksbr
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from citysolidarity.desk.decisions import Act, ActingAdmin, is_pressed
from citysolidarity.desk.exports import Column, ExportedList
from citysolidarity.desk.forms import DeskForm
from citysolidarity.desk.teamwork.admin import AssignedFilter
from citysolidarity.desk.todo import ToDo, WaitsFilter
from citysolidarity.mail.letter import outcome
from pledges.models import AskedCity
from pledges.models.workflow import CURATE
from pledges.supports import emails

TO_WRITE = ToDo(
    "to-write", _("Cities to write to, since enough residents ask"), Q(due_since__isnull=False), F("due_since")
)
TO_PUBLISH = ToDo(
    "to-publish",
    _("Answers of cities to publish"),
    Q(published_at__isnull=True) & ~Q(answer=""),
    Cast("answered_on", DateTimeField()),
    on_start=False,
)


class AskedCityForm(DeskForm, forms.ModelForm):
    # The fields that an act needs.
    NEEDS = {"preview": ["email"], "answer": ["reply", "answered_on", "answer"]}

    language = forms.ChoiceField(label=_("Language of the e-mail"), choices=settings.LANGUAGES)

    class Meta:
        model = AskedCity
        fields = ["email", "language", "reply", "answered_on", "answer", "answer_url"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "language" in self.fields:
            self.fields["language"].required = False

    def clean_language(self):
        return self.cleaned_data.get("language") or settings.LANGUAGE_CODE

    def clean(self):
        facts = super().clean()
        for act, names in self.NEEDS.items():
            for name in names:
                if f"_act_{act}" in self.data and name in self.fields and not facts.get(name):
                    self.add_error(name, _("This cannot be empty."))
        return facts

    def _post_clean(self):
        # What is typed for another button is not looked at, nor saved: it would be refused as half an answer.
        if "_act_answer" not in self.data:
            for name in ("reply", "answered_on", "answer", "answer_url"):
                if name in self.fields:
                    self.cleaned_data[name] = getattr(self.instance, name)
        super()._post_clean()


def preview(asked: AskedCity, by):
    asked.keep_address(by, asked.email, asked.language)
    return _("Saved. Read the e-mail below before you send it.")


def send(asked: AskedCity, by):
    asked.note_written(by)
    with translation.override(asked.language):
        emails.residents_ask.post(asked)
    return _("The e-mail is on its way.")


def answer(asked: AskedCity, by):
    asked.record_answer(by, asked.reply, asked.answered_on, asked.answer, asked.answer_url)
    return _("The city’s answer is saved.")


def publish(asked: AskedCity, by):
    asked.publish_answer(by)
    return _("The answer is public, and residents who asked are told of it by e-mail.")


def hide(asked: AskedCity, by):
    asked.hide_answer(by)
    return _("The answer is no longer public.")


def remove(asked: AskedCity, by):
    asked.remove_answer(by)
    return _("The answer is removed.")


@admin.register(AskedCity)
class AskedCityAdmin(ExportedList, ActingAdmin):
    """No resident is named here: nobody reads their addresses."""

    export_columns = (
        Column("city", "city__slug"),
        Column("residents", "supports"),
        Column("reached", lambda asked: asked.reached),
        Column("signed", "city__is_signed"),
        Column("email_sent", "written_at"),
        Column("reply", lambda asked: asked.get_reply_display()),
        Column("answered", "answered_on"),
        Column("answer"),
        Column("answer_page", "answer_url"),
        Column("answer_published", "published_at"),
        Column("email", is_private=True),
    )
    form = AskedCityForm
    team_permission = CURATE
    list_display = ["city", "supports", "thresholds_reached", "due_since", "written_at", "answered_on", "published_at"]
    list_filter = [WaitsFilter, AssignedFilter]
    list_select_related = ["city"]
    search_fields = ["city__keywords__unaccent", "city__slug"]
    todos = [TO_WRITE, TO_PUBLISH]
    acts = [
        Act("preview", _("Save the address and show the e-mail"), lambda asked: "", preview),
        Act("send", _("Send the e-mail"), AskedCity.why_not_write, send),
        Act("answer", _("Save the city’s answer"), lambda asked: "", answer),
        Act("publish", _("Publish the answer"), AskedCity.why_not_publish, publish),
        Act("hide", _("Take the answer off the public pages"), AskedCity.why_not_hide, hide),
        Act("remove", _("Remove the answer"), AskedCity.why_not_remove, remove),
    ]
    fieldsets = [
        (None, {"fields": ["city", "supports", "thresholds_reached", "has_signed"]}),
        (
            _("E-mail to the city"),
            {"fields": ["email", "language", "reads", "due_since", "written_at", "written_by", "what_became"]},
        ),
        (
            _("Answer of the city"),
            {"fields": ["reply", "answered_on", "answer", "answer_url", "published_at", "published_by"]},
        ),
    ]
    readonly_fields = [
        "city", "supports", "thresholds_reached", "has_signed", "reads", "due_since", "written_at", "written_by",
        "what_became", "published_at", "published_by",
    ]  # fmt: skip

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm(CURATE)

    def get_queryset(self, request):
        return super().get_queryset(request).with_city()

    def get_ordering(self, request):
        return ["-supports", "city__slug"]

    @transaction.atomic
    def response_change(self, request, obj):
        """Whoever pressed a button goes on with the same city."""
        if any(is_pressed(act, request) for act in self.acts):
            return HttpResponseRedirect(request.get_full_path())
        return super().response_change(request, obj)

    @admin.display(description=_("thresholds reached"))
    def thresholds_reached(self, asked):
        return pgettext("list separator", ", ").join(map(str, asked.reached)) or "–"

    @admin.display(description=_("has signed"), boolean=True)
    def has_signed(self, asked):
        return asked.thanks

    @admin.display(description=_("what the e-mail says"))
    def reads(self, asked):
        return linebreaksbr(emails.residents_ask.preview(asked, asked.language))

    @admin.display(description=_("what became of the e-mail"))
    def what_became(self, asked):
        latest = asked.letters.order_by("-posted_at").first()
        return outcome(latest) if latest else "–"
