from django.urls import path

from pledges.signatories.views.badge import badge
from pledges.signatories.views.card import signature_card
from pledges.signatories.views.certificate import certificate
from pledges.signatories.views.newest import newest_signatories
from pledges.signatories.views.signatories import signatories
from pledges.signatories.views.signature import signature
from pledges.signatories.views.statement import statement
from pledges.signatories.views.versions import statement_version, statement_versions

urlpatterns = [
    path("statement/", statement, name="statement"),
    path("statement/versions/", statement_versions, name="statement_versions"),
    path("statement/versions/<int:number>/", statement_version, name="statement_version"),
    path("signatories/", signatories, name="signatories"),
    path("signatories/new/", newest_signatories, name="newest_signatories"),
    path("signatories/<slug:slug>/", signature, name="signature"),
    path("signatories/<slug:slug>/badge.svg", badge, name="badge"),
    path("signatories/<slug:slug>/badge-<slug:style>.svg", badge, name="badge_in_style"),
    path("signatories/<slug:slug>/card.png", signature_card, name="signature_card"),
    path("signatories/<slug:slug>/certificate.pdf", certificate, name="certificate"),
]
