"""The PDFs about a signature or an entry, at the desk: to add, to open and to delete, for curators alone."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from citysolidarity import pdf
from citysolidarity.documents import Document
from citysolidarity.views.door import page
from pledges.models import Signature
from practices.models import Practice

# What a document is about → its model, and the right without which nobody sees one.
ABOUT = {"signature": (Signature, "pledges.curate_signature"), "practice": (Practice, "practices.change_practice")}


class DocumentForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("What it is"),
        max_length=120,
        help_text=gettext_lazy("Such as: Letter of the mayor, 3 May 2026."),
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A PDF of at most 5 MB, without scripts, forms that run, or files in it."),
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > pdf.MOST_BYTES:
            raise ValidationError(_("The file weighs more than 5 MB. Save it smaller, please."))
        self.content = file.read()
        pdf.prove(self.content)
        return file


@require_http_methods(["GET", "HEAD", "POST"])
def documents(request, kind, pk):
    """What there is, who looked at it, and a form to add one."""
    subject = subject_of(request, kind, pk)
    form = DocumentForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        Document.add(form.content, title=form.cleaned_data["title"], by=request.user, **{kind: subject})
        messages.success(request, _("The document is kept."))
        return redirect("admin:documents", kind, pk)
    found = Document.objects.filter(**{kind: subject}).kept().select_related("added_by").prefetch_related("views__by")
    title = _("Documents: %(subject)s") % {"subject": subject}
    return page(request, "documents", title, form=form, documents=list(found), kind=kind, subject=subject)


@require_POST
def document_open(request, pk):
    """The file itself, to be saved and not shown in the site's name. By a button: a look is written down."""
    document = document_of(request, pk)
    try:
        content = document.opened(request.user)
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
    """Deletes the file; who added it and who looked at it stays known."""
    document = document_of(request, pk)
    Document.objects.filter(pk=document.pk).forget(by=request.user)
    messages.success(request, _("The document is deleted."))
    kind = "signature" if document.signature_id else "practice"
    return redirect("admin:documents", kind, document.signature_id or document.practice_id)


def subject_of(request, kind: str, pk: int):
    """The signature or the entry; 404 where there is none, 403 for whoever may not see its papers."""
    if kind not in ABOUT:
        raise Http404
    model, right = ABOUT[kind]
    if not request.user.has_perm(right):
        raise PermissionDenied
    return get_object_or_404(model, pk=pk)


def document_of(request, pk: int) -> Document:
    """A document that is still there, for those who may see it."""
    document = get_object_or_404(Document.objects.kept(), pk=pk)
    kind = "signature" if document.signature_id else "practice"
    subject_of(request, kind, document.signature_id or document.practice_id)
    return document
