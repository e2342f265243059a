"""413 for a form that is too large, with what was typed, so that it can be shortened and sent again."""

from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest, HttpResponse, UnreadablePostError

from citysolidarity.http.database_outage import bare
from citysolidarity.http.private_pages import comes_from_elsewhere
from citysolidarity.http.unsaved_input import Posted, posted

TYPED = "application/x-www-form-urlencoded"  # how a browser sends a form without files
CHUNK = 65_536  # bytes


def too_large(request: HttpRequest, size: int) -> HttpResponse:
    """Return what was typed, unless there are files in it or Django itself would refuse to read so much."""
    is_typed = request.content_type == TYPED and size <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if is_typed and not comes_from_elsewhere(request):
        sent = posted(request)
    else:
        drain(request, min(size, settings.DATA_UPLOAD_MAX_MEMORY_SIZE))
        sent = Posted([], is_whole=False)
    return bare(413, sent.context(request))


def drain(request: HttpRequest, size: int) -> None:
    """Read and discard so many bytes of the body: a browser that is still sending would not show the answer."""
    with suppress(UnreadablePostError):
        while size > 0 and (chunk := request.read(min(size, CHUNK))):
            size -= len(chunk)
