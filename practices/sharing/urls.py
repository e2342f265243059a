from django.urls import path, re_path

from citysolidarity.forms.one_time_key import REFERENCE
from practices.sharing.views import check, pages, resume, save, submission

urlpatterns = [
    path("share/", pages.share, name="share"),
    path("share/check/", check.share_check, name="share_check"),
    path("share/save/", save.share_save, name="share_save"),
    re_path(rf"^share/sent/(?P<reference>{REFERENCE})/$", pages.share_sent, name="share_sent"),
    path("share/update/<slug:slug>/", pages.share_update, name="share_update"),
    path("share/<slug:page>/", pages.share_page, name="share_page"),
    # Links in e-mails end with a slash: mail programs cut a dash or underscore off the end.
    path("letter/share_resume/<str:token>/", resume.share_resume, name="share_resume"),
    path("letter/submission/<str:token>/", submission.submission_page, name="submission"),
]
