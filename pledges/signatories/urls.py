from django.urls import path

from pledges.signatories.views.badge import badge
from pledges.signatories.views.certificate import certificate
from pledges.signatories.views.signatories import signatories
from pledges.signatories.views.signature import signature, signature_card
from pledges.signatories.views.statement import statement

urlpatterns = [
    path("statement/", statement, name="statement"),
    path("signatories/", signatories, name="signatories"),
    path("signatories/<slug:slug>/", signature, name="signature"),
    path("signatories/<slug:slug>/card.png", signature_card, name="signature_card"),
    path("signatories/<slug:slug>/badge.svg", badge, name="badge"),
    path("signatories/<slug:slug>/certificate.pdf", certificate, name="certificate"),
]
