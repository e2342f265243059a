from django.urls import path

from practices.cities import views

urlpatterns = [path("places/", views.places, name="places")]
