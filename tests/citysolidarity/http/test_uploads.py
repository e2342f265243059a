"""Files: none outside the desk, and no more of them than a form takes."""

import io
from itertools import islice
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpResponse
from django.test import RequestFactory

from citysolidarity.http import uploads
from citysolidarity.middleware import bounded_forms


def sent(path, size):
    return RequestFactory().post(path, {"a": "b", "file": SimpleUploadedFile("a.bin", b"x" * size)})


def test_a_file_for_a_public_form_is_never_stored():
    request = sent("/en/statement/sign/check/", 200_000)
    assert request.POST["a"] == "b" and not request.FILES


@pytest.mark.parametrize(
    ("path", "bound"),
    [("/admin/practices/practice/1/change/", 5_000_000), ("/admin/practices/practice/import/", 20_000_000)],
)
def test_the_desk_reads_no_more_than_its_form_takes(path, bound, monkeypatch):
    fits = sent(path, bound)
    assert fits.FILES["file"].size == bound
    written = []
    real = TemporaryFileUploadHandler.receive_data_chunk
    monkeypatch.setattr(
        TemporaryFileUploadHandler,
        "receive_data_chunk",
        lambda self, data, start: (written.append(len(data)), real(self, data, start))[1],
    )
    refused = sent(path, bound + 3_000_000)
    assert not refused.FILES
    assert sum(written) < bound + 200_000
    fits.close()
    refused.close()


@pytest.mark.parametrize(
    ("path", "cookie", "size", "status"),
    [
        ("/en/statement/sign/check/", False, 300_000_000, 413),
        ("/admin/login/", False, 300_000_000, 413),
        ("/admin/login/", False, 2_000, 200),
        ("/admin/practices/practice/import/", True, 300_000_000, 413),
        ("/admin/practices/practice/import/", True, 21_000_000, 200),
        ("/admin/practices/practice/import/", False, 21_000_000, 413),
    ],
)
def test_what_no_form_holds_is_not_read(path, cookie, size, status):
    request = RequestFactory().post(path, data=b"", content_type="multipart/form-data; boundary=x")
    request.META["CONTENT_LENGTH"] = str(size)
    request._stream = io.BytesIO(b"")
    if cookie:
        request.COOKIES["session"], request.session = "anything", SimpleNamespace(is_ours=True)
    assert bounded_forms(lambda request: HttpResponse())(request).status_code == status


def test_the_upload_stops():
    handler = uploads.BoundedUpload(RequestFactory().post("/admin/x/"))
    handler.new_file("file", "a", "image/png", None)
    chunks = iter(lambda: handler.receive_data_chunk(b"x" * 64_000, 0), None)
    with pytest.raises(StopUpload):
        list(islice(chunks, 1_000))
