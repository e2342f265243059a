from django.urls import path

from practices.guides import views

urlpatterns = [
    path("", views.guides, name="guides"),
    path("<slug:slug>/", views.guide, name="guide"),
    path("<slug:slug>/card.png", views.guide_card, name="guide_card"),
]
