from django.urls import include, path

urlpatterns = [
    path("statement/", include("pledges.signing.urls")),
    path("statement/", include("pledges.email_links.urls")),
    path("statement/", include("pledges.kit.urls")),
    path("statement/", include("pledges.supports.urls")),
    path("statement/", include("pledges.invitations.urls")),
    path("statement/", include("pledges.deeds.urls")),
    path("", include("pledges.signatories.urls")),
]
