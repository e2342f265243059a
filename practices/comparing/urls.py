from django.urls import path

from practices.comparing import views

urlpatterns = [
    path("", views.compare, name="compare"),
    path("brief/", views.brief, name="brief"),
    path("brief.pdf", views.brief_pdf, name="brief_pdf"),
]
