from django.urls import include, path

from practices.library import views

# The documents come last: their addresses begin with a slug that fits anything.
urlpatterns = [
    path("", views.library, name="library"),
    path("timeline/", views.timeline, name="timeline"),
    path("dialogue/", views.dialogue, name="dialogue"),
    path("networks/", include("practices.library.networks.urls")),
    path("<slug:slug>/", views.document, name="document"),
    path("<slug:slug>/card.png", views.document_card, name="document_card"),
]
