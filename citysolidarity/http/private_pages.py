"""Pages behind secret links, and forms without an account."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

FROM_HERE = ("same-origin", "none")


def private(view):
    """Forbid caches, referrers and search engines, and posts from other sites.

    These forms work without a cookie. Django's token needs one, and its check of the Origin fails on pages that send
    no referrer, where browsers write "null". Nobody is logged in here, so another site can borrow no rights; it could
    only post from its visitors' IP addresses, and the header Sec-Fetch-Site lets us refuse that.
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
    """Whether the browser says that another site sent this. Browsers too old to say so are trusted."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in FROM_HERE
    origin = request.headers.get("Origin", "null")
    return origin != "null" and origin.partition("://")[2] != request.get_host()
