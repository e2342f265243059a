"""Questions to cities, at the desk: those nobody answered, and answers that may be shown."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from practices import questions
from practices.admin.acting import Act, ActingAdmin
from practices.admin.todo import TO_JOIN, UNANSWERED, WaitsFilter
from practices.models import Enquiry


class EnquiryForm(forms.ModelForm):
    """Which boxes an act needs."""

    NEEDS = {"answer": ["answer"], "join": ["public_question", "public_answer"]}

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
                if f"_act_{act}" in self.data and not facts.get(name):
                    self.add_error(name, _("This can’t be left empty."))
        return facts


def answer(enquiry, by):
    questions.answer(enquiry, enquiry.answer)
    return _("The answer is on its way.")


def join(enquiry, by):
    enquiry.join(by, enquiry.public_question, enquiry.public_answer)
    return _("Question and answer are shown with the entry.")


def close(enquiry, by):
    enquiry.close(by)
    return _("The question is closed; nothing of it is shown.")


@admin.register(Enquiry)
class EnquiryAdmin(ActingAdmin):
    """The asker’s address is kept apart and shown to nobody; letters find it."""

    form = EnquiryForm
    list_display = [
        "reference",
        "entry",
        "sent_at",
        "relayed_at",
        "deputy_at",
        "curators_at",
        "answered_at",
        "joined_at",
    ]
    list_filter = [WaitsFilter]
    todos = [UNANSWERED, TO_JOIN]
    acts = [
        Act("answer", _("Answer"), lambda one: one.is_unanswered and one.curators_at, answer),
        Act("join", _("Show with the entry"), lambda one: one.may_be_joined, join),
        Act("close", _("Close, and show nothing"), lambda one: one.closed_at is None, close),
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
        fitting = {act.name for act in self.acts_for(obj)} if obj else set()
        closed = [name for act, names in EnquiryForm.NEEDS.items() if act not in fitting for name in names]
        return [*self.readonly_fields, *closed]
