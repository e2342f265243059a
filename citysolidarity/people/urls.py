from django.contrib import admin
from django.urls import path

from citysolidarity.people import views

app_name = "people"
urlpatterns = [
    path("", admin.site.admin_view(views.people), name="people"),
    path("<int:pk>/", admin.site.admin_view(views.person), name="person"),
    path("forget/", admin.site.admin_view(views.forget_person), name="forget"),
]
