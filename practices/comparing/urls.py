from django.urls import include, path

from practices.comparing import views

urlpatterns = [
    path("", views.compare, name="compare"),
    path("", include("practices.comparing.brief.urls")),
]
