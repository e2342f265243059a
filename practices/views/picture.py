"""The files of pictures, from whatever storage they lie in."""

from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from practices.imaging import TYPES
from practices.models.picture import Picture, place_of

# A picture that is taken away must be gone from every surface within five minutes (product.md, "Signature").
SECONDS = 300


@require_safe
def picture(request, key, width, kind):
    """One file; of an entry that is not public, for those who see it at the desk. Kept shortly, then asked for again:
    its key is made of its content, so that the answer is 304 for as long as it may be shown."""
    found = Picture.objects.filter(key=key)
    is_public = found.public().exists()
    if kind not in TYPES or not (is_public or (request.user.has_perm("practices.view_picture") and found.exists())):
        raise Http404
    try:
        with default_storage.open(place_of(key, f"{width}.{kind}")) as file:
            answer = HttpResponse(file.read(), content_type=TYPES[kind])
    except FileNotFoundError:
        raise Http404 from None
    answer["Cache-Control"] = f"public, max-age={SECONDS}" if is_public else "private, no-store"
    answer["ETag"] = f'"{key}-{width}-{kind}"'
    return get_conditional_response(request, etag=answer["ETag"], response=answer)
