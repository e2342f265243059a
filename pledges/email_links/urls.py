from django.urls import path

from pledges.email_links.done import done
from pledges.email_links.views.correct import correct
from pledges.email_links.views.followup import move_version, renew, report_progress
from pledges.email_links.views.letter_links import confirm, disown, undo, withdraw
from pledges.email_links.views.request import sign_change

urlpatterns = [
    path("change/", sign_change, name="sign_change"),
    path("done/<slug:what>/", done, name="done"),
    # Links in e-mails end with a slash: mail programs cut a dash or underscore off the end.
    path("confirm/<str:token>/", confirm, name="confirm"),
    path("disown/<str:token>/", disown, name="disown"),
    path("withdraw/<str:token>/", withdraw, name="withdraw"),
    path("correct/<str:token>/", correct, name="correct"),
    path("undo/<str:token>/", undo, name="undo"),
    path("progress/<str:token>/", report_progress, name="report_progress"),
    path("renew/<str:token>/", renew, name="renew"),
    path("newer/<str:token>/", move_version, name="move_version"),
]
