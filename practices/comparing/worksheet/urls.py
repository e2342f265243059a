from django.urls import path

from practices.comparing.worksheet import views

urlpatterns = [path("<slug:slug>/worksheet/", views.worksheet, name="worksheet")]
