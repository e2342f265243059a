"""The desk's pages to list, add, open and delete PDFs about a signature or an entry."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from citysolidarity.attachments import pdf_check
from citysolidarity.attachments.models import Document, digest_of
from citysolidarity.desk.acts import TAKEN_OUT, log_act
from citysolidarity.drawing.images import as_pdf, is_photograph
from citysolidarity.login.page import page
from pledges.models import Signature
from practices.models import Practice

# What a document is about → its model, and the permission that is needed to see it.
ABOUT = {"signature": (Signature, "pledges.curate_signature"), "practice": (Practice, "practices.change_practice")}


class DocumentForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("What it is"),
        max_length=120,
        help_text=gettext_lazy("For example: Letter of the mayor, 3 May 2026."),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A PDF without scripts, active forms or embedded files; or a photo (JPEG, PNG), which becomes a PDF. "
            "At most 5 MB."
        ),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > pdf_check.MOST_BYTES:
            raise ValidationError(_("The file is larger than 5 MB. Please save a smaller one."))
        content = file.read()
        self.content = as_pdf(content) if is_photograph(content) else content
        pdf_check.prove(self.content)
        return file


@require_http_methods(["GET", "HEAD", "POST"])
def documents(request, kind, pk):
    subject = subject_of(request, kind, pk)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            # Two presses come one after the other.
            type(subject).objects.select_for_update(of=["self"]).get(pk=subject.pk)
            if Document.objects.kept().filter(digest=digest_of(form.content), **{kind: subject}).exists():
                messages.warning(request, _("This document is already here; it was not added again."))
            else:
                Document.add(form.content, title=form.cleaned_data["title"], by=request.user, **{kind: subject})
                log_act(subject, request.user, _("A document was added."))
                messages.success(request, _("The document has been saved."))
        return redirect("attachments:documents", kind, pk)
    rows = Document.objects.filter(**{kind: subject}).kept().select_related("added_by").prefetch_related("views__by")
    title = _("Documents: %(subject)s") % {"subject": subject}
    return page(
        request, "admin/attachments/documents.html", title, form=form, documents=list(rows), kind=kind, subject=subject
    )


@require_POST
def document_open(request, pk):
    """By POST, because a view is recorded. The file is to be saved: shown in a tab it would speak in the site's name."""
    document, _kind, subject = document_of(request, pk)
    try:
        with transaction.atomic():
            content = document.opened(request.user)
            log_act(subject, request.user, _("A document was opened."), kind=TAKEN_OUT)
    except FileNotFoundError:
        raise Http404 from None
    name = f"{slugify(document.title) or 'document'}.pdf"
    headers = {
        "Content-Disposition": content_disposition_header(True, name),
        "Cache-Control": "private, no-store",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_POST
def document_delete(request, pk):
    document, kind, subject = document_of(request, pk)
    with transaction.atomic():
        Document.objects.filter(pk=document.pk).forget(by=request.user)
        log_act(subject, request.user, _("A document was deleted."))
    messages.success(request, _("The document has been deleted."))
    return redirect("attachments:documents", kind, document.signature_id or document.practice_id)


def subject_of(request, kind: str, pk: int):
    """The signature or the entry; 404 where there is none, 403 without the permission to see its documents."""
    if kind not in ABOUT:
        raise Http404
    model, right = ABOUT[kind]
    if not request.user.has_perm(right):
        raise PermissionDenied
    return get_object_or_404(model, pk=pk)


def document_of(request, pk: int) -> tuple:
    """The document, what kind of row it is about, and that row."""
    document = get_object_or_404(Document.objects.kept(), pk=pk)
    kind = "signature" if document.signature_id else "practice"
    subject = subject_of(request, kind, document.signature_id or document.practice_id)
    return document, kind, subject
