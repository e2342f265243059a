from django.urls import path

from practices.entries import views

urlpatterns = [
    path("<slug:slug>/", views.practice, name="practice"),
    path("<slug:slug>.md", views.practice_text, name="practice_text"),
    path("<slug:slug>/card.png", views.practice_card, name="practice_card"),
    path("<slug:slug>/history/", views.practice_history, name="practice_history"),
    path("<slug:slug>/in/<slug:language>/", views.practice_in, name="practice_in"),
    path("<slug:slug>/in/<slug:language>/card.png", views.practice_card, name="practice_card_in"),
]
