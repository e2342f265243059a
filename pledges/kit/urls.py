from django.urls import path, re_path

from pledges.kit import views

urlpatterns = [
    path("kit/", views.kit, name="kit"),
    path("kit/kit.zip", views.kit_folder, name="kit_folder"),
    path("kit/<slug:name>/", views.kit_document, name="kit_document"),
    re_path(r"^kit/(?P<name>[a-z-]+)\.(?P<kind>pdf|docx)$", views.kit_file, name="kit_file"),
    path("kit/<slug:occasion>.png", views.kit_picture, name="kit_picture"),
    path("hundred-days/", views.hundred_days, name="hundred_days"),
]
