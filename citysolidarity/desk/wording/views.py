"""The pages on which lead curators read and edit the texts of e-mails."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from citysolidarity.desk.acts import log_act
from citysolidarity.desk.forms import WholeTexts
from citysolidarity.login.page import page
from citysolidarity.mail.edited_texts import EditedText
from citysolidarity.mail.postbox import EDITABLE
from citysolidarity.mail.texts import EmailText, Words, tidy

MAY_EDIT = "citysolidarity.edit_email_texts"
VERSIONS_SHOWN = 50


class TextForm(WholeTexts, forms.ModelForm):
    # The version that was edited.
    number = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    class Meta:
        model = EditedText
        fields = ["subject", "body"]
        widgets = {
            "subject": forms.TextInput(attrs={"size": 60}),
            "body": forms.Textarea(attrs={"rows": 22, "cols": 66, "dir": "auto"}),
        }
        help_texts = {"body": gettext_lazy("An empty line begins a paragraph. An address on the web becomes a link.")}

    def __init__(self, text: EmailText, language: str, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.text, self.language = text, language

    def clean_body(self):
        return tidy(self.cleaned_data["body"].replace("\r\n", "\n"))

    def clean(self):
        super().clean()
        if not self.errors:
            for field, sentence in self.text.problems(self.words, self.language):
                self.add_error(field, sentence)

    @property
    def words(self) -> Words:
        return Words(self.cleaned_data["subject"], self.cleaned_data["body"])


def lead_alone(view):
    def guarded(request, *args, **kwargs):
        if not request.user.has_perm(MAY_EDIT):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@lead_alone
def email_texts(request, language=settings.LANGUAGE_CODE):
    if language not in dict(settings.LANGUAGES):
        raise Http404
    latest = {row.key: row for row in EditedText.objects.latest(language).select_related("by")}
    groups = [
        (capfirst(registry.title), [(text, in_use(text, language, latest.get(text.key))) for text in registry.texts])
        for registry in EDITABLE
    ]
    languages = [code for code in settings.LANGUAGES if code[0] != language]
    context = {"groups": groups, "language": language, "languages": languages}
    return page(request, "admin/wording/list.html", _("Texts of e-mails"), **context)


def in_use(text: EmailText, language: str, edited: EditedText | None) -> dict:
    """For the list: the subject as it is, the version where it is edited, and whether that version can be sent."""
    words = edited and edited.words
    unusable = bool(words) and any(text.problems(words, language))
    return {
        "subject": (words or text.original(language)).subject,
        "edited": edited if words else None,
        "unusable": unusable or bool(words and edited.unusable_at),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@lead_alone
def email_text(request, language, key):
    """First shows the e-mail with examples in it, then saves the text (``save``)."""
    text = text_of(key, language)
    versions = versions_of(key, language)
    number = versions[0].number if versions else 0
    used = (versions and versions[0].words) or text.original(language)
    reads = None
    if "original" in request.POST:
        return put_back(request, text, language, used)
    if request.method == "POST":
        form = TextForm(text, language, request.POST)
        if form.is_valid() and "save" in request.POST:
            if is_done := keep(request, text, language, used, form.words):
                messages.add_message(request, *is_done)
                return redirect(request.path)
            form = taken_meanwhile(text, language, request, number)
        elif form.is_valid():
            reads = text.fill(form.words, text.sample(), language)
    else:
        shown = chosen(versions, request.GET.get("version")) or used
        form = TextForm(text, language, initial={"number": number, **shown._asdict()})
    context = facts_about(text, language, versions) | {"form": form, "reads": reads, "number": number}
    return page(request, "admin/wording/text.html", capfirst(str(text)), **context)


def facts_about(text: EmailText, language: str, versions: list[EditedText]) -> dict:
    return {
        "text": text,
        "edited": versions[0] if versions and versions[0].words else None,
        "original": text.original(language),
        "ending": text.ending(language, text.sample()),
        "variables": text.offered(language),
        "versions": versions,
        "language": dict(settings.LANGUAGES)[language],
        "language_code": language,
    }


def text_of(key: str, language: str) -> EmailText:
    texts = {text.key: text for registry in EDITABLE for text in registry.texts}
    if key not in texts or language not in dict(settings.LANGUAGES):
        raise Http404
    return texts[key]


def versions_of(key: str, language: str) -> list[EditedText]:
    """The latest first."""
    rows = EditedText.objects.filter(key=key, language=language).select_related("by")
    return list(rows.order_by("-number")[:VERSIONS_SHOWN])


def chosen(versions: list[EditedText], number: str | None) -> Words | None:
    """An earlier version that somebody begins from."""
    return next((row.words for row in versions if str(row.number) == number), None)


def keep(request, text: EmailText, language: str, used: Words, words: Words) -> tuple[int, str] | None:
    """Save these words as the next version, without any where they are the original's; what to tell whoever saved them.

    None where somebody was quicker.
    """
    if words == used:
        return messages.WARNING, _("That is the text which is used already.")
    number = request.POST.get("number", "")
    latest = EditedText.objects.latest_of(text.key, language)
    if number != str(latest.number if latest else 0):
        return None
    is_original = words == text.original(language)
    columns = {} if is_original else words._asdict()
    try:
        with transaction.atomic():
            row = EditedText.objects.create(
                key=text.key, language=language, number=int(number) + 1, by=request.user, **columns
            )
            log_act(row, request.user, _("Back to the original") if is_original else _("Text edited"), str(text))
    except IntegrityError:
        return None
    return messages.SUCCESS, _("The text is saved. The next e-mail of this kind says it.")


def put_back(request, text: EmailText, language: str, used: Words):
    done = keep(request, text, language, used, text.original(language))
    messages.add_message(request, *(done or (messages.WARNING, _("Someone else has saved this text in the meantime."))))
    return redirect(request.path)


def taken_meanwhile(text: EmailText, language: str, request, number: int) -> TextForm:
    """What was typed, and beside it what somebody else has saved since: whoever saves it now has seen both."""
    typed = request.POST.copy()
    typed["number"] = number
    form = TextForm(text, language, typed)
    form.add_error(None, _("Someone else has saved this text in the meantime. You can see the current text below."))
    return form
