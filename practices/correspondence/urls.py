from django.urls import path

from practices.correspondence.confirmations.views import confirm_entry
from practices.correspondence.contacts.views import confirm_mailbox
from practices.correspondence.done import letter_done
from practices.correspondence.enquiries.views import answer_question, confirm_question, practice_ask, read_answer
from practices.correspondence.reports.views import confirm_report, practice_adapted, practice_report, practice_too

urlpatterns = [
    # Links in e-mails end with a slash: mail programs cut a dash or underscore off the end.
    path("letter/confirm_entry/<str:token>/", confirm_entry, name="confirm_entry"),
    path("letter/confirm_mailbox/<str:token>/", confirm_mailbox, name="confirm_mailbox"),
    path("letter/confirm_question/<str:token>/", confirm_question, name="confirm_question"),
    path("letter/answer_question/<str:token>/", answer_question, name="answer_question"),
    path("letter/read_answer/<str:token>/", read_answer, name="read_answer"),
    path("letter/confirm_report/<str:token>/", confirm_report, name="confirm_report"),
    path("letter/done/<slug:what>/", letter_done, name="letter_done"),
    path("<slug:slug>/ask/", practice_ask, name="practice_ask"),
    path("<slug:slug>/too/", practice_too, name="practice_too"),
    path("<slug:slug>/adapted/", practice_adapted, name="practice_adapted"),
    path("<slug:slug>/report/", practice_report, name="practice_report"),
]
