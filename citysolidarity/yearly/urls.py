from django.contrib import admin
from django.urls import path

from citysolidarity.yearly import views

app_name = "yearly"
urlpatterns = [
    path("", admin.site.admin_view(views.report), name="report"),
    path("report.csv", admin.site.admin_view(views.report_csv), name="report_csv"),
]
