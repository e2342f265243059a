from django.urls import path

from practices import views

urlpatterns = [
    path("", views.directory, name="directory"),
    path("coverage/", views.coverage, name="coverage"),
    path("suggest/", views.suggest, name="suggest"),
    path("share/places/", views.places, name="places"),
    path("<slug:slug>/", views.practice, name="practice"),
    path("<slug:slug>/card.png", views.practice_card, name="practice_card"),
]
