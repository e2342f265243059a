from django.contrib import admin
from django.urls import path

from citysolidarity.operation import views

app_name = "operation"
urlpatterns = [
    path("", admin.site.admin_view(views.status), name="status"),
    path("first-steps/", admin.site.admin_view(views.beginning), name="first_steps"),
]
