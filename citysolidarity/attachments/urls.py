from django.contrib import admin
from django.urls import path

from citysolidarity.attachments import views

app_name = "attachments"
urlpatterns = [
    path("<slug:kind>/<int:pk>/", admin.site.admin_view(views.documents), name="documents"),
    path("<int:pk>/open/", admin.site.admin_view(views.document_open), name="document_open"),
    path("<int:pk>/delete/", admin.site.admin_view(views.document_delete), name="document_delete"),
]
