from django.urls import path

from practices.directory import views

urlpatterns = [
    path("", views.directory, name="directory"),
    path("compare/city/", views.like, name="like"),
    path("coverage/", views.coverage, name="coverage"),
    path("suggest/", views.suggest, name="suggest"),
]
