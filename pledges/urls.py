from django.urls import path, re_path

from citysolidarity.forms.once import REFERENCE
from pledges import views

urlpatterns = [
    path("statement/", views.statement, name="statement"),
    path("statement/sign/", views.sign, name="sign"),
    path("statement/sign/city/", views.sign_city, name="sign_city"),
    path("statement/sign/place/", views.sign_place, name="sign_place"),
    path("statement/sign/signer/", views.sign_signer, name="sign_signer"),
    path("statement/sign/contact/", views.sign_contact, name="sign_contact"),
    path("statement/sign/visibility/", views.sign_visibility, name="sign_visibility"),
    path("statement/sign/commitments/", views.sign_commitments, name="sign_commitments"),
    path("statement/sign/check/", views.sign_check, name="sign_check"),
    re_path(
        rf"^statement/sign/sent/(?P<reference>{REFERENCE})/$",
        views.sign_sent,
        name="sign_sent",
    ),
    path("statement/change/", views.sign_change, name="sign_change"),
    path("statement/done/<slug:what>/", views.done, name="done"),
    # Links in letters. They end with a slash: mail programs cut a dash or underscore off the end.
    path("statement/confirm/<str:token>/", views.confirm, name="confirm"),
    path("statement/disown/<str:token>/", views.disown, name="disown"),
    path("statement/withdraw/<str:token>/", views.withdraw, name="withdraw"),
    path("statement/correct/<str:token>/", views.correct, name="correct"),
    path("statement/undo/<str:token>/", views.undo, name="undo"),
    path("signatories/", views.signatories, name="signatories"),
    path("signatories/<slug:slug>/", views.signature, name="signature"),
    path("signatories/<slug:slug>/badge.svg", views.badge, name="badge"),
    path("signatories/<slug:slug>/certificate.pdf", views.certificate, name="certificate"),
]
