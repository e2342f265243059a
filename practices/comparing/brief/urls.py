from django.urls import path

from practices.comparing.brief import views

urlpatterns = [
    path("brief/", views.brief, name="brief"),
    path("brief.pdf", views.brief_pdf, name="brief_pdf"),
    path("brief.docx", views.brief_docx, name="brief_docx"),
]
