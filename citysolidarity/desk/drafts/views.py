"""What the script of the desk asks for: more time, and to keep what is being typed."""

from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as format_time
from django.views.decorators.http import require_POST

from citysolidarity.desk.drafts.giving_back import typed, without_way
from citysolidarity.desk.drafts.models import KeptForm, Why

ADDRESS = "_address"


def for_staff(site, view):
    """401 without a session: a script can do nothing with the page of the login."""

    @require_POST
    def inner(request, *args):
        return view(request, *args) if site.has_permission(request) else HttpResponse(status=401)

    return inner


def awake(request):
    """The middleware has prolonged the session, as with every request to the desk."""
    return JsonResponse({"seconds": request.session.seconds_left})


def keep_typed(request):
    """Keep a form as it stands; ``_address`` is where it is sent to."""
    path, _mark, query = request.POST.get(ADDRESS, "").partition("?")
    address = without_way(path, QueryDict(query))
    longest = KeptForm._meta.get_field("address").max_length
    if not address.startswith(reverse("admin:index")) or len(address) > longest:
        raise Http404
    fields = typed(request)
    fields.pop(ADDRESS)
    KeptForm.objects.keep(request.user, address, Why.TYPED, fields)
    at = format_time(timezone.now(), "H:i")
    return JsonResponse({"at": at, "seconds": request.session.seconds_left})


@require_POST
def discard(request, key):
    """Delete a kept form of one's own; the page of the form is shown as it is saved."""
    kept = get_object_or_404(KeptForm, pk=key, user=request.user)
    kept.delete()
    return HttpResponseRedirect(kept.address)
