"""What all pages behind links and forms without an account have in common: nothing is kept, told on, or posted from elsewhere."""

from functools import wraps
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

FROM_HERE = ("same-origin", "none")


def private(view):
    """No cache keeps the page, no link tells its address on, and only our own pages post to it.

    These forms work without a cookie. Django's token needs one, and its check of the Origin fails on pages that send
    no referrer, where browsers write "null". Nobody is logged in here, so there are no rights for a strange page to
    borrow; it could only post from its visitors' addresses, and what browsers say in Sec-Fetch-Site refuses that.
    """

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.method == "POST" and comes_from_elsewhere(request):
            raise PermissionDenied
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return guarded


def comes_from_elsewhere(request) -> bool:
    """Whether the browser says that another site sent this; one too old to say so is believed."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in FROM_HERE
    origin = request.headers.get("Origin", "null")
    return origin != "null" and urlsplit(origin).netloc != request.get_host()
