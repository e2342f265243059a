"""The desk's own pages about practices, each with its address and its name."""

from django.urls import path

from practices.admin import history, preview, review, spreadsheets

PAGES = [
    ("import/", "import", spreadsheets.import_file),
    ("export/<slug:kind>/", "export", spreadsheets.export_list),
    ("<path:object_id>/preview/", "preview", preview.preview),
    ("<path:object_id>/review/", "review", review.review),
    ("<path:object_id>/restore/<int:revision>/", "restore", history.restore),
]


def urls_of(desk) -> list:
    """The URL patterns, for staff alone; each view gets the ModelAdmin as ``desk``."""
    return [
        path(address, desk.admin_site.admin_view(page), {"desk": desk}, f"practices_practice_{name}")
        for address, name, page in PAGES
    ]
