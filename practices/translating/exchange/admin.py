"""Files for outside translators, at the desk: exported by a press, and looked at before anything of them is saved."""

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models.functions import Now
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from citysolidarity.desk.acts import log_act
from citysolidarity.desk.exports import log_export
from citysolidarity.desk.page import render_page
from practices.models import Practice, PracticeTranslation, TranslationFile
from practices.translating.exchange.export import po_of, translations_into, untranslated_into
from practices.translating.exchange.forms import ExportForm, SaveFileForm, TranslatorsFileForm
from practices.translating.exchange.import_plan import ExchangePlan, Outcome
from practices.translating.exchange.reading import read
from practices.vocabularies.languages import LANGUAGES, base_of, direction, name_in_sentence, name_of

LIST = "admin:practices_practicetranslation_changelist"
EXCHANGE = "admin:practices_practicetranslation_import"
PAGE = "admin:practices_practicetranslation_file"
RECENT = 20
SHOWN = 20  # entries on a page
MOST_TICKED = 300  # texts; the others come again with the next import of the file


def urls_of(desk) -> list:
    """The URL patterns, for staff alone; each view gets the ModelAdmin as ``desk``."""
    pages = [
        ("import/", "import", exchange),
        ("import/<int:file>/", "file", look_and_save),
        ("export/po/", "export", export_list),
        ("export/po/<slug:language>/<slug:slug>/", "export_entry", export_entry),
    ]
    return [
        path(address, desk.admin_site.admin_view(page), {"desk": desk}, f"practices_practicetranslation_{name}")
        for address, name, page in pages
    ]


@require_POST
def export_entry(request, language, slug, desk):
    """One entry in one language, whether or not somebody has begun to translate it."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    entry = Practice.objects.defer("search").select_related("city").with_parts().filter(slug=slug).first()
    if entry is None or language not in LANGUAGES:
        raise Http404
    if base_of(entry.language) == language:
        messages.info(request, _("The original is in this language."))
        return redirect(LIST)
    row = PracticeTranslation.objects.filter(practice=entry, language=language).first()
    return _sent(request, desk, [(entry, row)], language, f"{slug}-{language}")


@require_POST
def export_list(request, desk):
    """A whole language: the translations that the list is filtered to, and the entries that have none yet."""
    if not desk.has_view_permission(request):
        raise PermissionDenied
    form = ExportForm(request.POST)
    if not form.is_valid():
        messages.info(request, _("Select a language."))
        return redirect(EXCHANGE)
    language = form.cleaned_data["language"]
    try:
        rows = desk.get_changelist_instance(request).get_queryset(request)
        entries = translations_into(language, rows)
    except IncorrectLookupParameters:
        return redirect(LIST)
    if form.cleaned_data["untranslated"]:
        entries += untranslated_into(language)
    if not entries:
        messages.info(request, _("There is nothing to export in this language."))
        return redirect(f"{reverse(EXCHANGE)}?{request.META['QUERY_STRING']}")
    day = f"{timezone.localdate():%Y-%m-%d}"
    return _sent(request, desk, entries, language, f"translations-{language}-{day}")


def _sent(request, desk, entries, language, name) -> HttpResponse:
    log_export(desk, request, "po", len(entries))
    headers = {"Content-Disposition": f'attachment; filename="{name}.po"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(
        po_of(entries, language), content_type="text/x-gettext-translation; charset=utf-8", headers=headers
    )


def may_import(desk, request) -> None:
    if not (desk.has_add_permission(request) and desk.has_change_permission(request)):
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
def exchange(request, desk):
    """Both ways: what goes out, and what comes back."""
    may_import(desk, request)
    form = TranslatorsFileForm(request.POST, request.FILES) if request.method == "POST" else TranslatorsFileForm()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        with transaction.atomic():
            file = TranslationFile.objects.create(
                name=given["file"].name[:300], language=given["language"], content=given["content"], by=request.user
            )
            _log(request, file, _("A file was sent for import."))
        return redirect(PAGE, file.pk)
    language = request.GET.get("language__exact", "")
    recent = TranslationFile.objects.select_related("by").defer("content")[:RECENT]
    context = {
        "form": form,
        "export_form": ExportForm(initial={"language": language}),
        "query": request.META["QUERY_STRING"],
        "recent": [(file, name_of(file.language), _counted(file)) for file in recent],
    }
    return _page(request, desk, "exchange", **context)


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def look_and_save(request, file, desk):
    """What a file would change; and by the button, the change."""
    may_import(desk, request)
    saves = request.method == "POST"
    files = TranslationFile.objects.select_related("by", "saved_by")
    one = get_object_or_404(files.select_for_update(of=["self"]) if saves else files, pk=file)
    if one.saved_at or one.content is None:
        return redirect(PAGE, one.pk) if saves else _page(request, desk, "file", one=one, counted=_counted(one))
    plan = ExchangePlan(read(bytes(one.content)), lock=saves)
    here = plan.of(Outcome.CHANGED_HERE)[:MOST_TICKED]
    about = {"lines": [change.line for change in here], "begins": bool(plan.begins)}
    form = SaveFileForm(request.POST, **about) if saves else SaveFileForm(**about)
    if saves and request.POST.get("fingerprint") != plan.fingerprint:
        messages.warning(request, _("Nothing was saved: something has changed here since. Look again, please."))
        return redirect(PAGE, one.pk)
    if saves and form.is_valid():
        _save(request, one, plan, form.cleaned_data)
        return redirect(PAGE, one.pk)
    return _page(request, desk, "file", one=one, form=form, **_told(request, plan, here))


def _save(request, one: TranslationFile, plan: ExchangePlan, given: dict) -> None:
    ticked = set(given["take"])
    rows = plan.carry_out(ticked, kind=given["kind"], made_by=given["made_by"])
    if not rows:
        messages.info(request, _("Nothing was saved: nothing is selected."))
        return
    for row in rows:
        log_act(row, request.user, _("Texts were imported from the file “%(name)s”.") % {"name": one.name})
    one.counts = {"texts": plan.counts[Outcome.CHANGED] + len(ticked), "entries": len(rows)}
    one.saved_at, one.saved_by = Now(), request.user
    one.save(update_fields=["counts", "saved_at", "saved_by"])
    _log(request, one, _("An import was saved."))


def _log(request, file: TranslationFile, sentence) -> None:
    log_act(file, request.user, sentence, _("Import %(number)d") % {"number": file.pk})


def _told(request, plan: ExchangePlan, here: list) -> dict:
    entries: dict[str, list] = {}
    for change in plan.of(Outcome.CHANGED):
        entries.setdefault(change.entry.slug, []).append(change)
    begins = {entry.pk for entry in plan.begins}
    changed = Paginator([(changes[0].entry, changes) for changes in entries.values()], SHOWN)
    return {
        "plan": plan,
        "counts": [(label, plan.counts[outcome]) for outcome, label in _labels() if plan.counts[outcome]],
        "changed": changed.get_page(request.GET.get("page")),
        "begins": begins,
        "here": here,
        "more_here": plan.counts[Outcome.CHANGED_HERE] - len(here),
        "left_out": plan.of(Outcome.LEFT_OUT),
        "ticked": {int(line) for line in request.POST.getlist("take") if line.isdecimal()},
        "may_save": bool(entries or here),
    }


def _labels() -> list[tuple[Outcome, str]]:
    return [
        (Outcome.CHANGED, _("will be saved")),
        (Outcome.CHANGED_HERE, _("changed here since the export: left out unless you select them")),
        (Outcome.UNCHANGED, _("unchanged")),
        (Outcome.EMPTY, _("without a translation in the file: nothing changes")),
        (Outcome.LEFT_OUT, _("left out")),
    ]


def _counted(file: TranslationFile) -> str:
    if not file.saved_at:
        return ""
    texts, entries = file.counts["texts"], file.counts["entries"]
    said = ngettext("%(count)d text", "%(count)d texts", texts) % {"count": texts}
    where = ngettext("in %(count)d entry", "in %(count)d entries", entries) % {"count": entries}
    return f"{said} {where}"


def _page(request, desk, template_name: str, **context):
    own = {"title": _("Exchange with translators")}
    if one := context.get("one"):
        own |= {"language": one.language, "language_dir": direction(one.language)}
        own["language_name"] = name_in_sentence(one.language)
    return render_page(request, desk, f"admin/practices/translation/{template_name}.html", own | context)
