from django.contrib import admin
from django.urls import path

from citysolidarity.operation.visits import views

app_name = "statistics"
urlpatterns = [
    path("", admin.site.admin_view(views.statistics), name="statistics"),
    path("pages.csv", admin.site.admin_view(views.pages_csv), name="pages_csv"),
    path("searches.csv", admin.site.admin_view(views.searches_csv), name="searches_csv"),
]
