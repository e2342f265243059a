from django.urls import path, re_path

from citysolidarity.forms.once import REFERENCE
from practices import views

urlpatterns = [
    path("", views.directory, name="directory"),
    path("compare/", views.compare, name="compare"),
    path("compare/city/", views.like, name="like"),
    path("compare/brief/", views.brief, name="brief"),
    path("compare/brief.pdf", views.brief_pdf, name="brief_pdf"),
    path("coverage/", views.coverage, name="coverage"),
    path("suggest/", views.suggest, name="suggest"),
    path("share/", views.share, name="share"),
    path("share/places/", views.places, name="places"),
    path("share/check/", views.share_check, name="share_check"),
    path("share/save/", views.share_save, name="share_save"),
    re_path(rf"^share/sent/(?P<reference>{REFERENCE})/$", views.share_sent, name="share_sent"),
    path("share/update/<slug:slug>/", views.share_update, name="share_update"),
    path("share/<slug:page>/", views.share_page, name="share_page"),
    # Links in letters. They end with a slash: mail programs cut a dash or underscore off the end.
    path("letter/confirm_entry/<str:token>/", views.confirm_entry, name="confirm_entry"),
    path("letter/confirm_question/<str:token>/", views.confirm_question, name="confirm_question"),
    path("letter/answer_question/<str:token>/", views.answer_question, name="answer_question"),
    path("letter/read_answer/<str:token>/", views.read_answer, name="read_answer"),
    path("letter/done/<slug:what>/", views.letter_done, name="letter_done"),
    path("letter/share_resume/<str:token>/", views.share_resume, name="share_resume"),
    path("letter/submission/<str:token>/", views.submission, name="submission"),
    path("<slug:slug>/", views.practice, name="practice"),
    path("<slug:slug>/ask/", views.practice_ask, name="practice_ask"),
    path("<slug:slug>/report/", views.practice_report, name="practice_report"),
    path("<slug:slug>/card.png", views.practice_card, name="practice_card"),
    path("<slug:slug>/in/<slug:language>/", views.practice_in, name="practice_in"),
    path("<slug:slug>/in/<slug:language>/card.png", views.practice_card, name="practice_card_in"),
]
