"""The page about the data, with the snapshots of each month, and the snapshots themselves."""

from django.http import FileResponse, Http404
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from citysolidarity.opendata.answers import DOWNLOADS, opened, told
from citysolidarity.opendata.linked import dataset_of_page
from citysolidarity.opendata.snapshot.monthly import NAME, kept


@require_safe
def data(request):
    context = {"snapshots": kept(), "dataset": dataset_of_page()}
    return render(request, "citysolidarity/views/about_data.html", context)


@csrf_exempt
def snapshot(request, month):
    """404 alike for one that never was and for one that names what was withdrawn since."""
    return opened(told(request, lambda: file_of(month), DOWNLOADS))


def file_of(month: str) -> FileResponse:
    found = next((snapshot for snapshot in kept() if snapshot.month == month), None)
    if found is None:
        raise Http404
    try:
        file = found.path.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    response = FileResponse(file, as_attachment=True, filename=f"{NAME}{month}.zip")
    response.headers["ETag"] = f'"{found.sha256}"'
    return response
