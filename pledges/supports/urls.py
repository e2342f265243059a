from django.urls import path, re_path

from citysolidarity.forms.one_time_key import REFERENCE
from pledges.supports.views.form import support, support_place, support_sent
from pledges.supports.views.links import confirm_support, disown_support, support_done, withdraw_support
from pledges.supports.views.pages import petition, supports

urlpatterns = [
    path("ask/", supports, name="supports"),
    path("ask/form/", support, name="support"),
    path("ask/form/place/", support_place, name="support_place"),
    re_path(rf"^ask/sent/(?P<reference>{REFERENCE})/$", support_sent, name="support_sent"),
    path("ask/petition/", petition, name="petition"),
    path("ask/done/<slug:what>/", support_done, name="support_done"),
    # Links in e-mails end with a slash: mail programs cut a dash or underscore off the end.
    path("ask/confirm/<str:token>/", confirm_support, name="confirm_support"),
    path("ask/disown/<str:token>/", disown_support, name="disown_support"),
    path("ask/withdraw/<str:token>/", withdraw_support, name="withdraw_support"),
]
