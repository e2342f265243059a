from django.urls import path

from pledges import views

urlpatterns = [
    path("statement/", views.statement, name="statement"),
    path("signatories/", views.signatories, name="signatories"),
    path("signatories/<slug:slug>/", views.signature, name="signature"),
    path("signatories/<slug:slug>/badge.svg", views.badge, name="badge"),
    path("signatories/<slug:slug>/certificate.pdf", views.certificate, name="certificate"),
]
