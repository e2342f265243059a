from django.urls import path

from practices import views

urlpatterns = [
    path("", views.directory, name="directory"),
    path("coverage/", views.coverage, name="coverage"),
    path("suggest/", views.suggest, name="suggest"),
    path("share/places/", views.places, name="places"),
    # Links in letters. They end with a slash: mail programs cut a dash or underscore off the end.
    path("letter/confirm_entry/<str:token>/", views.confirm_entry, name="confirm_entry"),
    path("letter/done/<slug:what>/", views.letter_done, name="letter_done"),
    path("<slug:slug>/", views.practice, name="practice"),
    path("<slug:slug>/card.png", views.practice_card, name="practice_card"),
]
