from django.urls import path, re_path

from citysolidarity.forms.one_time_key import REFERENCE
from practices.following.views.form import follow, follow_sent
from practices.following.views.links import confirm_following, disown_following, follow_done, stop_following

urlpatterns = [
    path("follow/", follow, name="follow"),
    re_path(rf"^follow/sent/(?P<reference>{REFERENCE})/$", follow_sent, name="follow_sent"),
    path("follow/done/<slug:what>/", follow_done, name="follow_done"),
    # Links in e-mails end with a slash: mail programs cut a dash or underscore off the end.
    path("follow/confirm/<str:token>/", confirm_following, name="confirm_following"),
    path("follow/disown/<str:token>/", disown_following, name="disown_following"),
    path("follow/stop/<str:token>/", stop_following, name="stop_following"),
]
