"""The desk's own pages about practices, each with its address and its name."""

from django.urls import path

from practices.desk import changes, history, preview, review
from practices.spreadsheets.admin import empty_sheet, export_list, import_file, refused_rows, sheet

PAGES = [
    ("import/", "import", import_file),
    ("import/template/", "template", empty_sheet),
    ("import/<int:number>/", "sheet", sheet),
    ("import/<int:number>/refused/<slug:kind>/", "refused", refused_rows),
    ("export/<slug:kind>/", "export", export_list),
    ("<path:object_id>/preview/", "preview", preview.preview),
    ("<path:object_id>/changes/", "changes", changes.changes),
    ("<path:object_id>/review/", "review", review.review),
    ("<path:object_id>/restore/<int:revision>/", "restore", history.restore),
    ("<path:object_id>/withhold/<int:revision>/", "withhold", history.withhold),
]


def urls_of(desk) -> list:
    """The URL patterns, for staff alone; each view gets the ModelAdmin as ``desk``."""
    return [
        path(address, desk.admin_site.admin_view(page), {"desk": desk}, f"practices_practice_{name}")
        for address, name, page in PAGES
    ]
