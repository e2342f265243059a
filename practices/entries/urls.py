from django.urls import path, re_path

from practices.entries import views
from practices.models.entries.constraints import RESERVED_SLUGS

# Pages beside the entries: what they say as Markdown is asked for elsewhere.
NO_ENTRIES = "|".join([*RESERVED_SLUGS, "take-away"])
urlpatterns = [
    path("<slug:slug>/", views.practice, name="practice"),
    re_path(rf"^(?!(?:{NO_ENTRIES})\.md$)(?P<slug>[-a-zA-Z0-9_]+)\.md$", views.practice_text, name="practice_text"),
    path("<slug:slug>/card.png", views.practice_card, name="practice_card"),
    path("<slug:slug>/history/", views.practice_history, name="practice_history"),
    path("<slug:slug>/in/<slug:language>/", views.practice_in, name="practice_in"),
    path("<slug:slug>/in/<slug:language>/card.png", views.practice_card, name="practice_card_in"),
]
