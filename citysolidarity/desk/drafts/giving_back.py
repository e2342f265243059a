"""Keeps what was typed when a form can't be taken, and gives the form back filled. Nothing is done by itself."""

import copy
import uuid
from functools import partial, update_wrapper
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from citysolidarity.desk.drafts.filling import fill, note_files
from citysolidarity.desk.drafts.models import KEPT, KEPT_FILES, MOST_BYTES_OF_FILES, KeptForm, Why
from citysolidarity.http.unsaved_input import CSRF_FIELD, SECRET, Posted, PostedField, label_of
from citysolidarity.login import known_devices
from citysolidarity.login.sessions import DeskSession

FORMS = ("add_view", "change_view")
# Longer than this and without a blank, it is no text but what a page sends along for itself.
LONGEST_WORD = 300


def guard(site, view, guarded):
    """A view of the desk that loses nothing which is sent to it; ``guarded`` is the view behind the login."""

    def inner(request, *args, **kwargs):
        if not site.has_permission(request):
            return keep_for_login(request) or guarded(request, *args, **kwargs)
        kept = _taken_from_address(request)
        if request.method == "POST":
            return _sent(request, guarded, args, kwargs)
        if kept is not None:
            return give_back(request, view, guarded, kept, args, kwargs)
        if getattr(view, "__name__", "") in FORMS:
            request.kept = (
                KeptForm.objects.of(request.user)
                .filter(address=address_of(request))
                .exclude(why=Why.FILES)
                .order_by("-kept_at")
                .first()
            )
        return guarded(request, *args, **kwargs)

    return update_wrapper(inner, guarded)


# --- keeping ------------------------------------------------------------------------------


def keep_for_login(request):
    """Where the session has ended: a redirect to the login, from which the form comes back; None if it is not kept."""
    kept = keep(request, owner_of(request)) if request.method == "POST" else None
    return kept and HttpResponseRedirect(f"{reverse('admin:login')}?{urlencode({'next': kept.url})}")


def keep(request: HttpRequest, owner, why: Why = Why.LOGGED_OUT) -> KeptForm | None:
    """Keep the fields, without token and passwords, and the files as far as they are not too large."""
    address, fields = address_of(request), typed(request)
    if owner is None or not fields or len(address) > KeptForm._meta.get_field("address").max_length:
        return None
    files = request.FILES if weight(request.FILES) <= MOST_BYTES_OF_FILES else None
    return KeptForm.objects.keep(owner, address, why, fields, files)


def typed(request: HttpRequest) -> QueryDict:
    fields = request.POST.copy()
    for name in request.POST:
        if name in (CSRF_FIELD, KEPT_FILES) or SECRET.search(name):
            del fields[name]
    return fields


def address_of(request: HttpRequest) -> str:
    return without_way(request.path, request.GET)


def without_way(path: str, query: QueryDict) -> str:
    """The address of a form, the same from whichever list somebody came to it."""
    query = query.copy()
    for name in (KEPT, "_changelist_filters"):
        query.pop(name, None)
    address = f"{path}?{query.urlencode()}" if query else path
    return address.replace("\0", "")  # which the database cannot hold


def owner_of(request: HttpRequest):
    """Whose session has ended: its row says so for a day more, and after that the cookie of the last login here."""
    staff = get_user_model().objects.filter(is_active=True, is_staff=True)
    if request.user.is_authenticated:
        return request.user if request.user.is_staff else None
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    row = DeskSession.objects.filter(session_key=key, user__in=staff).select_related("user").first()
    if row is not None:
        return row.user
    _device, marks = known_devices.read(request)
    return next((user for user in staff if marks and known_devices.mark_of(user.get_username()) == marks[0]), None)


def weight(files) -> int:
    return sum(file.size for _name, listed in files.lists() for file in listed)


# --- giving back --------------------------------------------------------------------------


def _taken_from_address(request) -> KeptForm | None:
    """The form that the address names, if it is this person's. The view sees the address without it."""
    if KEPT not in request.GET:
        return None
    kept = _own(request, request.GET[KEPT])
    request.GET = request.GET.copy()
    del request.GET[KEPT]
    request.META["QUERY_STRING"] = request.GET.urlencode()
    if kept is None and request.method != "POST":
        messages.warning(request, _("This draft is no longer stored, or it belongs to someone else."))
    return kept


def _own(request, key: str) -> KeptForm | None:
    try:
        return KeptForm.objects.of(request.user).filter(pk=uuid.UUID(key)).first()
    except ValueError:
        return None


def give_back(request, view, guarded, kept: KeptForm, args, kwargs):
    """The page with its form filled as it was sent; its address is still that of the form."""
    fields, files = kept.opened()
    messages.warning(request, sentence_of(kept))
    desk = getattr(view, "__self__", None)
    is_bound = isinstance(desk, ModelAdmin) and view.__name__ in FORMS
    show = partial(bound, request, desk, view.__name__, fields, files) if is_bound else partial(guarded, request)
    response = drawn(show(*args, **kwargs))
    page = response.content.decode() if is_page(response) else None
    if page is not None and not is_bound:
        page = fill(page, fields)
    if page is None:
        return _plain(request, kept, fields, files)
    response.content = with_files(page, files, KEPT_FILES, str(kept.pk))
    return response


def sentence_of(kept: KeptForm) -> str:
    if kept.why == Why.LOGGED_OUT:
        return _("Your session had ended. Nothing has been saved yet: your text is below.")
    return _("This is what you typed until %(time)s (UTC). It is not saved yet.") % {
        "time": kept.kept_at.strftime("%H:%M")
    }


def bound(request, desk: ModelAdmin, name: str, fields, files, *args, **kwargs):
    """The form of an admin with these values and what is wrong with them: never valid, so that nothing is saved."""
    desk = copy.copy(desk)
    get_form = desk.get_form

    def get_unsent(*args, **kwargs):
        form = get_form(*args, **kwargs)

        class Unsent(form):
            locks = False  # this page only reads

            def is_valid(self):
                super().is_valid()
                return False

        return Unsent

    desk.get_form = get_unsent
    sent = copy.copy(request)
    sent.method, sent.POST, sent._files, sent.is_given_back = "POST", fields, files, True
    return getattr(desk, name)(sent, *args, **kwargs)


def _plain(request, kept, fields, files):
    """All that was typed, on a page of its own: the form's own page is gone, or has another form by now."""
    shown = [PostedField(name, label_of(name), value) for name in fields for value in fields.getlist(name)]
    hidden = [one for one in shown if len(one.value) > LONGEST_WORD and " " not in one.value]
    posted = Posted([one for one in shown if one not in hidden], is_whole=not files)
    context = posted.context(request) | {"address": kept.address, "hidden": hidden, "title": _("Your text is here")}
    return render(request, "admin/desk/kept.html", admin.site.each_context(request) | context)


def drawn(response):
    if hasattr(response, "render") and not response.is_rendered:
        response.render()
    return response


def is_page(response) -> bool:
    kind = response.headers.get("Content-Type", "")
    return response.status_code == 200 and not response.streaming and kind.startswith("text/html")


# --- a form that is sent ------------------------------------------------------------------


def _sent(request, guarded, args, kwargs):
    """Run the view; afterwards forget what was kept of a form that was taken, and keep the files of one that was not."""
    _put_files_back(request)
    response = guarded(request, *args, **kwargs)
    if response.status_code == 302:
        # The stock admin leads to the start page where the row is gone; then, and where a form is given back, it stays.
        if response.url != reverse("admin:index") and f"{KEPT}=" not in response.url:
            _forget(request)
    elif request.FILES and is_page(response) and weight(request.FILES) <= MOST_BYTES_OF_FILES:
        kept = KeptForm.objects.keep(request.user, address_of(request)[:500], Why.FILES, QueryDict(), request.FILES)
        response = drawn(response)
        response.content = with_files(response.content.decode(), request.FILES, KEPT_FILES, str(kept.pk))
    return response


def _put_files_back(request) -> None:
    if kept := _own(request, request.POST.get(KEPT_FILES, "")):
        put_back(request, kept.opened()[1])


def put_back(request, files) -> None:
    """The files that were chosen before, but for fields in which another was chosen now."""
    chosen = request.FILES.copy()
    for name, listed in files.lists():
        if name not in chosen:
            chosen.setlist(name, listed)
    request._files = chosen


def with_files(page: str, files, field: str, key: str) -> str:
    """The page with the names of files that were chosen before; a hidden ``field`` with this key stands for them."""
    if not files:
        return page
    sentence = _("“%(name)s” is kept: choose another file only to replace it.")
    notes = {
        name: format_html('<p class="help">{}</p>', sentence % {"name": ", ".join(file.name for file in listed)})
        for name, listed in files.lists()
    }
    return note_files(page, notes, key, field)


def _forget(request) -> None:
    KeptForm.objects.filter(user=request.user, address=address_of(request)).delete()
