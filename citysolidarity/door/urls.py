"""The addresses of the door, all under ``admin:``."""

from django.urls import path

from citysolidarity.views import documents, door, factors, sessions


def urls_of(site) -> list:
    """The URL patterns. Those of the door itself are open: each looks itself who may go on."""
    return [
        path("login/", door.login, name="login"),
        path("login/second-factor/", door.second_factor, name="second_factor"),
        path("welcome/<str:secret>/", door.welcome, name="welcome"),
        path("factors/", factors.factors_overview, name="factors"),
        path("factors/app/", factors.factors_app, name="factors_app"),
        path("factors/passkey/", factors.factors_passkey, name="factors_passkey"),
        path("factors/codes/", factors.factors_codes, name="factors_codes"),
        path("sessions/", site.admin_view(sessions.sessions), name="sessions"),
        path("sessions/<int:user_id>/", site.admin_view(sessions.sessions_of), name="sessions_of"),
        path("documents/<slug:kind>/<int:pk>/", site.admin_view(documents.documents), name="documents"),
        path("documents/<int:pk>/open/", site.admin_view(documents.document_open), name="document_open"),
        path("documents/<int:pk>/delete/", site.admin_view(documents.document_delete), name="document_delete"),
    ]
