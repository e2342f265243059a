from django.urls import path

from pledges import views

urlpatterns = [
    path("statement/", views.statement, name="statement"),
    path("signatories/", views.signatories, name="signatories"),
    path("signatories/<slug:slug>/", views.signature, name="signature"),
]
