"""Letters and PDFs: for curators alone, without an address, each look written down, and gone with whoever signed."""

import io
import os

import pikepdf
import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from citysolidarity.attachments import pdf_check
from citysolidarity.attachments.models import Document, DocumentView, place_of
from pledges.erasure import forget
from tests.desk import desk
from tests.login import at_the_desk, staff
from tests.pdfs import a_pdf, with_object
from tests.people import a_practice
from tests.pictures import a_file
from tests.pledges.desk.desk import the_page
from tests.pledges.signers import a_confirmed

pytestmark = pytest.mark.django_db


def page_of(subject, kind="signature"):
    return reverse("attachments:documents", args=[kind, subject.pk])


def added(client, page, content=None, title="Letter of the mayor"):
    file = SimpleUploadedFile("../../letter.exe", a_pdf() if content is None else content)
    return client.post(page, {"title": title, "file": file})


def is_there(document):
    return storages["private"].exists(place_of(document.key))


@pytest.fixture
def letter():
    """A letter of a signature, and a curator at the desk who added it."""
    client, signature = at_the_desk(staff()), a_confirmed()
    assert added(client, page_of(signature)).status_code == 302
    return Document.objects.get(), client


def test_a_curator_adds_a_letter_and_each_look_at_it_is_written_down(letter):
    document, client = letter
    assert page_of(document.signature) in client.get(the_page(document.signature)).content.decode()
    page = client.get(page_of(document.signature)).content.decode()
    assert "Letter of the mayor" in page and "0 looks" in page
    other = staff("ben")
    answer = at_the_desk(other).post(reverse("attachments:document_open", args=[document.pk]))
    assert answer.content == a_pdf()
    assert answer["Content-Disposition"] == 'attachment; filename="letter-of-the-mayor.pdf"'
    assert "private, no-store" in answer["Cache-Control"] and answer["Content-Type"] == "application/pdf"
    look = DocumentView.objects.get()
    assert (look.document, look.by) == (document, other)
    assert "1 look" in client.get(page_of(document.signature)).content.decode()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photographed_letter_becomes_a_pdf_that_is_made_anew(kind):
    client, signature = at_the_desk(staff()), a_confirmed()
    exif = Image.Exif()
    exif[0x010E] = "kanarienvogel"
    content = a_file(kind=kind, exif=exif) + b"kanarienvogel"
    assert added(client, page_of(signature), content).status_code == 302
    kept = Document.objects.get().opened(staff("ben"))
    pdf_check.prove(kept)
    assert b"kanarienvogel" in content and b"kanarienvogel" not in kept
    with pikepdf.open(io.BytesIO(kept)) as pdf:
        (image,) = pdf.pages[0].get_images().values()
        assert (image.Width, image.Height) == (800, 600)


def test_a_photograph_is_bounded():
    client, signature = at_the_desk(staff()), a_confirmed()
    for content, sentence in [
        (a_file(6_001, 400), "pixels"),
        (a_file()[:2_000], "damaged"),
        (b"\xff\xd8\xff" + b"0" * 5_000_000, "5 MB"),
        (b"GIF89a" + b"0" * 100, "neither a complete PDF nor a photo"),
    ]:
        answer = added(client, page_of(signature), content)
        assert answer.status_code == 200 and sentence in answer.text
    big = a_file(3_000, 2_000)
    added(client, page_of(signature), big)
    with pikepdf.open(io.BytesIO(Document.objects.get().opened(staff("ben")))) as pdf:
        (image,) = pdf.pages[0].get_images().values()
        assert max(image.Width, image.Height) == 2_400


def test_looking_needs_the_button(letter):
    document, client = letter
    for name in ("document_open", "document_delete"):
        assert client.get(reverse(f"attachments:{name}", args=[document.pk])).status_code == 405
    assert not DocumentView.objects.exists() and is_there(document)


def test_an_entry_has_documents_too(client):
    curator, practice = at_the_desk(staff()), a_practice()
    assert added(curator, page_of(practice, "practice")).status_code == 302
    assert Document.objects.get().practice == practice
    assert "Letter of the mayor" not in client.get(practice.get_absolute_url()).content.decode()
    assert page_of(practice, "practice") in curator.get(desk("practice", "change", practice.pk)).content.decode()


@pytest.mark.parametrize("role", ["Viewer", "Translator"])
def test_nobody_else_sees_or_opens_one(letter, role):
    document, _client = letter
    other = at_the_desk(staff("vic", role))
    assert other.get(page_of(document.signature)).status_code == 403
    assert other.post(reverse("attachments:document_open", args=[document.pk])).status_code == 403
    assert added(other, page_of(document.signature)).status_code == 403
    assert not DocumentView.objects.exists()


def test_the_file_lies_apart_for_the_sites_own_account_alone(letter, client):
    document, _curator = letter
    assert not settings.PRIVATE_ROOT.is_relative_to(settings.MEDIA_ROOT)
    path = settings.PRIVATE_ROOT / place_of(document.key)
    assert path.read_bytes() == a_pdf()
    assert (os.stat(path).st_mode & 0o777, os.stat(path.parent).st_mode & 0o777) == (0o600, 0o700)
    with pytest.raises(ValueError, match="no address"):
        storages["private"].url(place_of(document.key))
    for prefix in ("/media/", "/static/", "/private/", "/"):
        assert client.get(prefix + place_of(document.key)).status_code == 404


@pytest.mark.parametrize(
    ("content", "title", "sentence"),
    [
        (b"MZ", "Letter", "This is neither a complete PDF nor a photo"),
        (with_object(b"/S /JavaScript"), "Letter", "contains a script"),
        (None, " ", "This field is required."),
        (None, "x" * 121, "at most 120 characters"),
    ],
)
def test_what_is_not_proved_is_not_kept(content, title, sentence):
    signature = a_confirmed()
    answer = added(at_the_desk(staff()), page_of(signature), content, title)
    assert sentence in answer.content.decode()
    assert not Document.objects.exists() and not settings.PRIVATE_ROOT.exists()


def test_a_deleted_letter_is_gone_and_who_looked_at_it_is_not(letter, django_capture_on_commit_callbacks):
    document, client = letter
    client.post(reverse("attachments:document_open", args=[document.pk]))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("attachments:document_delete", args=[document.pk]))
    document.refresh_from_db()
    assert not is_there(document) and document.deleted_by and document.title == ""
    assert document.views.count() == 1
    assert client.post(reverse("attachments:document_open", args=[document.pk])).status_code == 404
    assert client.get(page_of(document.signature)).context["documents"] == []


def test_whoever_is_erased_takes_the_letters_along(letter, django_capture_on_commit_callbacks):
    document, _client = letter
    with django_capture_on_commit_callbacks(execute=True):
        forget("officer@amman.example")
    document.refresh_from_db()
    assert document.deleted_at and not is_there(document)


def test_a_document_is_about_one_thing():
    signature, practice, by = a_confirmed(), a_practice(), staff()
    for about in ({}, {"signature": signature, "practice": practice}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Document.add(a_pdf(), title="x", by=by, **about)


@pytest.mark.parametrize("path", ["documents/city/1/", "documents/signature/999999/", "documents/practice/999999/"])
def test_papers_about_nothing_are_not_found(path):
    assert at_the_desk(staff()).get(f"/admin/{path}").status_code == 404
