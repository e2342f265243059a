"""Questions to cities, at the desk: those nobody answered, and answers that may be shown."""

from django import forms
from django.contrib import admin
from django.db.models import DateTimeField, ExpressionWrapper, F
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from citysolidarity.desk.decisions import Act, ActingAdmin, Done
from citysolidarity.desk.exports import Column, ExportedList
from citysolidarity.desk.forms import DeskForm
from citysolidarity.desk.teamwork.admin import AssignedFilter
from citysolidarity.desk.todo import Coming, Rank, ToDo, WaitsFilter
from practices.correspondence.enquiries import sending
from practices.models import Enquiry
from practices.models.correspondence.enquiry import MAY_JOIN, NOBODY_YET, PATIENCE, WAITS

UNANSWERED = ToDo("unanswered", _("Unanswered questions"), WAITS, F("curators_at"), rank=Rank.PEOPLE)
PASSED_ON = Coming(
    _("We pass the question on if the city has not answered"),
    NOBODY_YET,
    ExpressionWrapper(Coalesce("deputy_at", "relayed_at") + PATIENCE, output_field=DateTimeField()),
)


TO_JOIN = ToDo("to-join", _("Answers that may be shown"), MAY_JOIN, F("answered_at"))


class EnquiryDecisionForm(DeskForm, forms.ModelForm):
    # The fields that an act needs.
    NEEDS = {
        "answer": ["answer"],
        "join": ["public_question", "public_answer"],
        "correct": ["public_question", "public_answer"],
    }

    class Meta:
        model = Enquiry
        fields = ["answer", "public_question", "public_answer"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.answered_at and not self.instance.joined_at:
            self.initial["public_question"] = self.instance.public_question or self.instance.text
            self.initial["public_answer"] = self.instance.public_answer or self.instance.answer

    def clean(self):
        facts = super().clean()
        for act, names in self.NEEDS.items():
            for name in names:
                if f"_act_{act}" in self.data and name in self.fields and not facts.get(name):
                    self.add_error(name, _("This cannot be empty."))
        return facts


def answer(enquiry, by):
    sending.answer(enquiry, enquiry.answer)
    return _("The answer has been sent.")


def join(enquiry, by):
    enquiry.join(by, enquiry.public_question, enquiry.public_answer)
    return _("Question and answer are shown with the entry.")


def correct(enquiry, by):
    before = enquiry.correct(enquiry.public_question, enquiry.public_answer)
    log = _("Corrected. Shown before: “%(question)s” “%(answer)s”") % dict(
        zip(("question", "answer"), before, strict=True)
    )
    return Done(_("The corrected question and answer are shown with the entry."), log)


def close(enquiry, by):
    enquiry.close(by)
    return _("The question is closed; none of it is shown.")


def reopen(enquiry, by):
    enquiry.reopen()
    return _("The question is open again.")


def why_not_correct(enquiry) -> str:
    return "" if enquiry.joined_at else _("it is not shown with the entry.")


@admin.register(Enquiry)
class EnquiryAdmin(ExportedList, ActingAdmin):
    """The asker’s address is kept apart and shown to nobody; letters find it."""

    export_columns = (
        Column("reference"),
        Column("entry", "practice__slug"),
        Column("title", "practice__title"),
        Column("city", "practice__city__slug"),
        Column("question", "text", is_private=True),
        Column("may_be_shown"),
        Column("sent", "sent_at"),
        Column("confirmed", "confirmed_at"),
        Column("passed_to_role", "relayed_at"),
        Column("passed_to_deputy", "deputy_at"),
        Column("passed_to_curators", "curators_at"),
        Column("answered", "answered_at"),
        Column("answer", is_private=True),
        Column("question_as_shown", "public_question"),
        Column("answer_as_shown", "public_answer"),
        Column("shown", "joined_at"),
        Column("closed", "closed_at"),
    )
    form = EnquiryDecisionForm
    list_display = [
        "reference", "entry", "sent_at", "relayed_at", "deputy_at", "curators_at", "answered_at", "joined_at",
    ]  # fmt: skip
    list_filter = [WaitsFilter, AssignedFilter]
    # Not the asker's address: it is shown to nobody.
    search_fields = [*ActingAdmin.search_fields, "reference", "text", "answer"]
    todos = [UNANSWERED, TO_JOIN]
    comings = [PASSED_ON]
    acts = [
        Act("answer", pgettext_lazy("button", "Answer"), Enquiry.why_not_answer, answer),
        Act("join", _("Show with the entry"), Enquiry.why_not_join, join, hides=lambda enquiry: enquiry.joined_at),
        Act(
            "correct",
            _("Show the corrected words"),
            why_not_correct,
            correct,
            hides=lambda enquiry: not enquiry.joined_at,
        ),
        Act("close", _("Close without showing anything"), Enquiry.why_not_close, close),
        Act("reopen", _("Reopen"), Enquiry.why_not_reopen, reopen, hides=lambda enquiry: not enquiry.closed_at),
    ]
    fields = [
        "entry", "text", "may_be_shown", "sent_at", "confirmed_at", "relayed_at", "deputy_at", "curators_at", "answer",
        "answered_at", "may_join", "public_question", "public_answer", "joined_at", "joined_by", "closed_at", "closed_by",
    ]  # fmt: skip
    readonly_fields = [
        "entry", "text", "may_be_shown", "sent_at", "confirmed_at", "relayed_at", "deputy_at", "curators_at",
        "answered_at", "may_join", "joined_at", "joined_by", "closed_at", "closed_by",
    ]  # fmt: skip

    def get_readonly_fields(self, request, obj=None):
        possible = {act.name for act in self.acts_for(obj)} if obj else set()
        needs = EnquiryDecisionForm.NEEDS.items()
        open_fields = {name for act, names in needs if act in possible for name in names}
        return [*self.readonly_fields, *(name for name in EnquiryDecisionForm._meta.fields if name not in open_fields)]
