from django.urls import include, path

# The entries come last: their addresses begin with a slug that fits anything.
urlpatterns = [
    path("", include("practices.directory.urls")),
    path("compare/", include("practices.comparing.urls")),
    path("share/", include("practices.cities.urls")),
    path("", include("practices.sharing.urls")),
    path("", include("practices.correspondence.urls")),
    path("", include("practices.following.urls")),
    path("", include("practices.comparing.worksheet.urls")),
    path("", include("practices.entries.urls")),
]
