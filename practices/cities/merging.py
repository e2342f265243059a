"""Two rows that are one city become one: everything moves, addresses lead on, and nothing of it is seen as lost."""

from django import forms
from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods

from citysolidarity.desk.decisions import attempt
from citysolidarity.desk.page import permitted_row, render_page
from citysolidarity.desk.transitions import TransitionNotAllowed
from practices.models import City, Following, FormerAddress, Practice, Submission
from practices.models.entries.version import Version
from practices.signals import cities_merged

# Taken over from the city that goes where the one that stays has none; each group stands or falls together.
FILLED = (
    ("official_domain",),
    ("geonames_id",),
    ("latitude", "longitude"),
    ("population", "population_year", "population_source"),
)


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(City.objects.none(), label=gettext_lazy("The remaining city"), empty_label="")

    def __init__(self, *args, city: City, **kwargs):
        super().__init__(*args, **kwargs)
        others = City.objects.defer("keywords").filter(country=city.country).exclude(pk=city.pk)
        self.fields["into"].queryset = others.in_name_order()
        self.fields["into"].help_text = _("Cities in the same country.")


def merge(gone: City, stays: City, by) -> list[str]:
    """Moves everything from one city to the other and deletes the one that is empty then, in the caller's transaction.

    Returns what was moved, as words. Raises TransitionNotAllowed where the two cannot be one.
    """
    cities = {city.pk: city for city in City.objects.select_for_update().filter(pk__in=[gone.pk, stays.pk])}
    if len(cities) < 2:
        raise TransitionNotAllowed(_("one of the two cities is gone, or they are the same."))
    gone, stays = cities[gone.pk], cities[stays.pk]
    if gone.country != stays.country:
        raise TransitionNotAllowed(_("the two are in different countries."))
    moved = [
        *_move_practices(gone, stays, by),
        *_move_memberships(gone, stays),
        *_move_documents(gone, stays),
        *_move_answers(gone, stays),
        *_move_followings(gone, stays),
    ]
    for _receiver, words in cities_merged.send(sender=City, gone=gone, stays=stays):
        moved += words
    old_path, new_path = gone.get_path(), stays.get_path()
    facts = {name: getattr(gone, name) for group in FILLED for name in group}
    names = {"": gone.name} | gone.names
    gone.delete()
    _fill(stays, facts, names)
    FormerAddress.objects.lead(old_path, new_path)
    return moved


def _move_practices(gone: City, stays: City, by) -> list[str]:
    keys = list(
        Practice.objects.select_for_update(of=["self"]).filter(city=gone).order_by("pk").values_list("pk", flat=True)
    )
    Version.objects.keep(keys)
    Practice.objects.filter(pk__in=keys).update(city=stays)
    Version.objects.keep(
        keys, by=by, note=_("Its city “%(gone)s” is “%(stays)s”") % {"gone": gone.name, "stays": stays.name}
    )
    return [ngettext("%(count)d entry", "%(count)d entries", len(keys)) % {"count": len(keys)}] if keys else []


def _move_documents(gone: City, stays: City) -> list[str]:
    count = gone.documentcities.update(city=stays)
    return [ngettext("%(count)d document", "%(count)d documents", count) % {"count": count}] if count else []


def _move_memberships(gone: City, stays: City) -> list[str]:
    gone.memberships.filter(network__in=stays.memberships.values("network")).delete()
    count = gone.memberships.update(city=stays)
    return [ngettext("%(count)d network", "%(count)d networks", count) % {"count": count}] if count else []


def _move_answers(gone: City, stays: City) -> list[str]:
    """The forms that were not decided on yet name the city by its address."""
    submissions = Submission.objects.filter(answers__city__contains=[f"city:{gone.slug}"]).select_for_update(
        of=["self"]
    )
    rows = list(submissions)
    for submission in rows:
        submission.answers["city"] = [f"city:{stays.slug}"]
        submission.save(update_fields=["answers"])
    count = len(rows)
    return [ngettext("%(count)d submission", "%(count)d submissions", count) % {"count": count}] if count else []


def _move_followings(gone: City, stays: City) -> list[str]:
    """Whoever follows both goes on with one."""
    twice = Following.objects.live().filter(city=stays).values("mailbox")
    for following in Following.objects.live().filter(city=gone, mailbox__in=twice):
        following.stop()
    count = gone.followings.update(city=stays)
    return [ngettext("%(count)d subscription", "%(count)d subscriptions", count) % {"count": count}] if count else []


def _fill(stays: City, facts: dict, names: dict) -> None:
    stays.refresh_from_db()  # its day of signing may have come with the signatures
    for group in FILLED:
        if all(getattr(stays, name) in (None, "") for name in group):
            for name in group:
                setattr(stays, name, facts[name])
    stays.names = {language: name for language, name in names.items() if language} | stays.names
    stays.save()


@require_http_methods(["GET", "HEAD", "POST"])
def merge_city(request, object_id, desk):
    """Shows what would move, then moves it. The preview is made in a transaction that is rolled back."""
    gone = permitted_row(request, desk, object_id, to_change=True)
    form = MergeForm(request.POST or request.GET or None, city=gone)
    stays = form.cleaned_data["into"] if form.is_bound and form.is_valid() else None
    if stays and request.method == "POST" and "merge" in request.POST:
        if attempt(request, lambda: _merge(request, desk, gone, stays)):
            return redirect("admin:practices_city_change", stays.pk)
        if not City.objects.filter(pk=gone.pk).exists():
            return redirect("admin:practices_city_changelist")
    moved = attempt(request, lambda: _preview(gone, stays, request.user)) if stays else None
    context = {"title": _("Merge with another city"), "city": gone, "form": form, "stays": stays, "moved": moved}
    context["has_view_permission"] = True
    return render_page(request, desk, "admin/practices/city/merge.html", context)


def _merge(request, desk, gone: City, stays: City) -> bool:
    was = f"{gone} ({gone.slug})"
    words = {
        "gone": was,
        "stays": f"{stays} ({stays.slug})",
        "what": ", ".join(merge(gone, stays, request.user)) or "–",
    }
    sentence = _("“%(gone)s” is “%(stays)s” now. Moved: %(what)s.") % words
    desk.log_change(request, stays, sentence)
    messages.success(request, sentence)
    return True


def _preview(gone: City, stays: City, by) -> list[str]:
    moved = merge(gone, stays, by)
    transaction.set_rollback(True)
    return moved or ["–"]
