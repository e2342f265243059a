from django.urls import path

from pledges.deeds.views import deeds, deeds_list

urlpatterns = [
    path("deeds/", deeds, name="deeds"),
    path("deeds/<slug:clause>/<slug:what>/", deeds_list, name="deeds_list"),
]
