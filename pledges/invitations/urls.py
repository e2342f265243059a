from django.urls import path, re_path

from citysolidarity.forms.one_time_key import REFERENCE
from pledges.invitations.views.form import invite, invite_place, invite_sent
from pledges.invitations.views.links import (
    confirm_invitation,
    disown_invitation,
    invite_done,
    withdraw_invitation,
)

urlpatterns = [
    path("invite/", invite, name="invite"),
    path("invite/place/", invite_place, name="invite_place"),
    re_path(rf"^invite/sent/(?P<reference>{REFERENCE})/$", invite_sent, name="invite_sent"),
    path("invite/done/<slug:what>/", invite_done, name="invite_done"),
    # Links in e-mails end with a slash: mail programs cut a dash or underscore off the end.
    path("invite/confirm/<str:token>/", confirm_invitation, name="confirm_invitation"),
    path("invite/disown/<str:token>/", disown_invitation, name="disown_invitation"),
    path("invite/withdraw/<str:token>/", withdraw_invitation, name="withdraw_invitation"),
]
