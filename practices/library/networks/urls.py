from django.urls import path

from practices.library.networks import views

urlpatterns = [
    path("", views.networks, name="networks"),
    path("<slug:slug>/", views.network, name="network"),
    path("<slug:slug>/card.png", views.network_card, name="network_card"),
]
